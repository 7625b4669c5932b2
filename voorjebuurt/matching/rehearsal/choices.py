"""Rules that can be chosen for a rehearsal: with a name, of a fund's draft, or as published."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.matching.funds.states import EDITABLE
from voorjebuurt.matching.models import Fund, FundVersion
from voorjebuurt.matching.rehearsal.requests import RulesetText
from voorjebuurt.rulebook.presets import PRESETS, Preset
from voorjebuurt.rulebook.values import jsontext

DRAFT, VERSION, PRESET = "draft", "version", "preset"


class RulesetChoice(NamedTuple):
    """``key`` chooses it: ``draft:…`` or ``version:…``; a draft has no ``number``."""

    key: str
    fund: str
    number: int | None


def fund_choices(
    session: Session, municipality_ids: Collection[UUID] | None
) -> Sequence[RulesetChoice]:
    """Drafts and versions of these municipalities' funds, or (None) of all, by name."""
    drafts = select(Fund.id, Fund.name).where(Fund.status.in_(EDITABLE))
    versions = select(FundVersion.id, Fund.name, FundVersion.number).join(
        Fund, Fund.id == FundVersion.fund_id
    )
    if municipality_ids is not None:
        drafts = drafts.where(Fund.municipality_id.in_(municipality_ids))
        versions = versions.where(Fund.municipality_id.in_(municipality_ids))
    choices = [RulesetChoice(f"{DRAFT}:{key}", name, None) for key, name in session.execute(drafts)]
    choices += [
        RulesetChoice(f"{VERSION}:{key}", name, number)
        for key, name, number in session.execute(versions)
    ]
    return sorted(
        choices, key=lambda choice: (choice.fund.casefold(), choice.number or 0, choice.key)
    )


def preset_ruleset(preset: Preset, ceiling_cents: int) -> RulesetText:
    """The rules with this name, for a pot of this size."""
    return RulesetText(jsontext.canonical(PRESETS[preset](ceiling_cents)), preset.value)


def fund_ruleset(
    session: Session, key: str, municipality_ids: Collection[UUID] | None
) -> RulesetText:
    """The rules behind a key of ``fund_choices``. Raises ``NotFoundError`` for any other."""
    kind, _, number = key.partition(":")
    if key not in {choice.key for choice in fund_choices(session, municipality_ids)}:
        raise NotFoundError("fund_not_found")
    if kind == DRAFT:
        fund = session.get_one(Fund, UUID(number))
        return RulesetText(fund.draft_rules, fund.name)
    version = session.get_one(FundVersion, UUID(number))
    fund = session.get_one(Fund, version.fund_id)
    return RulesetText(version.rules, f"{fund.name} ({version.number})")
