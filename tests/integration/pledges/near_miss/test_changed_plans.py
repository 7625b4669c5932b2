"""A campaign that nearly made it: how it begins, the changed plan, and the coach's word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain, constraint_of
from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import NEAR_MISS, balances, jobs_of, mails
from tests.support.near_misses import (
    REST,
    SMALLER,
    ask,
    asking,
    finish,
    near_miss_of,
    nearly,
    running,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.ledger.rules import held, payable
from voorjebuurt.matching.live.changed_plans import approve_plan, send_plan
from voorjebuurt.pledges import closing
from voorjebuurt.pledges.choices.outcome import near_misses_to_move, near_misses_to_warn, warn
from voorjebuurt.pledges.near_miss.planning import send_back_plan
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.near_miss.rules import Plan


def test_eighty_percent_at_the_end_is_a_second_chance(session: Session) -> None:
    case = nearly(session)
    near_miss = near_miss_of(session, case)
    assert (near_miss.cause, near_miss.state) == ("deadline", "planning")
    assert (near_miss.begun_crowd_cents, near_miss.old_minimum_cents) == (90_000, 100_000)
    assert near_miss.ends_at <= near_miss.begun_at + timedelta(days=14, hours=1)
    assert balances(session, held(case.campaign.id), payable(case.campaign.id)) == (90_000, 0)
    (message,) = mails_of(session, "near_miss_begun")
    assert "Er ontbreekt: € 100" in words_of(message)
    assert jobs_of(session, "pledges.refund_campaign") == 0


def test_below_eighty_percent_everybody_is_paid_back(session: Session) -> None:
    case = running(session, minimum_cents=112_501)
    with clock.at(case.ended_at):
        closing.start_closing(session, campaign_id=case.campaign.id)
        closing.decide_campaign(session, campaign_id=case.campaign.id, terms=NEAR_MISS)
    assert case.campaign.status == "failed"


def test_from_plan_to_question(session: Session) -> None:
    case = nearly(session)
    near_miss = ask(session, case)
    assert (near_miss.state, near_miss.minimum_cents) == ("asking", 60_000)
    assert near_miss.budget_cents == 60_000
    assert case.campaign.gifts_again_until is None, "it asks for nothing more"
    assert jobs_of(session, "pledges.ask_donors") == 1
    assert {"near_miss_plan_waits", "near_miss_plan_judged"} <= set(mails(session))
    page = certain(last_near_miss(session, case.campaign.id))
    assert [line.new_cents for line in page.lines] == [60_000, 0]
    assert (page.asked, page.silent, page.missing_cents) == (2, 2, 0)


def test_a_plan_that_asks_for_the_rest_opens_giving_again(session: Session) -> None:
    case = asking(session, REST)
    near_miss = near_miss_of(session, case)
    assert near_miss.minimum_cents == 100_000
    assert case.campaign.gifts_again_at == near_miss.asked_at
    assert case.campaign.gifts_again_until == near_miss.ends_at


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan([90_000, 30_000], "", asks_rest=False), "plan_unchanged"),
        (Plan([90_000, 5_000], "Minder.", asks_rest=False), "plan_out_of_reach"),
        (Plan([60_000], "Minder.", asks_rest=False), "plan_incomplete"),
    ],
)
def test_a_plan_that_can_not_be(session: Session, plan: Plan, code: str) -> None:
    case = nearly(session)
    with clock.at(case.ended_at), pytest.raises(DomainError, match=code):
        send_plan(session, campaign_id=case.campaign.id, plan=plan, actor=case.initiator)
    assert near_miss_of(session, case).state == "planning"


def test_who_may_send_and_who_may_judge(session: Session) -> None:
    case = nearly(session)
    somebody = actor_of(PersonFactory())
    with clock.at(case.ended_at):
        with pytest.raises(ForbiddenError, match="not_your_campaign"):
            send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.coach)
        send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.initiator)
        with pytest.raises(TransitionError):
            send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.initiator)
        with pytest.raises(ForbiddenError, match="only_coaches"):
            approve_plan(session, campaign_id=case.campaign.id, note="", actor=somebody)
        own = replace(case.initiator, roles=frozenset({"coach"}))
        with pytest.raises(ForbiddenError, match="own_campaign"):
            approve_plan(session, campaign_id=case.campaign.id, note="", actor=own)


def test_sent_back_it_can_be_sent_again_up_to_the_coachs_day(session: Session) -> None:
    case = nearly(session)
    near_miss = near_miss_of(session, case)
    with clock.at(near_miss.plan_due_at - timedelta(hours=1)):
        send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.initiator)
        with pytest.raises(DomainError, match="note_missing"):
            send_back_plan(session, campaign_id=case.campaign.id, note=" ", actor=case.coach)
        send_back_plan(session, campaign_id=case.campaign.id, note="Te krap.", actor=case.coach)
    assert (near_miss.state, near_miss.note) == ("planning", "Te krap.")
    page = certain(last_near_miss(session, case.campaign.id))
    assert page.missing_cents == 10_000, "of the plan as it was: there is no other one"
    with clock.at(near_miss.review_due_at - timedelta(hours=1)):
        send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.initiator)
        approve_plan(session, campaign_id=case.campaign.id, note="", actor=case.coach)
    assert near_miss.state == "asking"


@pytest.mark.parametrize("late", ["plan", "review"])
def test_who_does_nothing_is_warned_and_then_everybody_is_paid_back(
    session: Session, late: str
) -> None:
    case = nearly(session)
    near_miss = near_miss_of(session, case)
    due_at = near_miss.plan_due_at
    if late == "review":
        with clock.at(case.ended_at):
            send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.initiator)
        due_at = near_miss.review_due_at
    with clock.at(due_at - timedelta(days=1)):
        assert near_misses_to_warn(session) == [case.campaign.id]
        warn(session, campaign_id=case.campaign.id)
        warn(session, campaign_id=case.campaign.id)
        assert near_misses_to_move(session) == []
    template = "near_miss_plan_due" if late == "plan" else "near_miss_plan_waits"
    assert mails(session).count(template) == (1 if late == "plan" else 2)
    with clock.at(due_at):
        assert near_misses_to_move(session) == [case.campaign.id]
    assert finish(session, case, at=due_at)
    assert (case.campaign.status, near_miss.outcome) == ("failed", "failure")
    assert jobs_of(session, "pledges.refund_campaign") == 1
    (message,) = mails_of(session, "near_miss_over")
    words = {"plan": "Er kwam niet op tijd", "review": "Geen coach bekeek"}
    assert words[late] in words_of(message)


def test_staff_who_end_the_campaign_end_its_second_chance(session: Session) -> None:
    case = asking(session, REST)
    near_miss = near_miss_of(session, case)
    staff = actor_of(PersonFactory(), "staff")
    with clock.at(case.ended_at + timedelta(days=2)):
        closing.cancel_campaign(session, campaign_id=case.campaign.id, reason="Bedrog", actor=staff)
        assert certain(case.campaign.gifts_again_until) == clock.now()
    session.flush()
    assert (case.campaign.status, near_miss.outcome) == ("cancelled", "stop")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("minimum_cents = 59999", "ck_near_misses_minimum"),
        ("minimum_cents = 100001", "ck_near_misses_minimum"),
        ("ends_at = begun_at + interval '15 days'", "ck_near_misses_term"),
        ("reviewed_by = sent_by", "ck_near_misses_two_people"),
        ("outcome = 'success'", "ck_near_misses_over"),
    ],
)
def test_the_database_refuses_what_was_never_promised(
    session: Session, change: str, constraint: str
) -> None:
    asking(session)
    with pytest.raises(IntegrityError) as error:
        session.execute(text(f"UPDATE near_misses SET {change}"))
    assert constraint_of(error.value) == constraint
