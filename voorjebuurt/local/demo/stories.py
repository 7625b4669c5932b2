"""The campaigns of the demo, as they are told in ``data/campaigns``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from voorjebuurt.campaigns.rules import PUBLIC, CampaignKind, CampaignStatus, Theme
from voorjebuurt.kernel.slugs import slug_of
from voorjebuurt.local.demo.episode_stories import NO_EPISODES, Episodes, episodes_of

DATA = Path(__file__).parent / "data"

DAYS_IN_REVIEW = 5
"""How long before it opened a campaign was handed in."""


@dataclass(frozen=True)
class UpdateStory:
    """Something that an initiator tells on a day."""

    day: int
    title: str
    body: str
    for_donors: bool = False


@dataclass(frozen=True)
class QuestionStory:
    """Something that somebody asks on a day; ``name`` is how they are called on the page."""

    day: int
    asker: str
    text: str
    name: str = ""
    answer: str = ""
    answer_day: int = 0


@dataclass(frozen=True)
class ThanksStory:
    """What an initiator writes to everybody who gave, on a day."""

    day: int
    body: str


@dataclass(frozen=True)
class CorrectionStory:
    """Words of one part of a live page that its initiator replaces on a day."""

    day: int
    part: str
    old: str
    new: str


@dataclass(frozen=True)
class ExtensionStory:
    """On ``day`` the last day moves from ``first`` to ``until``."""

    day: int
    first: int
    until: int
    reason: str


@dataclass(frozen=True)
class Life:
    """What happens to a campaign. Days count from today, money is in eurocents.

    ``opened`` is the day on which it went live; for one that never did, the day on which it was
    handed in (or begun, when it is still a draft). ``raised_cents`` comes from ``donors`` gifts.
    ``payout_late``: so many days more before it is paid out than needed.
    ``plan``: what is left out when it nearly made it, with ``plan_budget`` by line; so many donors
    have ``kept`` their gift or ``taken_back`` by now. ``cancelled``: by staff, unless
    ``stopped_by_initiator``. So many rewards were handed over (``deliveries``).
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
    stopped_by_initiator: bool = False
    payee: str = ""
    iban: str = ""
    payout: str = ""
    payout_late: int = 0
    plan: str = ""
    plan_budget: tuple[int, ...] = ()
    kept: int = 0
    taken_back: int = 0
    messages: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    updates: tuple[UpdateStory, ...] = ()
    questions: tuple[QuestionStory, ...] = ()
    thanks: tuple[ThanksStory, ...] = ()
    corrections: tuple[CorrectionStory, ...] = ()
    extension: ExtensionStory | None = None
    deliveries: int = 0

    @property
    def first_deadline(self) -> int:
        """The last day as it was promised, before it moved."""
        return self.ends if self.extension is None else self.extension.first

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
class Reward:
    """What donors may choose for a gift from ``euros`` on, there ``days`` from today.

    ``place``: where it is picked up; without one it is sent.
    """

    title: str
    euros: int
    days: int
    description: str = ""
    stock: int | None = None
    place: str = ""


@dataclass(frozen=True)
class NeedInKind:
    """What a campaign asks for beside money, on a day so many days from today."""

    kind: str
    title: str
    number: int
    days: int | None = None
    description: str = ""


@dataclass(frozen=True)
class Help:
    """What a neighbour offers of a need, by the need's title; ``hours`` that they came."""

    need: str
    name: str
    number: int = 1
    message: str = ""
    is_accepted: bool = False
    hours: int = 0


@dataclass(frozen=True)
class Picture:
    """A picture beside the cover, by the name of its file."""

    picture: str
    alt: str


@dataclass(frozen=True)
class Story:
    """A campaign's texts, budget (eurocents) and life. ``key`` is the name of its file.

    ``members`` run it too; they are initiators of other campaigns.
    """

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
    rewards: tuple[Reward, ...] = ()
    needs_in_kind: tuple[NeedInKind, ...] = ()
    help: tuple[Help, ...] = ()
    gallery: tuple[Picture, ...] = ()
    members: tuple[str, ...] = ()
    may_extend: bool = False
    episodes: Episodes = NO_EPISODES

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
        "needs_in_kind": tuple(NeedInKind(**need) for need in content.get("needs_in_kind", ())),
        "help": tuple(Help(**offer) for offer in content.get("help", ())),
        "rewards": tuple(Reward(**reward) for reward in content.get("rewards", ())),
        "gallery": tuple(Picture(**each) for each in content.get("gallery", ())),
        "members": tuple(content.get("members", ())),
        "episodes": episodes_of(content.get("episodes", {})),
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
    fields["followers"] = tuple(values.get("followers", ()))
    fields["updates"] = tuple(UpdateStory(**each) for each in values.get("updates", ()))
    fields["questions"] = tuple(QuestionStory(**each) for each in values.get("questions", ()))
    fields["thanks"] = tuple(ThanksStory(**each) for each in values.get("thanks", ()))
    fields["corrections"] = tuple(CorrectionStory(**each) for each in values.get("corrections", ()))
    if "extension" in values:
        fields["extension"] = ExtensionStory(**values["extension"])
    return Life(**fields)
