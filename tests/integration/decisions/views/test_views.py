"""Views before a decision: asked, given, weighed; and no approval without them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import CLAIM, heard, objected, ruled
from tests.support.factories.decisions import DecisionFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.towns import Town, officer, town_divided
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.intention_models import DecisionViews, Intention
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.overviews.applicant_file import applicant_file
from voorjebuurt.decisions.overviews.case_story import StoryKind
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_approval
from voorjebuurt.decisions.overviews.reminders import remind_of_views
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.proof.snapshots import read, replay
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.batches import propose_round
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.decisions.rulings.proposals import dismiss, propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.rulings.withdrawals import withdraw_application
from voorjebuurt.decisions.views.answers import (
    drop_intention,
    extend_views,
    give_views,
    register_views,
    waive_views,
)
from voorjebuurt.decisions.views.weighing import NOTHING_SAID, Weighing
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
LAST_DAY = date(2026, 6, 15)
ANSWER = "De boom staat er wel: zie de foto."
WEIGHED = Weighing("Op de foto staat een andere straat.")


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    return town_divided(session, claim=CLAIM)


def intend(
    session: Session, case: Town, kind: str = "refusal", cents: int = 0, **fields: Any
) -> Intention:
    values = {"grounds": ["will_not_happen"], "reason": "Er is geen vergunning.", **fields}
    intention_id = state_intention(
        session,
        application_id=case.application.id,
        kind=kind,
        amount_cents=cents,
        until=fields.pop("until", LAST_DAY),
        actor=case.olga,
        **{name: values[name] for name in ("grounds", "reason")},
    )
    return session.get_one(Intention, intention_id)


def proposed(
    session: Session, case: Town, weighing: Weighing = NOTHING_SAID, **fields: Any
) -> UUID:
    values = {"kind": "refusal", "amount_cents": 0, "grounds": ["will_not_happen"], **fields}
    return propose(
        session,
        application_id=case.application.id,
        reason="Er is geen vergunning.",
        actor=case.olga,
        weighing=weighing,
        **values,
    )


def refused(code: str, field: str | None, deed: Any, *arguments: Any, **keywords: Any) -> None:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert (error.value.code, error.value.field) == (code, field)


def mails(session: Session, template: str) -> int:
    statement = select(MailMessage).where(MailMessage.template == template)
    return len(session.scalars(statement).all())


def answered(session: Session, case: Town, intention: Intention) -> None:
    give_views(session, intention_id=intention.id, answer=ANSWER, actor=case.initiator)


def letter_of(session: Session, decision_id: UUID) -> str:
    decision = session.get_one(Decision, decision_id)
    announcement = (
        letters.read_announcement(decision.announcement) if decision.announcement else None
    )
    return letters.write(decision.snapshot, announcement).text


def test_a_refusal_on_facts_about_the_applicant_needs_views_first(
    session: Session, case: Town
) -> None:
    refused("views_missing", None, proposed, session, case)
    intention = intend(session, case)
    refused("views_wait", None, proposed, session, case)
    answered(session, case, intention)
    refused("weighing_missing", "weighing", proposed, session, case)
    decision_id = proposed(session, case, WEIGHED)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    words = letter_of(session, decision_id)
    assert ANSWER in words
    assert f"Zo hebben wij uw zienswijze meegewogen: {WEIGHED.text}" in words
    assert session.get_one(Intention, intention.id).closed_at is not None


def test_a_refusal_by_the_rule_needs_none(session: Session, case: Town) -> None:
    decision_id = proposed(session, case, grounds=["requirement"])
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert read(session.get_one(Decision, decision_id).snapshot).views is None
    assert session.get(DecisionViews, decision_id) is None


@pytest.mark.parametrize(
    ("kind", "cents", "ground"),
    [("withdrawal", 0, "not_done"), ("lower_determination", 10_000, "not_done")],
)
def test_what_takes_money_back_always_needs_them(
    session: Session, kind: str, cents: int, ground: str
) -> None:
    case = town_divided(session, claim=CLAIM)
    case.send(session, "award", CLAIM)
    if kind == "lower_determination":
        session.execute(text("UPDATE applications SET status = 'accounted'"))
        session.expire_all()
    fields: dict[str, Any] = {"kind": kind, "amount_cents": cents, "grounds": [ground]}
    refused("views_missing", None, proposed, session, case, **fields)
    intention = intend(session, case, kind, cents, grounds=[ground])
    waive_views(session, intention_id=intention.id, actor=case.initiator)
    decision_id = proposed(session, case, **fields)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert "liet u weten dat u geen zienswijze geeft" in letter_of(session, decision_id)


def test_the_letter_goes_at_once_and_says_that_it_is_no_decision(
    session: Session, case: Town
) -> None:
    intention = intend(session, case)
    assert (intention.number, intention.until) == ("VN-2026-0001", LAST_DAY)
    assert intention.letter.startswith(b"%PDF-")
    assert read(intention.snapshot).decision.number == intention.number
    assert mails(session, "views_asked") == 1
    assert case.application.status == "admitted"


def test_a_term_that_ends_on_a_free_day_ends_later(session: Session, case: Town) -> None:
    intention = intend(session, case, until=date(2026, 6, 13))
    assert intention.until == LAST_DAY
    shortest = {"until": date(2026, 6, 7)}
    drop_intention(session, intention_id=intention.id, reason="Anders.", actor=case.olga)
    refused("views_term_wrong", "until", intend, session, case, **shortest)
    refused("views_term_wrong", "until", intend, session, case, until=date(2026, 7, 28))


def test_after_the_term_a_decision_can_follow_without_views(session: Session, case: Town) -> None:
    intend(session, case)
    with clock.at(datetime(2026, 6, 15, 21, 59, tzinfo=UTC)):
        refused("views_wait", None, proposed, session, case)
    with clock.at(datetime(2026, 6, 15, 22, 1, tzinfo=UTC)):  # the 16th in Amsterdam
        decision_id = proposed(session, case)
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    words = letter_of(session, decision_id)
    assert "U kon tot en met 15 juni 2026 reageren. Wij kregen geen reactie." in words


def test_other_grounds_or_a_worse_amount_need_a_new_intention(session: Session) -> None:
    case = town_divided(session, claim=CLAIM)
    case.send(session, "award", CLAIM)
    session.execute(text("UPDATE applications SET status = 'accounted'"))
    session.expire_all()
    intention = intend(session, case, "lower_determination", 20_000, grounds=["not_done"])
    waive_views(session, intention_id=intention.id, actor=case.initiator)
    lower: dict[str, Any] = {"kind": "lower_determination", "grounds": ["not_done"]}
    refused("intention_lighter", None, proposed, session, case, amount_cents=19_999, **lower)
    refused(
        "intention_lighter",
        None,
        proposed,
        session,
        case,
        **{**lower, "grounds": ["not_done", "false_data"]},
        amount_cents=20_000,
    )
    refused("intention_open_already", None, intend, session, case)
    proposed(session, case, amount_cents=20_001, **lower)


def test_a_rule_may_join_the_facts_without_asking_again(session: Session, case: Town) -> None:
    waive_views(session, intention_id=intend(session, case).id, actor=case.initiator)
    proposed(session, case, grounds=["will_not_happen", "requirement"])


def test_views_can_come_in_on_paper_by_telephone_and_at_the_desk(
    session: Session, case: Town
) -> None:
    intention = intend(session, case)
    fields: dict[str, Any] = {"intention_id": intention.id, "answer": ANSWER, "actor": case.olga}
    today = clock.today()
    refused(
        "channel_unknown",
        "channel",
        register_views,
        session,
        channel="online",
        received_on=today,
        **fields,
    )
    early = today - timedelta(days=1)
    refused(
        "views_day_wrong",
        "received_on",
        register_views,
        session,
        channel="phone",
        received_on=early,
        **fields,
    )
    register_views(session, channel="phone", received_on=today, **fields)
    words = letter_of(session, proposed(session, case, WEIGHED))
    assert "U vertelde ons door de telefoon:\n\n" + ANSWER in words
    assert mails(session, "views_received") == 1


def test_only_the_applicant_answers_once_and_officers_elsewhere_do_nothing(
    session: Session, case: Town
) -> None:
    intention = intend(session, case)
    somebody = actor_of(PersonFactory())
    with pytest.raises(ForbiddenError):
        give_views(session, intention_id=intention.id, answer=ANSWER, actor=somebody)
    with pytest.raises(ForbiddenError):
        drop_intention(session, intention_id=intention.id, reason="Nee.", actor=somebody)
    refused(
        "views_empty",
        "answer",
        give_views,
        session,
        intention_id=intention.id,
        answer=" ",
        actor=case.initiator,
    )
    answered(session, case, intention)
    with pytest.raises(TransitionError, match="intention_over"):
        answered(session, case, intention)


def test_views_that_come_in_after_the_proposal_stop_the_approval(
    session: Session, case: Town
) -> None:
    intention = intend(session, case)
    with clock.at(NOW + timedelta(days=20)):
        decision_id = proposed(session, case)
        answered(session, case, intention)
        refused(
            "views_unweighed",
            None,
            approve,
            session,
            decision_id=decision_id,
            recall_minutes=0,
            actor=case.piet,
        )
        obstacle = obstacle_to_approval(session, decision_id=decision_id, actor=case.piet)
        assert obstacle is not None
        dismiss(session, decision_id=decision_id, reason="Er is een zienswijze.", actor=case.piet)
        again = proposed(session, case, WEIGHED)
        approve(session, decision_id=again, recall_minutes=0, actor=case.piet)
        with pytest.raises(TransitionError):
            drop_intention(session, intention_id=intention.id, reason="Nee.", actor=case.olga)


def test_an_exception_has_a_reason_that_the_letter_gives(session: Session, case: Town) -> None:
    refused(
        "views_exception_unknown", "exception", proposed, session, case, Weighing("", "no", "x")
    )
    refused(
        "views_exception_reason_missing",
        "exception_reason",
        proposed,
        session,
        case,
        Weighing("", "urgency", " "),
    )
    why = Weighing("", "purpose", "Anders is het geld weg.")
    decision_id = proposed(session, case, why)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    words = letter_of(session, decision_id)
    assert "artikel 4:11, onder c" in words
    assert "Anders is het geld weg." in words


def test_who_answered_can_not_be_passed_over_by_an_exception(session: Session, case: Town) -> None:
    answered(session, case, intend(session, case))
    refused(
        "views_answered_already",
        "exception",
        proposed,
        session,
        case,
        Weighing("", "urgency", "Snel."),
    )


def test_more_time_is_only_ever_more(session: Session, case: Town) -> None:
    intention = intend(session, case)
    fields: dict[str, Any] = {
        "intention_id": intention.id,
        "reason": "U was ziek.",
        "actor": case.olga,
    }
    refused("views_extension_wrong", "until", extend_views, session, until=LAST_DAY, **fields)
    extend_views(session, until=date(2026, 6, 27), **fields)
    assert intention.until == date(2026, 6, 29)
    assert mails(session, "views_extended") == 1
    with clock.at(NOW + timedelta(days=16)):
        refused("views_wait", None, proposed, session, case)


def test_the_applicant_is_reminded_two_days_before_the_end_once(
    session: Session, case: Town
) -> None:
    intend(session, case)
    with clock.at(NOW + timedelta(days=11)):
        assert remind_of_views(session) == 0
    with clock.at(NOW + timedelta(days=12)):
        assert (remind_of_views(session), remind_of_views(session)) == (1, 0)


def test_the_work_list_and_the_applicants_page_tell_how_it_stands(
    session: Session, case: Town
) -> None:
    intention = intend(session, case)

    def views_work() -> list[tuple[str, date]]:
        works = all_work(session, case.fund.municipality_id)
        return [(work.detail, work.due_on) for work in works if work.kind is WorkKind.VIEWS]

    assert views_work() == [("open", LAST_DAY)]
    with clock.at(NOW + timedelta(days=15)):
        assert views_work() == [("silence", LAST_DAY)]
    file = applicant_file(session, case.application.id)
    assert file is not None
    assert file.to_answer is not None
    assert StoryKind.VIEWS_ASKED in [event.kind for event in file.story]
    answered(session, case, intention)
    assert views_work() == [("answered", LAST_DAY)]
    proposed(session, case, WEIGHED)
    assert views_work() == []


def test_a_division_goes_past_a_case_of_which_something_else_is_intended(
    session: Session, case: Town
) -> None:
    intend(session, case)
    batch = propose_round(session, fund_id=case.fund.id, actor=case.olga)
    (left_case,) = batch.left_alone
    assert (batch.proposed, left_case.number) == ([], case.application.number)
    assert left_case.error.code == "views_waited_for"


def test_a_dropped_intention_is_told_with_its_reason_and_a_new_one_can_follow(
    session: Session, case: Town
) -> None:
    intention = intend(session, case)
    drop_intention(session, intention_id=intention.id, reason="U had gelijk.", actor=case.olga)
    assert mails(session, "intention_dropped") == 1
    refused("views_missing", None, proposed, session, case)
    assert intend(session, case).number == "VN-2026-0002"


def test_the_snapshot_holds_the_views_and_replays(session: Session, case: Town) -> None:
    answered(session, case, intend(session, case))
    decision = session.get_one(Decision, proposed(session, case, WEIGHED))
    views = read(decision.snapshot).views
    assert views is not None
    assert (views["answer"], views["weighing"]) == (ANSWER, WEIGHED.text)
    facts = session.execute(text("SELECT facts FROM fund_rounds")).scalar_one()
    assert replay(decision.snapshot, round_facts=facts).same


def test_a_decision_in_the_place_of_another_needs_none(session: Session, case: Town) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = objected(session, case, refusal)
    rosa, bram = (officer(session, case.fund.municipality_id, name) for name in ("Rosa", "Bram"))
    heard(session, objection, rosa)
    new = Replacement("refusal", 0, ("will_not_happen",), "Nu om iets anders.")
    ruling = ruled(session, objection, "upheld", new, by=(rosa, bram))
    assert ruling.replacement_id is not None


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE intentions SET reason = 'Anders'", "intention_fixed"),
        ("UPDATE intentions SET until = until - 1", "intention_fixed"),
        ("UPDATE intentions SET answer = 'Anders'", "intention_fixed"),
        ("DELETE FROM intentions", "intention_stays"),
        ("UPDATE decision_views SET weighing = 'Anders'", "append_only"),
        ("DELETE FROM decision_views", "append_only"),
    ],
)
def test_the_database_keeps_what_was_said(
    session: Session, case: Town, statement: str, constraint: str
) -> None:
    answered(session, case, intend(session, case))
    proposed(session, case, WEIGHED)
    with pytest.raises(IntegrityError) as error, session.begin_nested():
        session.execute(text(statement))
    cause = error.value.orig
    assert isinstance(cause, psycopg.Error)
    assert constraint in str(cause.diag.constraint_name)


APPROVAL = text(
    "UPDATE decisions SET status = 'approved', approved_by = :by, approved_at = :at WHERE id = :id"
)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"grounds": ["will_not_happen"]}, 14),
        ({"grounds": ["insolvent"]}, 20),
        ({"kind": "withdrawal", "grounds": ["will_not_happen"]}, 20),
        ({"kind": "partial_award", "grounds": ["de_minimis"]}, 20),
    ],
)
def test_the_database_approves_nothing_that_needed_views(
    session: Session, case: Town, fields: dict[str, Any], days: int
) -> None:
    """Too early, on another ground, of another kind: whatever the program thinks of it."""
    intention = intend(session, case)
    values = {"kind": "refusal", "amount_cents": 0, "reason": "Daarom.", **fields}
    decision = DecisionFactory(application=case.application, **values)
    session.add(
        DecisionViews(
            decision_id=decision.id,
            application_id=case.application.id,
            intention_id=intention.id,
        )
    )
    session.flush()
    approval = {"by": case.piet.person_id, "at": NOW + timedelta(days=days), "id": decision.id}
    with pytest.raises(IntegrityError, match="needs the views"), session.begin_nested():
        session.execute(APPROVAL, approval)


@pytest.mark.parametrize("kind", ["refusal", "partial_award"])
def test_the_database_approves_what_was_intended_when_the_term_is_over(
    session: Session, case: Town, kind: str
) -> None:
    intention = intend(session, case, grounds=["de_minimis"])
    values = {"kind": kind, "amount_cents": 0, "reason": "Daarom.", "grounds": ["de_minimis"]}
    decision = DecisionFactory(application=case.application, **values)
    session.add(
        DecisionViews(
            decision_id=decision.id,
            application_id=case.application.id,
            intention_id=intention.id,
        )
    )
    session.flush()
    approval = {"by": case.piet.person_id, "at": NOW + timedelta(days=15), "id": decision.id}
    session.execute(APPROVAL, approval)


def test_the_database_approves_no_answer_that_was_not_weighed(session: Session, case: Town) -> None:
    intention = intend(session, case)
    with clock.at(NOW + timedelta(days=20)):
        decision_id = proposed(session, case)
        answered(session, case, intention)
        session.flush()
    values = {"by": case.piet.person_id, "at": NOW + timedelta(days=20), "id": decision_id}
    with pytest.raises(IntegrityError, match="needs the views"), session.begin_nested():
        session.execute(APPROVAL, values)


def test_who_withdraws_the_application_is_asked_nothing_any_longer(
    session: Session, case: Town
) -> None:
    intention = intend(session, case)
    withdraw_application(
        session, application_id=case.application.id, reason="", actor=case.initiator
    )
    with pytest.raises(TransitionError, match="intention_over"):
        answered(session, case, intention)
    assert remind_of_views(session) == 0
