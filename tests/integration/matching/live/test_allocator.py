"""A live fund follows the gifts: in order, once, and never beyond what it has."""

from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.deposits import fund_paid
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, grant_first, open_fund
from tests.support.giving import alerts, balances, give_back, jobs_of
from tests.support.live_funds import cents, codes, follow, give, match_cents, steps, taken_cents
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.ledger.rules import fund_free, fund_reserved
from voorjebuurt.matching.live.allocator import allocate
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.unmatched import name_board_member

CAP_PER_DONOR = {"base": {"kind": "ratio", "ratio": "1/1", "donor_cap_cents": 5_000}}


def scene(rules: dict[str, Any] | None = None, **fields: Any) -> tuple[Fund, Campaign, Application]:
    """A live fund, and its announced award to a campaign that runs."""
    fund = open_fund(rules, **fields)
    campaign = CampaignFactory(status="live", minimum_cents=5_000)
    return fund, campaign, ApplicationFactory(fund=fund, campaign=campaign)


def test_each_gift_is_matched_once(session: Session) -> None:
    fund, campaign, application = scene()
    give(session, campaign, 2_500, "a")
    give(session, campaign, 1_000, "b")
    assert follow(session, fund) == 2
    assert follow(session, fund) == 0
    assert cents(session, application) == [2_500, 1_000]
    assert codes(session, application) == ["step_matched"] * 2
    assert match_cents(session, application) == taken_cents(session, fund) == 3_500


def test_the_reason_is_told_in_both_languages(session: Session) -> None:
    fund, campaign, application = scene()
    give(session, campaign, 2_500, "a")
    follow(session, fund)
    (step,) = steps(session, application)
    assert step.reason["nl"] == "Bij de gift van €\u00a025 reserveerde het fonds €\u00a025."
    assert step.reason["en"] == "The fund reserved €25 with the gift of €25."


def test_the_last_in_line_gets_what_is_left_and_the_next_nothing(session: Session) -> None:
    fund, campaign, application = scene({"ceiling_cents": 3_000})
    for donor in "abc":
        give(session, campaign, 2_000, donor)
    follow(session, fund)
    assert cents(session, application) == [2_000, 1_000, 0]
    assert codes(session, application) == [
        "step_matched",
        "step_matched_partly",
        "step_fund_empty",
    ]
    assert [step.left_cents for step in steps(session, application)] == [3_000, 1_000, 0]


def test_gifts_of_before_the_award_are_taken_in_their_order(session: Session) -> None:
    fund = open_fund({"ceiling_cents": 3_000})
    campaign = CampaignFactory(status="live")
    application = ApplicationFactory(fund=fund, campaign=campaign, status="received")
    give(session, campaign, 2_000, "a")
    give(session, campaign, 2_000, "b")
    assert follow(session, fund) == 0
    grant_first(session, application)
    assert follow(session, fund) == 2
    assert cents(session, application) == [2_000, 1_000]


def test_order_and_instants_only_rise_over_batches_and_campaigns(session: Session) -> None:
    fund, campaign, application = scene()
    second = CampaignFactory(status="live")
    other = ApplicationFactory(fund=fund, campaign=second)
    for number in range(4):
        give(session, campaign, 1_000, f"a{number}")
        give(session, second, 500, f"b{number}")
    assert follow(session, fund, limit=3) == 8
    both = sorted([*steps(session, application), *steps(session, other)], key=lambda s: s.position)
    assert [step.position for step in both] == list(range(1, 9))
    assert [step.match_cents for step in both] == [1_000, 500] * 4
    instants = [step.accepted_at for step in both]
    assert all(earlier < other for earlier, other in pairwise(instants))


def test_a_refund_lets_go_what_the_gift_earned(session: Session) -> None:
    fund, campaign, application = scene({"ceiling_cents": 3_000})
    first = give(session, campaign, 2_000, "a")
    give(session, campaign, 2_000, "b")
    follow(session, fund)
    give_back(session, first)
    follow(session, fund)
    assert cents(session, application) == [2_000, 1_000, -1_000]
    assert codes(session, application)[-1] == "refund_releases"
    assert taken_cents(session, fund) == 2_000
    give(session, campaign, 500, "c")
    follow(session, fund)
    assert cents(session, application)[-1] == 500


