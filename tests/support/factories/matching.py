"""Funds with real rules, and applications with their match; nothing here gets past a trigger."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from tests.support.certain import certain
from tests.support.factories.base import Factory
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import MunicipalityFactory
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.arrangements import EVERYTHING_BY_COSTS
from voorjebuurt.matching.models import Application, Fund, FundPot, FundVersion
from voorjebuurt.matching.pots.service import grant_match, open_match
from voorjebuurt.matching.questions.models import FundQuestion
from voorjebuurt.rulebook.values import jsontext

OPENING = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)
LIVE_RULES: dict[str, Any] = {
    "schema": "matchregel/1",
    "moment": "live",
    "ceiling_cents": 100_000,
    "base": {"kind": "ratio", "ratio": "1/1"},
    "divide": {"kind": "arrival"},
}
"""€ 1,000: a euro for every euro, at once."""

CLOSING_RULES: dict[str, Any] = {
    "schema": "matchregel/1",
    "ceiling_cents": 100_000,
    "base": {"kind": "ratio", "ratio": "1/1"},
    "divide": {"kind": "proportional"},
}
"""€ 1,000, divided at the end in proportion to the claims."""


def canonical(rules: dict[str, Any]) -> str:
    """Rules as a published version keeps them."""
    return jsontext.canonical(jsontext.parse(json.dumps(rules)))


class FundFactory(Factory[Fund]):
    """A live fund in arrears that is open; it has no version and no pot yet (``open_fund`` has).

    ``rules`` is a dict of ``matchregel/1``. ``status="draft"`` is one that nobody published.
    """

    class Meta:
        model = Fund
        exclude = ("municipality", "rules")

    municipality = factory.SubFactory(MunicipalityFactory)
    rules: Any = LIVE_RULES

    municipality_id = factory.SelfAttribute("municipality.id")
    slug = factory.Sequence(lambda number: f"buurtfonds-{number}")
    name = factory.Sequence(lambda number: f"Buurtfonds {number}")
    purpose = "Geld voor plannen van bewoners."
    legal_basis = "Subsidieverordening buurtinitiatieven, artikel 4"
    status = "open"
    live = factory.LazyAttribute(lambda row: row.rules.get("moment") == "live")
    prepaid = False
    stacks = False
    opens_at = OPENING
    closes_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=300))
    draft_rules = factory.LazyAttribute(lambda row: canonical(row.rules))
    draft_arrangements = factory.LazyFunction(lambda: [dict(row) for row in EVERYTHING_BY_COSTS])
    draft_sample_percent = 0
    created_at = OPENING
    published_at = factory.LazyAttribute(
        lambda row: None if row.status in ("draft", "rehearsed", "withdrawn") else OPENING
    )


class FundVersionFactory(Factory[FundVersion]):
    """The first published version of ``fund``, with its draft's rules."""

    class Meta:
        model = FundVersion
        exclude = ("fund",)

    fund = factory.SubFactory(FundFactory)

    fund_id = factory.SelfAttribute("fund.id")
    municipality_id = factory.SelfAttribute("fund.municipality_id")
    number = 1
    rules = factory.SelfAttribute("fund.draft_rules")
    ruleset_sha256 = factory.LazyAttribute(lambda row: jsontext.sha256(jsontext.parse(row.rules)))
    ceiling_cents = factory.LazyAttribute(lambda row: json.loads(row.rules)["ceiling_cents"])
    arrangements = factory.SelfAttribute("fund.draft_arrangements")
    sample_percent = factory.SelfAttribute("fund.draft_sample_percent")
    unrehearsed_reason = "Alleen voor een test."
    published_at = OPENING


class FundPotFactory(Factory[FundPot]):
    """The pot of ``fund``, untouched, with its draft's ceiling."""

    class Meta:
        model = FundPot
        exclude = ("fund",)

    fund = factory.SubFactory(FundFactory)

    fund_id = factory.SelfAttribute("fund.id")
    municipality_id = factory.SelfAttribute("fund.municipality_id")
    ceiling_cents = factory.LazyAttribute(
        lambda row: json.loads(row.fund.draft_rules)["ceiling_cents"]
    )


