"""Finding campaigns, and what counts as raised."""

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.kept_sums import count_sums
from voorjebuurt.campaigns import queries
from voorjebuurt.campaigns.pictures import is_stored, store_picture
from voorjebuurt.campaigns.rules import Theme
from voorjebuurt.campaigns.tasks import sweep_pictures
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.pledges.discovery import (
    Order,
    Stage,
    Wish,
    find_campaigns,
    theme_counts,
)
from voorjebuurt.pledges.queries import crowd_totals, public_contributions
from voorjebuurt.pledges.sums.queries import sections
from voorjebuurt.settings import Settings


def titles(session: Session, **wish: Any) -> list[str]:
    return [card.title for card in find_campaigns(session, Wish(**wish)).cards]


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"status": "open", "booked_at": None}, False),
        ({"status": "refunding", "refund_reason": "campaign_failed"}, True),
        ({"status": "refunded", "refund_reason": "campaign_failed"}, True),
        ({"status": "unclaimed", "refund_reason": "campaign_cancelled"}, True),
        ({"status": "refunded", "refund_reason": "late"}, False),
        ({"status": "refunding", "refund_reason": "paid_twice"}, False),
        ({"status": "refunded", "refund_reason": "donor"}, False),
        ({"status": "refunded", "refund_reason": "dashboard"}, False),
        ({"status": "charged_back"}, False),
    ],
)
def test_what_counts_as_raised(session: Session, changes: dict[str, object], counts: bool) -> None:
    campaign = CampaignFactory(status="failed")
    PledgeFactory(campaign=campaign, amount_cents=700, **changes)

    assert crowd_totals(session, [campaign.id])[campaign.id] == (
        (700, 1, 0, 0, 0) if counts else (0, 0, 0, 0, 0)
    )
    assert len(public_contributions(session, campaign.id, limit=5)) == int(counts)


def test_a_donor_who_gives_twice_is_one_donor(session: Session) -> None:
    campaign, other = CampaignFactory(status="live"), CampaignFactory(status="live")
    for email in ("els@voorbeeld.example", "els@voorbeeld.example", "jan@voorbeeld.example"):
        PledgeFactory(campaign=campaign, email=email)
    for _ in range(2):
        PledgeFactory(campaign=campaign, email=None, name="", name_public=False)

    totals = crowd_totals(session, [campaign.id, other.id])

    assert totals[campaign.id] == (12_500, 4, 0, 0, 0)
    assert totals[other.id] == (0, 0, 0, 0, 0)
    assert crowd_totals(session, []) == {}


def test_who_wants_no_name_has_none(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    start = datetime(2026, 2, 1, tzinfo=UTC)
    PledgeFactory(campaign=campaign, name="Els", message="Mooi!", booked_at=start)
    PledgeFactory(
        campaign=campaign, name="Jan", name_public=False, booked_at=start + timedelta(hours=1)
    )

    rows = public_contributions(session, campaign.id, limit=2)

    assert [(row.name, row.message) for row in rows] == [(None, ""), ("Els", "Mooi!")]


def test_search_understands_dutch(session: Session) -> None:
    green = {"story": "Schaduw", "summary": "Groen", "for_whom": "Kinderen"}
    coffee = {"story": "Eén boom", "summary": "Koffie", "for_whom": "Ouderen"}
    CampaignFactory(status="live", title="Bomen in de straat", **green)
    CampaignFactory(status="live", title="Café voor iedereen", **coffee)

    assert sorted(titles(session, words="boom")) == ["Bomen in de straat", "Café voor iedereen"]
    assert titles(session, words="cafe") == ["Café voor iedereen"]
    assert titles(session, words="STRATEN") == ["Bomen in de straat"]
    assert titles(session, words='"bomen in de straat" -koffie') == ["Bomen in de straat"]
    assert len(titles(session, words="koffie or schaduw")) == 2
    assert titles(session, words="koffie schaduw") == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("tuin", ["Moestuin achter de kerk", "Tuinfeest"]),
        ("tuinen", ["Moestuin achter de kerk", "Tuinfeest"]),
        ("tuin kerk", ["Moestuin achter de kerk"]),
        ("één keuken", ["Buurtkeuken"]),
        ("voor keuken", ["Buurtkeuken"]),
        ("tui", []),
        ('"tuin"', []),
        ("tuin -kerk", []),
        ("___n", []),
    ],
)
def test_search_finds_a_word_inside_a_compound(
    session: Session, words: str, names: list[str]
) -> None:
    rest = {"status": "live", "story": "Verhaal", "for_whom": "Iedereen"}
    CampaignFactory(title="Moestuin achter de kerk", summary="Groente", **rest)
    CampaignFactory(title="Tuinfeest", summary="Muziek", **rest)
    CampaignFactory(title="Buurtkeuken", summary="Eén pan voor allen", **rest)

    assert sorted(titles(session, words=words)) == names