def test_room_that_a_refund_makes_is_for_the_next_gift_of_anyone(session: Session) -> None:
    fund, campaign, application = scene({"ceiling_cents": 2_000})
    second = CampaignFactory(status="live")
    other = ApplicationFactory(fund=fund, campaign=second)
    first = give(session, campaign, 2_000, "a")
    follow(session, fund)
    give_back(session, first)
    give(session, second, 1_500, "b")
    follow(session, fund)  # one batch: what is let go is moved before what is set apart
    assert cents(session, application) == [2_000, -2_000]
    assert cents(session, other) == [1_500]
    assert taken_cents(session, fund) == 1_500


def test_what_may_not_be_matched_says_so(session: Session) -> None:
    fund, campaign, application = scene()
    name_board_member(
        session, campaign_id=campaign.id, email="bestuur@voorbeeld.example", actor=SYSTEM
    )
    give(session, campaign, 2_000, "bestuur")
    follow(session, fund)
    assert (cents(session, application), codes(session, application)) == (
        [0],
        ["step_not_for_match"],
    )


@pytest.mark.parametrize(
    ("rules", "gifts", "reasons"),
    [
        (CAP_PER_DONOR, [("a", 4_000), ("a", 4_000), ("a", 1_000)], ["step_matched"] * 2),
        ({"caps": {"project_cents": 3_000}}, [("a", 3_000), ("b", 1_000)], ["step_matched"]),
    ],
)
def test_a_cap_is_told(
    session: Session,
    rules: dict[str, Any],
    gifts: list[tuple[str, int]],
    reasons: list[str],
) -> None:
    fund, campaign, application = scene(rules)
    for donor, amount in gifts:
        give(session, campaign, amount, donor)
    follow(session, fund)
    assert codes(session, application)[:-1] == reasons
    assert codes(session, application)[-1] in ("step_donor_cap", "step_cap")
    assert cents(session, application)[-1] == 0


def test_gifts_wait_for_a_requirement_and_then_count_together(session: Session) -> None:
    requirement = {"field": "donors", "op": ">=", "value": 3, "reason": "drie gevers"}
    fund, campaign, application = scene({"require": [requirement]})
    for donor in "abc":
        give(session, campaign, 1_000, donor)
    follow(session, fund)
    assert cents(session, application) == [0, 0, 3_000]
    assert codes(session, application) == ["step_requirement", "step_requirement", "step_matched"]


def test_a_prepaid_fund_gives_no_more_than_was_paid_in(session: Session) -> None:
    fund, campaign, application = scene(prepaid=True)
    fund_paid(session, fund_id=fund.id, cents=1_500, reference="IN")
    give(session, campaign, 2_000, "a")
    follow(session, fund)
    assert cents(session, application) == [1_500]
    assert balances(session, fund_free(fund.id), fund_reserved(application.id)) == (0, 1_500)


def test_several_funds_stop_together_at_the_goal(session: Session) -> None:
    campaign = CampaignFactory(status="live", goal_cents=10_000, minimum_cents=5_000)
    funds = [open_fund(stacks=True) for _ in range(2)]
    applications = [ApplicationFactory(fund=fund, campaign=campaign) for fund in funds]
    give(session, campaign, 4_000, "a")
    for fund in funds:
        follow(session, fund)
    assert [cents(session, application) for application in applications] == [[4_000], [2_000]]
    assert codes(session, applications[1]) == ["step_up_to_goal"]
    assert steps(session, applications[1])[0].left_cents == 2_000


def test_the_maximum_of_the_award_is_never_passed_and_told(session: Session) -> None:
    fund, campaign = open_fund(), CampaignFactory(status="live")
    application = ApplicationFactory(fund=fund, campaign=campaign, status="received")
    grant_first(session, application, 3_000)
    for donor in "abc":
        give(session, campaign, 2_000, donor)
    follow(session, fund)
    assert cents(session, application) == [2_000, 1_000, 0]
    assert codes(session, application)[1:] == ["step_up_to_maximum"] * 2
    assert [step.left_cents for step in steps(session, application)] == [3_000, 1_000, 0]


