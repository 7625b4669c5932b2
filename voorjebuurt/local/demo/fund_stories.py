"""The matching funds of the demo, as they are told in ``data/funds``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from voorjebuurt.local.demo.stories import DATA
from voorjebuurt.matching.arrangements import EVERYTHING_BY_COSTS


@dataclass(frozen=True)
class Refusal:
    """An application that does not meet the checklist; the day of the proposal, and why."""

    on: int
    unmet: str
    note: str
    ground: str
    reason: str


@dataclass(frozen=True)
class Spending:
    """How an initiator spent the money: lines of a label and whole euros."""

    on: int
    lines: tuple[tuple[str, int], ...]
    story: str


@dataclass(frozen=True)
class Settlement:
    """The determination; ``part`` is the percentage of the award that stands."""

    kind: str
    on: int
    part: int = 100
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Remark:
    """Something that is said on a day: an objection's grounds, a clawback's reason."""

    on: int
    text: str


@dataclass(frozen=True)
class Proof:
    """What an officer asks to see for a ``cause``, and what the initiator answers on a day."""

    on: int
    cause: str
    asked: str
    answered: int
    answer: str


@dataclass(frozen=True)
class PlanChange:
    """The later last day that an applicant asks for, and the day on which all of it is given."""

    on: int
    until: int
    reason: str
    decided: int


@dataclass(frozen=True)
class ApplicationStory:
    """What becomes of one campaign's application. Days count from today; None never happens."""

    campaign: str
    applied: int
    reach: str
    admitted: int | None = None
    refusal: Refusal | None = None
    objection: Remark | None = None
    account: Spending | None = None
    settlement: Settlement | None = None
    clawback: Remark | None = None
    proof: Proof | None = None
    plan_change: PlanChange | None = None


@dataclass(frozen=True)
class FundStory:
    """A fund's texts, days (from today) and rules; ``paid_in`` is in whole euros.

    ``editor`` writes the draft and proposes, ``publisher`` publishes and approves.
    ``team`` gets new applications.
    """

    key: str
    name: str
    municipality: str
    purpose: str
    legal_basis: str
    sender: str
    objection_address: str
    checklist: tuple[str, ...]
    prepaid: bool
    editor: str
    publisher: str
    begun: int
    opens: int
    closes: int
    published: bool
    rules: Mapping[str, Any]
    applications: tuple[ApplicationStory, ...]
    paid_in: int = 0
    divided: bool = False
    arrangements: tuple[Mapping[str, Any], ...] = tuple(EVERYTHING_BY_COSTS)
    team: str = ""


@lru_cache
def fund_stories() -> tuple[FundStory, ...]:
    """Every fund of the demo, in the order of the files."""
    return tuple(_read(path) for path in sorted((DATA / "funds").glob("*.toml")))


def _read(path: Path) -> FundStory:
    with path.open("rb") as file:
        fields = tomllib.load(file)
    fields["checklist"] = tuple(fields["checklist"])
    applications = tuple(_application(item) for item in fields.pop("application", []))
    return FundStory(key=path.stem, applications=applications, **fields)


def _application(fields: dict[str, Any]) -> ApplicationStory:
    refusal, account = fields.pop("refusal", None), fields.pop("account", None)
    objection, clawback = fields.pop("objection", None), fields.pop("clawback", None)
    settlement, proof = fields.pop("settlement", None), fields.pop("proof", None)
    plan_change = fields.pop("plan_change", None)
    return ApplicationStory(
        refusal=refusal and Refusal(**refusal),
        objection=objection and Remark(objection["on"], objection["grounds"]),
        account=account and _account(account),
        settlement=settlement and Settlement(**settlement),
        clawback=clawback and Remark(clawback["on"], clawback["reason"]),
        proof=proof and Proof(**proof),
        plan_change=plan_change and PlanChange(**plan_change),
        **fields,
    )


def _account(fields: Mapping[str, Any]) -> Spending:
    lines = tuple((label, euros) for label, euros in fields["lines"])
    return Spending(fields["on"], lines, fields["story"])
