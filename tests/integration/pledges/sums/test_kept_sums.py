"""Kept sums: what they say, that they agree with ledger and pages, and that no change is missed."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.support.case_steps import account
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.needs import NeedFactory, NeedOfferFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.towns import town_divided
from tests.support.giving import balances, close, give_back, paid
from tests.support.kept_sums import count_sums
from tests.support.updates import FOR_DONORS, NEWS, publish_update
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.destinations.service import destinations
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.rules import payable
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.pledges.sums.models import CampaignChange, CampaignSum, TownSum
from voorjebuurt.pledges.sums.queries import figures, sections, stories
from voorjebuurt.pledges.sums.tasks import count_all_sums
from voorjebuurt.pledges.sums.tasks import count_sums as count_sums_task
from voorjebuurt.settings import Settings


def test_what_was_given_is_of_what_succeeded_and_what_still_runs_stands_apart(
    session: Session,
) -> None:
    here = NeighbourhoodFactory()
    for status, cents in (("paid_out", 1_000), ("succeeded", 2_000), ("live", 400), ("failed", 80)):
        PledgeFactory(
            campaign=CampaignFactory(status=status, neighbourhood=here), amount_cents=cents
        )
    PledgeFactory(
        campaign=CampaignFactory(status="paid_out", neighbourhood=here),
        amount_cents=7_000,
        status="refunded",
        refund_reason="dashboard",
    )
    PledgeFactory(campaign=CampaignFactory(status="paid_out"), amount_cents=50_000)
    count_sums(session)

    total = figures(session, town_id=here.municipality_id)

    assert (total.crowd_cents, total.open_cents, total.gifts) == (3_000, 400, 3)
    assert (total.open_campaigns, total.won_campaigns) == (1, 3)
    assert figures(session).crowd_cents == 53_000


def test_help_is_counted_as_help_and_never_as_money(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    hands = NeedFactory(campaign=campaign, kind="hands")
    NeedOfferFactory(need=hands, state="acceptance", number=3, hours=9)
    NeedOfferFactory(need=hands, state="offer", number=4)
    NeedOfferFactory(
        need=NeedFactory(campaign=campaign, kind="space"), state="acceptance", number=1
    )
    over = NeedFactory(campaign=CampaignFactory(status="failed"), kind="hands")
    NeedOfferFactory(need=over, state="acceptance", number=2)
    count_sums(session)

    total = figures(session)

    assert (total.hands, total.hours, total.goods) == (3, 9, 1)
    assert (total.crowd_cents, total.open_cents, total.match_cents) == (0, 0, 0)


def test_they_agree_with_the_ledger_and_follow_what_goes_back(session: Session) -> None:
    campaign = CampaignFactory(status="live", goal_cents=10_000, minimum_cents=5_000)
    paid(session, campaign, amount_cents=5_000)
    back, _payment = paid(session, campaign, amount_cents=4_000)
    count_sums(session)
    assert figures(session).open_cents == 9_000

    give_back(session, back, RefundReason.DONOR)
    count_sums(session)
    assert figures(session).open_cents == 5_000

    close(session, campaign)
    count_sums(session)
    total = figures(session)
    assert (total.crowd_cents, total.open_cents) == (5_000, 0)
    assert balances(session, payable(campaign.id)) == (total.crowd_cents,)
    assert crowd_totals(session, [campaign.id])[campaign.id].crowd_cents == total.crowd_cents


def test_match_agrees_with_where_the_money_went_also_after_it_was_lowered(
    session: Session, tmp_path: Path
) -> None:
    case = town_divided(session)
    PledgeFactory(campaign=case.campaign, amount_cents=6_000)
    case.send(session, "award", 50_000)
    for is_lower in (False, True):
        if is_lower:
            account(session, case, FolderStorage(tmp_path), cents=30_000)
            case.send(session, "lower_determination", 30_000, "not_done")
        count_sums(session)
        total = figures(session, town_id=case.fund.municipality_id)
        line = destinations(session, municipality_id=case.fund.municipality_id).total.line
        assert total.match_cents == line.match_cents == (30_000 if is_lower else 50_000)
        assert total.crowd_cents == line.crowd_cents == 6_000


def test_what_came_of_it_is_told_by_who_succeeded_and_only_what_everybody_may_read(
    session: Session,
) -> None:
    now = clock.now()
    campaign = CampaignFactory(status="live", title="Bomen")
    with clock.at(now - timedelta(days=9)):
        publish_update(session, campaign)
    campaign.status, campaign.decided_at = "succeeded", now - timedelta(days=5)
    publish_update(session, campaign, FOR_DONORS)
    count_sums(session)
    assert stories(session, limit=3) == []

    story = publish_update(session, campaign, NEWS)
    count_sums(session)
    (row,) = stories(session, limit=3)
    assert (row.campaign, row.title, row.number) == ("Bomen", NEWS.title, story.number)
    assert stories(session, town_id=NeighbourhoodFactory().municipality_id, limit=3) == []

    story.hidden_at, story.hidden_reason = now, "Een naam van een buur."
    session.flush()
    assert stories(session, limit=3) == [], "what is hidden is gone before anything is counted"
    count_sums(session)
    assert session.scalars(select(CampaignSum.story_at)).all() == [None]


def test_cards_show_this_moment_whatever_was_counted(session: Session) -> None:
    campaign = CampaignFactory(status="live", goal_cents=10_000, minimum_cents=5_000)
    PledgeFactory(campaign=campaign, amount_cents=9_000)
    count_sums(session)
    assert [card.crowd_cents for card in sections(session, limit=3).almost] == [9_000]

    PledgeFactory(campaign=campaign, amount_cents=500)
    assert [card.crowd_cents for card in sections(session, limit=3).almost] == [9_500]

    PledgeFactory(campaign=campaign, amount_cents=500)
    front = sections(session, limit=3)
    assert (front.almost, [card.id for card in front.newest]) == ([], [campaign.id])


def test_a_stopped_campaign_is_neither_new_nor_almost_there(session: Session) -> None:
    campaign = CampaignFactory(status="live", goal_cents=10_000, minimum_cents=5_000)
    PledgeFactory(campaign=campaign, amount_cents=9_000)
    count_sums(session)
    campaign.pledges_stopped_at = clock.now()
    count_sums(session)
    assert sections(session, limit=3) == ([], [], [])


def test_the_first_run_counts_what_was_there_and_every_night_all_is_counted_anew(
    fresh_database: Database, settings: Settings
) -> None:
    runtime = Runtime(fresh_database, settings)
    with fresh_database.writing() as session, building_in(session):
        campaign = CampaignFactory(status="succeeded")
        PledgeFactory(campaign=campaign, amount_cents=700)
        session.flush()
        session.execute(text("TRUNCATE campaign_changes"))
    count_sums_task(runtime)
    with fresh_database.writing() as session:
        assert figures(session).crowd_cents == 700
        session.execute(update(CampaignSum).values(crowd_cents=1))
        session.execute(update(TownSum).values(crowd_cents=1))
    count_sums_task(runtime)
    with fresh_database.reading() as session:
        assert figures(session).crowd_cents == 1, "nothing changed, so nothing was counted"
    count_all_sums(runtime)
    with fresh_database.reading() as session:
        assert figures(session).crowd_cents == 700
        assert session.scalars(select(CampaignChange.id)).all() == []


def test_drafts_are_noted_nowhere(session: Session) -> None:
    campaign = CampaignFactory(status="draft")
    campaign.goal_cents = 200_000
    session.flush()
    assert session.scalars(select(CampaignChange.id)).all() == []
    assert session.get(Campaign, campaign.id) is campaign
