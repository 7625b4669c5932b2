"""The campaigns of the demo, as they are told in ``data/campaigns``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from voorjebuurt.campaigns.rules import PUBLIC, CampaignKind, CampaignStatus, Theme
from voorjebuurt.kernel.slugs import slug_of

DATA = Path(__file__).parent / "data"

DAYS_IN_REVIEW = 5
"""How long before it opened a campaign was handed in."""


@dataclass(frozen=True)
class Life:
    """What happens to a campaign. Days count from today, money is in eurocents.

    ``opened`` is the day on which it went live; for one that never did, the day on which it was
    handed in (or begun, when it is still a draft). ``raised_cents`` comes from ``donors`` gifts.
    ``plan``: what is left out when it nearly made it, with ``plan_budget`` by line; so many donors
    have ``kept`` their gift or ``taken_back`` by now.
    """

    status: CampaignStatus
    opened: int
    ends: int
    donors: int = 0
    raised_cents: int = 0
    pending_cents: int = 0
    coach: int = 1
    question: str = ""
    answer: str = ""
    approval: str = ""
    returned: str = ""
    rejected: str = ""
    withdrawn_days: int = 0
    stopped: str = ""
    stopped_days: int = 0
    cancelled: str = ""
    cancelled_days: int = 0
    payee: str = ""
    iban: str = ""
    payout: str = ""
    plan: str = ""
    plan_budget: tuple[int, ...] = ()
    kept: int = 0
    taken_back: int = 0
    messages: tuple[str, ...] = ()

    @property
    def goes_live(self) -> bool:
        """Whether it is opened at all."""
        return self.status in PUBLIC

    @property
    def submitted(self) -> int:
        """The day on which it is handed in."""
        return self.opened - DAYS_IN_REVIEW if self.goes_live else self.opened

    @property
    def gives_until(self) -> int:
        """The last day on which somebody gives: the deadline, an early end, or yesterday."""
        return min(self.ends, self.stopped_days - 1, self.cancelled_days - 1)


@dataclass(frozen=True)
class Story:
    """A campaign's texts, budget (eurocents) and life. ``key`` is the name of its file."""

    key: str
    title: str
    summary: str
    for_whom: str
    theme: Theme
    kind: CampaignKind
    neighbourhood: str
    location: str
    group_name: str
    initiator: str
    picture: str
    picture_alt: str
    story: str
    worse_off: str
    leftovers: str
    needs: str
    budget: tuple[tuple[str, int], ...]
    minimum_cents: int | None
    life: Life

    @property
    def goal_cents(self) -> int:
        """The budget's total."""
        return sum(cents for _, cents in self.budget)


@lru_cache
def stories() -> tuple[Story, ...]:
    """Every campaign of the demo, in the order of the files."""
    return tuple(_read(path) for path in sorted((DATA / "campaigns").glob("*.toml")))


@lru_cache
def data(name: str) -> Mapping[str, Any]:
    """One of the other files in ``data``, by its name without ``.toml``."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def email_of(name: str) -> str:
    """An address that belongs to nobody, made of a name."""
    # ı has no accent to take off; it is a letter of its own.
    return f"{slug_of(name.replace('ı', 'i')).replace('-', '.')}@{data('people')['domain']}"


def _read(path: Path) -> Story:
    with path.open("rb") as file:
        content = tomllib.load(file)
    minimum = content.pop("minimum", None)
    fields = {
        **content,
        "theme": Theme(content["theme"]),
        "kind": CampaignKind(content["kind"]),
        "story": content["story"].strip(),
        "budget": tuple((label, euros * 100) for label, euros in content["budget"]),
        "life": _life(content["life"]),
    }
    return Story(key=path.stem, minimum_cents=minimum and minimum * 100, **fields)


def _life(values: Mapping[str, Any]) -> Life:
    euros = {"raised": "raised_cents", "pending": "pending_cents"}
    fields = {
        euros.get(name, name): value * 100 if name in euros else value
        for name, value in values.items()
    }
    fields["status"] = CampaignStatus(values["status"])
    fields["plan_budget"] = tuple(euros * 100 for euros in values.get("plan_budget", ()))
    fields["messages"] = tuple(values.get("messages", ()))
    return Life(**fields)
