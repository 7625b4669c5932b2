"""Who gives how much, when and with which words: planned from the seed, before anything happens.

Pure: the same seed and the same day give the same gifts.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel.clock import AMSTERDAM
from voorjebuurt.local.demo.episode_stories import DedicationStory, Episodes
from voorjebuurt.local.demo.stories import Life, Story, data, email_of

NEIGHBOURS = 150
"""How many different people give; some of them to several campaigns."""

_EUROS = (5, 10, 15, 20, 25, 30, 35, 40, 50, 75, 100)
_OFTEN = (6, 17, 9, 9, 22, 5, 3, 3, 16, 4, 6)
_FIRM_EUROS = (100, 150, 200, 250, 300, 400, 500, 600, 750)
_TIPS = (0, 0, 0, 0, 0, 100, 100, 200, 250, 500)
_POSTCODES = ("4561", "4562", "4563", "4565", "4566")
_NEVER_ISSUED = "SD"
"""No real postcode ends in these letters."""

_FIRST_HOUR, _LAST_HOUR = 8, 22


@dataclass(frozen=True)
class Donor:
    """Somebody who gives."""

    name: str
    email: str
    locale: str = "nl"
    is_firm: bool = False


@dataclass(frozen=True)
class Gift:
    """One gift (eurocents) at one moment; ``results`` are what becomes of each try to pay it."""

    donor: Donor
    at: datetime
    amount_cents: int
    tip_cents: int
    name_public: bool
    message: str
    postcode: str | None
    results: tuple[str, ...] = ("paid",)
    dedication: DedicationStory | None = None
    is_monthly: bool = False


def gifts(story: Story, *, seed: int, today: date) -> list[Gift]:
    """Every gift to a campaign, in the order of time; they sum up to what it raises."""
    life = story.life
    if not life.donors:
        return []
    rng = random.Random(f"{seed}:{story.key}")
    amounts = _amounts(rng, life)
    donors = _donors(rng, amounts, seed=seed)
    moments = _moments(rng, life, len(amounts), today=today)
    words = list(_words(rng, life, amounts))
    complete_gifts = [
        _gift(rng, donor, at, cents, message)
        for donor, at, (cents, _), message in zip(donors, moments, amounts, words, strict=True)
    ]
    open_gifts = _unfinished(rng, life, complete_gifts, seed=seed)
    return _with_episodes(complete_gifts, story.episodes) + open_gifts


def _with_episodes(complete_gifts: Sequence[Gift], episodes: Episodes) -> list[Gift]:
    """The same gifts: the first that fit are given each month, in a name, or as a present.

    A group's is one of a firm, the others are of people who paid at once and say nothing else.
    """
    monthly, dedications, result = episodes.monthly, list(episodes.dedications), []
    for gift in complete_gifts:
        fits = gift.donor.is_firm or (len(gift.results) == 1 and not gift.message)
        same_kind = (each for each in dedications if (each.kind == "group") is gift.donor.is_firm)
        if fits and not gift.donor.is_firm and monthly:
            gift = replace(gift, is_monthly=True)
            monthly -= 1
        elif fits and (dedication := next(same_kind, None)) is not None:
            dedications.remove(dedication)
            gift = replace(gift, dedication=dedication)
        result.append(gift)
    if monthly or dedications:
        raise ValueError(f"no gift is left for {dedications or 'a monthly one'}")
    return result


def _amounts(rng: random.Random, life: Life) -> list[tuple[int, bool]]:
    """Amounts that sum up to what is raised, each with whether a firm gives it."""
    euros = life.raised_cents // 100
    for attempt in range(2000):
        firms = min(life.donors - 1, 1 + attempt % 5)
        people = rng.choices(_EUROS, _OFTEN, k=life.donors - firms)
        firm_euros = rng.choices(_FIRM_EUROS, k=firms - 1)
        last = euros - sum(people) - sum(firm_euros)
        if 50 <= last <= _FIRM_EUROS[-1] and last % 25 == 0:
            parts = [(e * 100, False) for e in people] + [
                (e * 100, True) for e in (*firm_euros, last)
            ]
            rng.shuffle(parts)
            return parts
    raise ValueError(f"{life.donors} gifts can't make {euros} euros")


def _donors(rng: random.Random, amounts: Sequence[tuple[int, bool]], *, seed: int) -> list[Donor]:
    neighbours = iter(rng.sample(_neighbours(seed), len(amounts)))
    firms = iter(rng.sample([_firm(name) for name in data("donors")["firms"]], 8))
    return [next(firms) if by_firm else next(neighbours) for _, by_firm in amounts]


def _neighbours(seed: int) -> list[Donor]:
    rng, names = random.Random(f"{seed}:neighbours"), data("donors")
    donors: dict[str, Donor] = {}
    while len(donors) < NEIGHBOURS:
        english = rng.random() < 0.04
        first = rng.choice((names["english"] if english else names)["first_names"])
        name = f"{first} {rng.choice(names['last_names'])}"
        donors.setdefault(name, Donor(name, email_of(name), "en" if english else "nl"))
    return list(donors.values())


def _firm(name: str) -> Donor:
    return Donor(name, email_of(name), is_firm=True)


def _moments(rng: random.Random, life: Life, number: int, *, today: date) -> list[datetime]:
    """Moments by day, most of them soon after the start and a few more near the end."""
    length = life.gives_until - life.opened
    positions = [
        rng.random() ** 1.6 if rng.random() < 0.75 else 1 - rng.random() ** 2 / 4
        for _ in range(number)
    ]
    days_after = (min(length, int(part * (length + 1))) for part in positions)
    moments = sorted(_moment(rng, today + timedelta(life.opened + day)) for day in days_after)
    return [moment + timedelta(seconds=place) for place, moment in enumerate(moments)]


def _moment(rng: random.Random, day: date) -> datetime:
    """A moment on a day, more often in the evening; after nine, when campaigns open at half."""
    hour = int(rng.triangular(_FIRST_HOUR + 2, _LAST_HOUR, 20))
    clock_time = time(hour, rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, clock_time, AMSTERDAM)


def _words(rng: random.Random, life: Life, amounts: Sequence[tuple[int, bool]]) -> Iterator[str]:
    """The campaign's own messages once each, some common ones, and silence for the others.

    Firms say something of their own: they have no children that count the days.
    """
    people = sum(not by_firm for _, by_firm in amounts)
    common = rng.sample(data("donors")["messages"], min(4, people // 6))
    messages = [*life.messages, *common][:people]
    words = messages + [""] * (people - len(messages))
    rng.shuffle(words)
    said_by_people = iter(words)
    for _, by_firm in amounts:
        yield rng.choice(data("donors")["firm_messages"]) if by_firm else next(said_by_people)


def _gift(rng: random.Random, donor: Donor, at: datetime, cents: int, message: str) -> Gift:
    results = ("canceled", "paid") if rng.random() < 0.04 else ("paid",)
    if donor.locale == "en" and message:
        message = rng.choice(data("donors")["english"]["messages"])
    return Gift(
        donor=donor,
        at=at,
        amount_cents=cents,
        tip_cents=0 if donor.is_firm else rng.choice(_TIPS),
        name_public=donor.is_firm or rng.random() < 0.7,
        message=message,
        postcode=f"{rng.choice(_POSTCODES)} {_NEVER_ISSUED}" if rng.random() < 0.4 else None,
        results=results,
    )


def _unfinished(
    rng: random.Random, life: Life, complete_gifts: Sequence[Gift], *, seed: int
) -> list[Gift]:
    """Who wanted to give but did not (yet): a payment that failed, and one the bank still does."""
    donors = {gift.donor for gift in complete_gifts}
    others = (donor for donor in _neighbours(seed) if donor not in donors)
    last = complete_gifts[-1].at

    def one(minutes: int, cents: int, result: str) -> Gift:
        at = last + timedelta(minutes=minutes)
        return Gift(next(others), at, cents, 0, True, "", None, (result,))

    more = []
    if life.status is CampaignStatus.LIVE and life.donors > 20:
        more.append(one(9, rng.choice(_EUROS) * 100, "failed"))
    if life.pending_cents:
        more.append(one(21, life.pending_cents, "pending"))
    return more
