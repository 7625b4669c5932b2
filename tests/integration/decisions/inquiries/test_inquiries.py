"""Proof is asked for, answered and found; the determination waits for it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.factories.towns import Town, officer, town_divided
from tests.support.inquiries import AWARD_AT, CLAIM, DUE_AT, TWO_WEEKS, asked, ex_officio
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions.inquiries.answers import answer_inquiry, register_answer
from voorjebuurt.decisions.inquiries.questions import close_inquiry, extend_inquiry
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.overviews.reminders import remind_of_proof
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.posting.queries import postings_of_case
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applicants.service import keep_details


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(AWARD_AT):
        yield


def refused(code: str) -> Any:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def answered(session: Session, case: Town, inquiry: Inquiry) -> None:
    answer_inquiry(session, inquiry_id=inquiry.id, answer="Zie de foto’s.", actor=case.initiator)


def closed(session: Session, case: Town, inquiry: Inquiry, finding: str = "proof") -> None:
    close_inquiry(session, inquiry_id=inquiry.id, finding=finding, text="Bekeken.", actor=case.piet)


def mails(session: Session) -> list[str]:
    """The mails about proof, in order."""
    statement = select(MailMessage.template).where(MailMessage.template.like("proof%"))
    return list(session.scalars(statement.order_by(MailMessage.created_at, MailMessage.id)))


def works(session: Session, case: Town) -> list[tuple[WorkKind, str]]:
    return [(work.kind, work.detail) for work in all_work(session, case.fund.municipality_id)]


def test_an_open_question_holds_the_determination_until_it_is_closed(session: Session) -> None:
    case = ex_officio(session)
    with clock.at(DUE_AT):
        inquiry = asked(session, case)
        assert inquiry.number == "BW-2026-0001"
        for kind, grounds in (("determination", ()), ("lower_determination", ("not_done",))):
            with refused("inquiry_open"):
                case.propose(session, kind, CLAIM - len(grounds), *grounds)
        assert works(session, case) == [(WorkKind.PROOF, "open")]
        answered(session, case, inquiry)
        assert works(session, case) == [(WorkKind.PROOF, "answer")]
        with refused("inquiry_open"):
            case.propose(session, "determination", CLAIM)
        closed(session, case, inquiry)
        assert works(session, case) == [(WorkKind.DETERMINE, "")]
        case.send(session, "determination", CLAIM)
    assert mails(session) == ["proof_asked", "proof_received", "proof_closed"]


def test_the_database_holds_the_determination_too(session: Session) -> None:
    case = ex_officio(session)
    with clock.at(DUE_AT):
        decision_id = case.propose(session, "determination", CLAIM)
        text_of_row = text(
            "INSERT INTO inquiries (id, number, application_id, municipality_id, ground, cause,"
            " asked, until, asked_at, asked_by) SELECT gen_random_uuid(), 'BW-x', application_id,"
            " municipality_id, 'cause', 'x', 'x', current_date, now(), proposed_by"
            " FROM decisions WHERE id = :id"
        )
        with pytest.raises(IntegrityError, match="no proof can be asked"), session.begin_nested():
            session.execute(text_of_row, {"id": decision_id})
        session.execute(text("ALTER TABLE inquiries DISABLE TRIGGER begin_rightly"))
        session.execute(text_of_row, {"id": decision_id})
        with pytest.raises(IntegrityError, match="waits for proof"), session.begin_nested():
            session.execute(
                text(
                    "UPDATE decisions SET status = 'approved', approved_at = now(),"
                    " approved_by = :by WHERE id = :id"
                ),
                {"id": decision_id, "by": case.piet.person_id},
            )


def test_nothing_is_asked_while_a_decision_is_on_its_way(session: Session) -> None:
    case = ex_officio(session)
    with clock.at(DUE_AT):
        case.propose(session, "determination", CLAIM)
        with refused("decision_open_already"):
            asked(session, case)


def test_one_question_at_a_time(session: Session) -> None:
    case = ex_officio(session)
    asked(session, case)
    with refused("inquiry_open_already"):
        asked(session, case)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"cause": " "}, "proof_cause_missing", "cause"),
        ({"asked": ""}, "proof_question_missing", "asked"),
        ({"until": AWARD_AT.date() + timedelta(days=13)}, "inquiry_term_wrong", "until"),
        ({"until": AWARD_AT.date() + timedelta(days=92)}, "inquiry_term_wrong", "until"),
        ({"ground": "sample"}, "sample_not_hit", "ground"),
        ({"ground": "whim"}, "sample_not_hit", "ground"),
    ],
)
def test_what_is_asked_is_complete(
    session: Session, changes: dict[str, Any], code: str, field: str
) -> None:
    case = ex_officio(session)
    with refused(code) as refusal:
        asked(session, case, **changes)
    assert refusal.value.field == field


def test_of_who_accounts_or_has_it_already_no_proof_is_asked(session: Session) -> None:
    for way in ("costs", "direct"):
        case = town_divided(session, draft_arrangements=[{"from_cents": 0, "way": way}])
        case.send(session, "award", CLAIM)
        with refused("proof_not_for_way"):
            asked(session, case)


def test_only_officers_without_a_stake_ask_and_close(session: Session) -> None:
    case = ex_officio(session)
    elsewhere = officer(session, town_divided(session).fund.municipality_id, "Eva")
    inquiry = asked(session, case)
    for actor in (elsewhere, case.initiator):
        with pytest.raises(ForbiddenError):
            close_inquiry(
                session, inquiry_id=inquiry.id, finding="mistake", text="Nee", actor=actor
            )
    with pytest.raises(ForbiddenError, match="not_your_campaign"):
        answer_inquiry(session, inquiry_id=inquiry.id, answer="Ik", actor=case.piet)


def test_it_is_answered_once_online_or_on_paper(session: Session) -> None:
    case = ex_officio(session)
    inquiry = asked(session, case)
    answered(session, case, inquiry)
    paper: dict[str, Any] = {
        "channel": "letter",
        "received_on": clock.today(),
        "answer": "Een brief.",
        "actor": case.olga,
    }
    with pytest.raises(TransitionError, match="inquiry_over"):
        register_answer(session, inquiry_id=inquiry.id, **paper)
    with pytest.raises(TransitionError, match="inquiry_over"):
        answered(session, case, inquiry)
    assert (inquiry.channel, inquiry.answer) == ("online", "Zie de foto’s.")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel": "online"}, "channel_unknown"),
        ({"received_on": AWARD_AT.date() - timedelta(days=1)}, "views_day_wrong"),
        ({"received_on": AWARD_AT.date() + timedelta(days=1)}, "views_day_wrong"),
        ({"answer": " "}, "proof_answer_missing"),
    ],
)
def test_what_came_on_paper_is_written_down_rightly(
    session: Session, changes: dict[str, Any], code: str
) -> None:
    case = ex_officio(session)
    inquiry = asked(session, case)
    values: dict[str, Any] = {
        "channel": "letter",
        "received_on": clock.today(),
        "answer": "Een brief met foto’s.",
        "actor": case.olga,
    }
    with refused(code):
        register_answer(session, inquiry_id=inquiry.id, **{**values, **changes})
    register_answer(session, inquiry_id=inquiry.id, **values)
    assert (inquiry.channel, inquiry.answered_by) == ("letter", case.olga.person_id)


def test_nobody_is_silent_before_the_term_is_over(session: Session) -> None:
    case = ex_officio(session)
    inquiry = asked(session, case)
    for finding in ("silence", "proof", "gap"):
        with refused("finding_not_possible"):
            closed(session, case, inquiry, finding)
    with clock.at(AWARD_AT + TWO_WEEKS + timedelta(days=1)):
        assert works(session, case) == [(WorkKind.PROOF, "silence")]
        closed(session, case, inquiry, "silence")
    assert mails(session)[-1] == "proof_closed"


def test_after_the_last_day_an_answer_still_counts_until_it_is_closed(session: Session) -> None:
    case = ex_officio(session)
    inquiry = asked(session, case)
    with clock.at(AWARD_AT + TWO_WEEKS + timedelta(days=3)):
        answered(session, case, inquiry)
        with refused("finding_not_possible"):
            closed(session, case, inquiry, "silence")
        closed(session, case, inquiry, "gap")
        with pytest.raises(TransitionError, match="inquiry_over"):
            closed(session, case, inquiry, "proof")


def test_after_silence_less_is_determined_only_when_views_were_asked(session: Session) -> None:
    case = ex_officio(session)
    with clock.at(DUE_AT):
        inquiry = asked(session, case)
    with clock.at(DUE_AT + 2 * TWO_WEEKS):
        intention: dict[str, Any] = {
            "application_id": case.application.id,
            "kind": "lower_determination",
            "amount_cents": 0,
            "grounds": ["not_complied"],
            "reason": "U antwoordde niet.",
            "until": clock.today() + TWO_WEEKS,
            "actor": case.olga,
        }
        with refused("inquiry_open"):
            state_intention(session, **intention)
        closed(session, case, inquiry, "silence")
        assert state_intention(session, **intention)


def test_more_time_moves_the_last_day_and_the_reminder(session: Session) -> None:
    case = ex_officio(session)
    inquiry = asked(session, case)
    later = inquiry.until + TWO_WEEKS
    with refused("views_extension_wrong"):
        extend_inquiry(
            session, inquiry_id=inquiry.id, until=inquiry.until, reason="Ziek", actor=case.olga
        )
    with clock.at(AWARD_AT + TWO_WEEKS - timedelta(days=2)):
        assert remind_of_proof(session) == 1
        assert remind_of_proof(session) == 0
        extend_inquiry(session, inquiry_id=inquiry.id, until=later, reason="Ziek", actor=case.olga)
        assert remind_of_proof(session) == 0
    with clock.at(AWARD_AT + 2 * TWO_WEEKS - timedelta(days=2)):
        assert remind_of_proof(session) == 1
        answered(session, case, inquiry)
        with pytest.raises(TransitionError, match="inquiry_over"):
            extend_inquiry(
                session,
                inquiry_id=inquiry.id,
                until=later + TWO_WEEKS,
                reason="Ziek",
                actor=case.olga,
            )


def test_every_step_is_in_the_trail(session: Session) -> None:
    case = ex_officio(session)
    inquiry = asked(session, case)
    extend_inquiry(
        session,
        inquiry_id=inquiry.id,
        until=inquiry.until + TWO_WEEKS,
        reason="Ziek",
        actor=case.olga,
    )
    answered(session, case, inquiry)
    closed(session, case, inquiry)
    statement = select(AuditEvent).where(AuditEvent.action.like("application.proof%"))
    events = session.scalars(statement.order_by(AuditEvent.at, AuditEvent.id)).all()
    steps = [event.action.rpartition("_")[2] for event in events]
    assert steps == ["asked", "extended", "received", "closed"]
    assert {event.detail["number"] for event in events} == {inquiry.number}
    assert events[-1].detail["finding"] == "proof"


def test_who_wants_paper_gets_each_letter_by_post(session: Session) -> None:
    case = ex_officio(session)
    keep_details(
        session,
        application=case.application,
        details=details(electronic=False),
        actor=case.initiator,
    )
    inquiry = asked(session, case)
    extend_inquiry(
        session,
        inquiry_id=inquiry.id,
        until=inquiry.until + TWO_WEEKS,
        reason="Ziek",
        actor=case.olga,
    )
    answered(session, case, inquiry)
    closed(session, case, inquiry)
    kinds = [posting.kind for posting in postings_of_case(session, case.application.id)]
    assert kinds == ["proof_question", "proof_extension", "proof_finding"]


@pytest.mark.parametrize(
    "change",
    [
        "asked = 'iets anders'",
        "until = until - 1",
        "answer = 'iets anders'",
        "finding_text = 'iets anders'",
    ],
)
def test_what_was_asked_and_found_never_changes(session: Session, change: str) -> None:
    case = ex_officio(session)
    inquiry = asked(session, case)
    answered(session, case, inquiry)
    closed(session, case, inquiry)
    for statement in (f"UPDATE inquiries SET {change}", "DELETE FROM inquiries"):
        with pytest.raises(IntegrityError, match="inquiry"), session.begin_nested():
            session.execute(text(statement))


def test_no_question_outlives_the_award(session: Session) -> None:
    """An award that is withdrawn meanwhile waits for nothing, and reminds of nothing."""
    case = ex_officio(session)
    inquiry = asked(session, case)
    case.send(session, "withdrawal", 0, "not_done")
    with pytest.raises(TransitionError, match="inquiry_over"):
        answered(session, case, inquiry)
    with clock.at(AWARD_AT + TWO_WEEKS):
        assert remind_of_proof(session) == 0
        assert WorkKind.PROOF not in {kind for kind, _ in works(session, case)}