def open_fund(rules: dict[str, Any] | None = None, **fields: Any) -> Fund:
    """A fund with its first version and its pot; ``rules`` are changes to the live rules."""
    fund: Fund = FundFactory(rules={**LIVE_RULES, **(rules or {})}, **fields)
    FundVersionFactory(fund=fund)
    FundPotFactory(fund=fund)
    return fund


def closing_fund(rules: dict[str, Any] | None = None, **fields: Any) -> Fund:
    """The same, with rules that divide at the end."""
    fund: Fund = FundFactory(rules={**CLOSING_RULES, **(rules or {})}, **fields)
    FundVersionFactory(fund=fund)
    FundPotFactory(fund=fund)
    return fund


def _with_match(row: Application, create: bool, value: object, **_: object) -> None:
    """Its match; a live fund's follows the gifts once an award of its whole pot is announced."""
    session = object_session(row)
    if not create or value is False or session is None:
        return
    fund = session.get_one(Fund, row.fund_id)
    open_match(session, application=row, fund=fund, actor=SYSTEM)
    if fund.live and row.status in ("awarded", "accounted", "determined"):
        grant_first(session, row)


def grant_first(session: Session, row: Application, maximum_cents: int | None = None) -> None:
    """Announce the award of a live fund, at most its pot, without a decision to rest on."""
    most = maximum_cents or session.get_one(FundPot, row.fund_id).ceiling_cents
    key = f"granted:{row.id}:{most}"
    grant_match(session, application_id=row.id, maximum_cents=most, key=key, actor=SYSTEM)


class ApplicationFactory(Factory[Application]):
    """An application of ``campaign`` to ``fund`` with its match: awarded by a live fund, so that it
    follows gifts; admitted by another.

    ``fund`` must have a version (``open_fund``). A fund that stacks makes it not exclusive.
    """

    class Meta:
        model = Application
        exclude = ("fund", "campaign")

    fund = factory.LazyFunction(open_fund)
    campaign = factory.SubFactory(CampaignFactory, status="live")

    number = factory.Sequence(lambda number: f"A-2026-{number:05d}")
    fund_id = factory.SelfAttribute("fund.id")
    version_id = factory.LazyAttribute(lambda row: last_version(row.fund).id)
    campaign_id = factory.SelfAttribute("campaign.id")
    municipality_id = factory.SelfAttribute("fund.municipality_id")
    applicant_id = factory.LazyAttribute(
        lambda row: row.campaign.initiator_id or PersonFactory().id
    )
    received_at = factory.LazyFunction(clock.now)
    status = factory.LazyAttribute(lambda row: "awarded" if row.fund.live else "admitted")
    exclusive = factory.LazyAttribute(lambda row: not row.fund.stacks)
    areas: Any = factory.LazyFunction(dict)
    decide_by = factory.LazyFunction(lambda: clock.today() + timedelta(weeks=8))

    match = factory.PostGeneration(_with_match)


def last_version(fund: Fund) -> FundVersion:
    """The version that applications are judged by now."""
    session = object_session(fund)
    assert isinstance(session, Session)
    statement = select(FundVersion).where(FundVersion.fund_id == fund.id)
    return certain(session.scalars(statement.order_by(FundVersion.number.desc())).first())


class FundQuestionFactory(Factory[FundQuestion]):
    """A question about ``fund`` that waits for an answer."""

    class Meta:
        model = FundQuestion
        exclude = ("fund",)

    fund = factory.SubFactory(FundFactory)

    fund_id = factory.SelfAttribute("fund.id")
    municipality_id = factory.SelfAttribute("fund.municipality_id")
    email = factory.Sequence(lambda number: f"vraag{number}@example.org")
    locale = "nl"
    token_hash = factory.Sequence(lambda number: f"{number:064d}")
    status = "open"
    text = "Mag een straatfeest ook?"
    asked_at = factory.LazyFunction(clock.now)
    confirmed_at = factory.LazyFunction(clock.now)
    answer_by = factory.LazyFunction(lambda: clock.today() + timedelta(weeks=2))