def test_the_database_keeps_no_live_match_without_an_award_or_above_it(session: Session) -> None:
    application = ApplicationFactory(fund=open_fund(), status="received")
    move = partial(pots.move, session, application_id=application.id, kind="reserve")
    for number, maximum in enumerate([None, 999]):
        with pytest.raises(IntegrityError, match="awarded_first"), session.begin_nested():
            if maximum is not None:
                grant_first(session, application, maximum)
            move(key=f"{number}", cents=1_000, actor=SYSTEM)
    assert match_cents(session, application) == 0


def kept_before(session: Session, application: Application) -> None:
    """As an application stood that a live fund had matched before it had awarded."""
    match = session.get_one(CampaignMatch, application.id)
    match.kept_before_award, match.granted_at, match.maximum_cents = True, None, None
    match.status, application.status = "open", "admitted"
    session.flush()


def test_what_was_kept_without_an_award_grows_no_more_and_a_refund_shrinks_it(
    session: Session,
) -> None:
    fund, campaign, application = scene()
    first = give(session, campaign, 2_000, "a")
    follow(session, fund)
    kept_before(session, application)
    assert follow(session, fund) == 0
    pots.fix_match(session, application_id=application.id, actor=SYSTEM)
    give(session, campaign, 1_000, "b")
    give_back(session, first)
    follow(session, fund)
    assert cents(session, application) == [2_000, 0, -1_000]
    assert codes(session, application)[1] == "step_after_end"
    assert alerts(session) == []


def test_once_it_is_owed_a_gift_that_went_back_is_looked_at(session: Session) -> None:
    """The allocator moves nothing; what follows is for who knows whether it was paid out."""
    fund, campaign, application = scene()
    first = give(session, campaign, 2_000, "a")
    follow(session, fund)
    pots.award_match(session, application_id=application.id, cents=2_000, key="award", actor=SYSTEM)
    campaign.status = "succeeded"
    pots.commit_match(session, application_id=application.id, actor=SYSTEM)
    campaign.status = "live"  # A chargeback comes later, and does not ask.
    give_back(session, first)
    campaign.status = "succeeded"
    follow(session, fund)
    assert cents(session, application) == [2_000, 0]
    assert codes(session, application)[-1] == "refund_after_decision"
    assert steps(session, application)[-1].decided
    assert match_cents(session, application) == 2_000
    assert jobs_of(session, "payouts.fall_back") == 1
    assert alerts(session) == []


def test_from_a_proposal_on_what_was_kept_its_amount_stands(session: Session) -> None:
    fund, campaign, application = scene()
    first = give(session, campaign, 2_000, "a")
    follow(session, fund)
    kept_before(session, application)
    pots.fix_match(session, application_id=application.id, actor=SYSTEM)
    application.status = "proposed"
    give_back(session, first)
    follow(session, fund)
    assert cents(session, application) == [2_000, 0]


def test_a_released_match_is_left_alone_and_catches_up_when_it_comes_back(session: Session) -> None:
    fund, campaign, application = scene()
    give(session, campaign, 2_000, "a")
    follow(session, fund)
    pots.release_match(session, application_id=application.id, actor=SYSTEM)
    give(session, campaign, 1_000, "b")
    assert follow(session, fund) == 0
    pots.reopen_match(session, application_id=application.id, actor=SYSTEM)
    assert follow(session, fund) == 0
    grant_first(session, application)
    follow(session, fund)
    assert cents(session, application) == [2_000, 3_000]
    assert steps(session, application)[-1].reserved_cents == 0


def test_later_figures_change_nothing_for_an_application_that_runs(session: Session) -> None:
    fund, campaign, application = scene()
    facts = application.live_facts
    campaign.theme = "sport"
    give(session, campaign, 2_000, "a")
    follow(session, fund)
    assert application.live_facts == facts
    assert '"theme":"green"' in certain(facts)


def test_every_batch_is_in_the_trail_and_on_the_page(session: Session) -> None:
    fund, campaign, _ = scene()
    give(session, campaign, 2_000, "a")
    before = campaign.version
    assert allocate(session, fund_id=fund.id) == 1
    assert campaign.version > before
    deed = session.scalars(select(AuditEvent).where(AuditEvent.action == "match.claimed")).one()
    assert (deed.detail["cents"], deed.detail["steps"]) == (2_000, [1, 1])