def test_a_word_in_the_title_ranks_above_one_in_the_story(session: Session) -> None:
    CampaignFactory(status="live", title="Feest", story="Met een speeltuin erbij.")
    CampaignFactory(status="live", title="Een speeltuin", story="Voor kinderen.")

    assert titles(session, words="speeltuin", order=Order.RELEVANCE) == ["Een speeltuin", "Feest"]


@pytest.mark.parametrize(
    "words", ["'", '"', "a & | ! ( ) <->", "\x00", "%", "-", " ", "\\", "a" * 5000, "🌳", "de"]
)
def test_odd_words_are_no_error(session: Session, words: str) -> None:
    CampaignFactory(status="live")

    results = find_campaigns(session, Wish(words=words, order=Order.RELEVANCE))

    assert results.total in (0, 1)


def test_filters_combine(session: Session) -> None:
    here, there = NeighbourhoodFactory(), NeighbourhoodFactory()
    CampaignFactory(status="live", title="A", neighbourhood=here, theme="green")
    CampaignFactory(status="live", title="B", neighbourhood=here, theme="sport")
    CampaignFactory(status="live", title="C", neighbourhood=there, theme="green")
    CampaignFactory(status="succeeded", title="D", neighbourhood=here, theme="green")
    CampaignFactory(status="draft", title="E", neighbourhood=here, theme="green")

    wish = {"neighbourhood": here.code, "theme": Theme.GREEN}
    assert titles(session, **wish) == ["A"]
    assert titles(session, **wish, stage=Stage.WON) == ["D"]
    assert sorted(titles(session, **wish, stage=Stage.ALL)) == ["A", "D"]
    assert theme_counts(session, Wish(neighbourhood=here.code, theme=Theme.GREEN)) == {
        "green": 1,
        "sport": 1,
    }
    counts = {row.code: row.campaigns for row in queries.neighbourhood_counts(session)}
    assert (counts[here.code], counts[there.code]) == (2, 1)


def test_the_orders(session: Session) -> None:
    start, today = datetime(2026, 3, 1, tzinfo=UTC), clock.today()
    for number, (title, days, cents) in enumerate(
        [("Half", 20, 60_000), ("Bijna", 30, 110_000), ("Gehaald", 10, 130_000), ("Leeg", 5, 0)]
    ):
        campaign = CampaignFactory(
            status="live",
            title=title,
            deadline_on=today + timedelta(days=days),
            opened_at=start + timedelta(days=number),
        )
        if cents:
            PledgeFactory(campaign=campaign, amount_cents=cents)
    CampaignFactory(status="succeeded", title="Voorbij", opened_at=start + timedelta(days=9))

    everything = {"stage": Stage.ALL}
    assert titles(session, **everything, order=Order.NEWEST) == [
        "Leeg", "Gehaald", "Bijna", "Half", "Voorbij",
    ]  # fmt: skip
    assert titles(session, **everything, order=Order.ALMOST) == [
        "Bijna", "Half", "Leeg", "Gehaald", "Voorbij",
    ]  # fmt: skip
    assert titles(session, **everything, order=Order.SOON) == [
        "Leeg", "Gehaald", "Half", "Bijna", "Voorbij",
    ]  # fmt: skip
    count_sums(session)
    assert [card.title for card in sections(session, limit=2).almost] == ["Bijna", "Half"]
    (card,) = sections(session, limit=1).almost
    assert (card.crowd_cents, card.donors) == (110_000, 1)


def test_pages_and_a_page_beyond_the_last(session: Session) -> None:
    for _ in range(5):
        CampaignFactory(status="live")

    first = find_campaigns(session, Wish(page=1), per_page=2)
    last = find_campaigns(session, Wish(page=99), per_page=2)
    before = find_campaigns(session, Wish(page=-3), per_page=2)

    assert (first.total, first.page, first.pages, len(first.cards)) == (5, 1, 3, 2)
    assert (last.page, len(last.cards)) == (3, 1)
    assert before.cards == first.cards


def test_pictures_that_nobody_uses_are_swept_after_a_week(
    fresh_database: Database, settings: Settings
) -> None:
    storage = FolderStorage(settings.uploads)
    in_use, stale, fresh = (_stored(storage, colour) for colour in ("red", "green", "blue"))
    for key in (in_use, stale):
        _age(settings.uploads, key, days=8)
    with fresh_database.writing() as session, building_in(session):
        CampaignFactory(picture_key=in_use)

    sweep_pictures(Runtime(fresh_database, settings))

    assert [is_stored(storage, key) for key in (in_use, stale, fresh)] == [True, False, True]


def _stored(storage: FolderStorage, colour: str) -> str:
    target = BytesIO()
    Image.new("RGB", (400, 300), colour).save(target, "PNG")
    return store_picture(storage, target.getvalue(), max_bytes=1_000_000)


def _age(folder: Path, key: str, *, days: int) -> None:
    then = (clock.now() - timedelta(days=days)).timestamp()
    for path in folder.glob(f"*/{key}-*"):
        os.utime(path, (then, then))
