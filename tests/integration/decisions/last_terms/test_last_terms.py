"""An account that never comes: a last term, and then a determination without it (Awb 4:44)."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.case_steps import account
from tests.support.factories.towns import Town
from tests.support.inquiries import ex_officio
from tests.support.last_terms import (
    AWARD_AT,
    CLAIM,
    DUE_ON,
    LATE_AT,
    OVER_AT,
    UNTIL,
    WHY,
    termed,
    unaccounted,
)
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.case_letters.models import CaseLetter
from voorjebuurt.decisions.case_letters.service import contents_of
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.letters.courses import case_letter
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.applicant_file import applicant_file
from voorjebuurt.decisions.overviews.reminders import ask_for_accountings, remind_of_last_terms
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.proof.snapshots import replay
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applicants.service import keep_details


@pytest.fixture
def case(session: Session) -> Town:
    with clock.at(AWARD_AT):
        return unaccounted(session)


@pytest.fixture
def late() -> Iterator[None]:
    """The day after the term to account."""
    with clock.at(LATE_AT):
        yield


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path)


def refused(code: str, field: str = "") -> Any:
    def check(error: DomainError) -> bool:
        return error.code == code and (error.field or "") == field

    return pytest.raises(DomainError, check=check)


def waits(session: Session, case: Town) -> list[tuple[WorkKind, date]]:
    return [(work.kind, work.due_on) for work in all_work(session, case.fund.municipality_id)]


def mails(session: Session, template: str) -> list[dict[str, Any]]:
    statement = select(MailMessage.context).where(MailMessage.template == template)
    return list(session.scalars(statement))


def letter_of(decision: Decision) -> str:
    announcement = letters.read_announcement(decision.announcement)
    return letters.write(decision.snapshot, announcement).text


@pytest.mark.parametrize("way", ["costs", "activities"])
def test_a_last_term_is_set_only_after_the_first_one(session: Session, way: str) -> None:
    with clock.at(AWARD_AT):
        case = unaccounted(session, way)
    with clock.at(clock.noon(DUE_ON)), refused("last_term_too_early"):
        termed(session, case)
    with clock.at(LATE_AT):
        term = termed(session, case)
    assert (term.before, term.until, term.reason) == (DUE_ON, UNTIL, WHY)
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "application.last_term_set")
    ).one()
    assert event.detail["until"] == UNTIL.isoformat()
    assert event.reason == WHY


def test_its_days_are_bounded_and_a_later_one_is_later(
    session: Session, case: Town, late: None
) -> None:
    today = clock.today()
    for days in (13, 92):
        with refused("inquiry_term_wrong", "until"):
            termed(session, case, today + timedelta(days))
    termed(session, case, today + timedelta(28))
    with refused("last_term_no_later", "until"):
        termed(session, case, today + timedelta(28))
    later = termed(session, case)
    assert (later.before, later.until) == (date(2026, 12, 29), UNTIL)
    file = applicant_file(session, case.application.id)
    assert file is not None
    assert file.last_term == later
    assert not file.is_late


def test_it_is_for_who_must_account_and_did_not(
    session: Session, case: Town, storage: FolderStorage, late: None
) -> None:
    with pytest.raises(ForbiddenError):
        termed(session, case, actor=case.initiator)
    account(session, case, storage)
    with refused("last_term_not_for_way"):
        termed(session, case)
    with clock.at(AWARD_AT):
        other = ex_officio(session)
    with refused("last_term_not_for_way"):
        termed(session, other)


def test_only_after_its_last_day_the_amount_is_determined(session: Session, case: Town) -> None:
    with clock.at(LATE_AT):
        with refused("account_missing"):
            case.propose(session, "determination", CLAIM)
        termed(session, case)
    with clock.at(clock.noon(UNTIL)), refused("last_term_runs"):
        case.propose(session, "determination", CLAIM)
    with clock.at(OVER_AT):
        decision = case.send(session, "determination", CLAIM)
    assert case.application.status == "determined"
    words = letter_of(decision)
    assert "Wij kregen niets. Daarom stellen wij het bedrag nu zelf vast (ambtshalve)." in words
    assert "artikel 4:44, vierde lid, en artikel 4:47, onder b (ambtshalve)" in words
    assert read(decision.snapshot).last_term == {
        "before": DUE_ON.isoformat(),
        "set_on": "2026-12-01",
        "until": UNTIL.isoformat(),
    }
    assert replay(decision.snapshot).differences == ()


def test_a_lower_amount_needs_a_ground_and_views(session: Session, case: Town) -> None:
    """Awb 4:46, second paragraph, under b, and 4:8."""
    with clock.at(LATE_AT):
        termed(session, case)
        with refused("last_term_runs"):
            intend(session, case)
    with clock.at(OVER_AT):
        intend(session, case)
        with refused("ground_missing", "grounds"):
            case.propose(session, "lower_determination", 10_000)
        decision = case.send(session, "lower_determination", 10_000, "not_complied")
    words = letter_of(decision)
    assert "artikel 4:46, tweede lid, onder b (lagere vaststelling)" in words
    assert "artikel 4:44, vierde lid, en artikel 4:47, onder b (ambtshalve)" in words
    assert (decision.amount_cents, case.application.status) == (10_000, "determined")


def intend(session: Session, case: Town) -> None:
    """A lower amount is intended."""
    state_intention(
        session,
        application_id=case.application.id,
        kind="lower_determination",
        amount_cents=10_000,
        grounds=["not_complied"],
        reason="U liet niets zien.",
        until=clock.today() + timedelta(days=14),
        actor=case.olga,
    )


def test_an_account_in_the_last_term_ends_it(
    session: Session, case: Town, storage: FolderStorage, late: None
) -> None:
    termed(session, case)
    account(session, case, storage)
    file = applicant_file(session, case.application.id)
    assert file is not None
    assert (file.status, file.last_term) == ("accounted", None)
    decision = case.send(session, "determination", CLAIM)
    assert read(decision.snapshot).last_term is None
    assert "4:47" not in letter_of(decision)


@pytest.mark.parametrize("is_approved", [False, True])
def test_an_account_before_it_is_sent_stops_the_determination(
    session: Session, case: Town, storage: FolderStorage, is_approved: bool
) -> None:
    with clock.at(LATE_AT):
        termed(session, case)
    with clock.at(OVER_AT):
        decision_id = case.propose(session, "determination", CLAIM)
        if is_approved:
            approve(session, decision_id=decision_id, recall_minutes=30, actor=case.piet)
        account(session, case, storage)
        decision = session.get_one(Decision, decision_id)
        assert decision.status == ("recalled" if is_approved else "dismissed")
        with pytest.raises(TransitionError):
            approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    with clock.at(OVER_AT + timedelta(hours=1)):
        assert not send_decision(session, decision_id=decision_id)
    assert case.application.status == "accounted"


def test_an_account_that_was_weighed_waits_as_before(
    session: Session, case: Town, storage: FolderStorage, late: None
) -> None:
    termed(session, case)
    account(session, case, storage)
    case.propose(session, "determination", CLAIM)
    with refused("account_being_determined"):
        account(session, case, storage)


def test_a_withdrawal_on_its_way_is_not_stopped_by_an_account(
    session: Session, case: Town, storage: FolderStorage, late: None
) -> None:
    case.propose(session, "withdrawal", 0, "not_done")
    with refused("account_being_determined"):
        account(session, case, storage)
    with refused("decision_open_already"):
        termed(session, case)


def test_once_it_is_determined_no_account_comes(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    with clock.at(LATE_AT):
        termed(session, case)
    with clock.at(OVER_AT):
        case.send(session, "determination", CLAIM)
        with pytest.raises(TransitionError):
            account(session, case, storage)


def test_the_work_list_follows_it(session: Session, case: Town, storage: FolderStorage) -> None:
    with clock.at(LATE_AT):
        assert waits(session, case) == [(WorkKind.ACCOUNT, DUE_ON)]
        termed(session, case)
        assert waits(session, case) == [(WorkKind.ACCOUNT, UNTIL)]
    with clock.at(OVER_AT):
        [(kind, due_on)] = waits(session, case)
        assert (kind, due_on) == (WorkKind.DETERMINE, date(2027, 3, 9))
        decision_id = case.propose(session, "determination", CLAIM)
        assert [kind for kind, _ in waits(session, case)] == [WorkKind.APPROVE]
        account(session, case, storage)
        assert session.get_one(Decision, decision_id).status == "dismissed"
        assert [kind for kind, _ in waits(session, case)] == [WorkKind.DETERMINE]


def test_the_applicant_is_told_and_reminded_once(session: Session, case: Town) -> None:
    with clock.at(LATE_AT):
        assert ask_for_accountings(session) == 1
        termed(session, case)
        [context] = mails(session, "last_term_set")
        assert (context["reason"], context["until"][:10]) == (WHY, UNTIL.isoformat())
        assert context["accounts_by"][:10] == DUE_ON.isoformat()
        assert ask_for_accountings(session) == 0
        assert remind_of_last_terms(session) == 0
    with clock.at(clock.noon(UNTIL - timedelta(days=7))):
        assert remind_of_last_terms(session) == 1
        assert remind_of_last_terms(session) == 0
    with clock.at(OVER_AT):
        assert remind_of_last_terms(session) == 0
    assert len(mails(session, "last_term_reminder")) == 1


def test_who_wants_paper_gets_the_letter_by_post(session: Session, case: Town, late: None) -> None:
    keep_details(
        session,
        application=case.application,
        details=details(electronic=False),
        actor=case.initiator,
    )
    termed(session, case)
    letter = session.scalars(select(CaseLetter)).one()
    assert letter.kind == "last_term"
    words = case_letter(*contents_of(session, letter)).text
    assert "artikel 4:44, derde lid" in words
    assert WHY in words
    assert "12 januari 2027" in words


def test_the_database_holds_it_too(session: Session, case: Town) -> None:
    with clock.at(LATE_AT):
        term = termed(session, case)
    with clock.at(OVER_AT):
        decision_id = case.propose(session, "determination", CLAIM)
    change = update(Decision).where(Decision.id == decision_id)
    early = change.values(status="approved", approved_at=LATE_AT, approved_by=case.piet.person_id)
    with pytest.raises(IntegrityError, match="waits for an account"), session.begin_nested():
        session.execute(early)
    with pytest.raises(IntegrityError, match="no last term can be set"), session.begin_nested():
        session.add(_another(case, term))
        session.flush()
    for statement in ("UPDATE last_terms SET reason = 'Anders.'", "DELETE FROM last_terms"):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(statement))


def _another(case: Town, term: LastTerm) -> LastTerm:
    """A later last term, while a determination waits for its second officer."""
    return LastTerm(
        application_id=case.application.id,
        municipality_id=case.fund.municipality_id,
        before=term.until,
        until=term.until + timedelta(days=30),
        reason=WHY,
        set_at=OVER_AT,
        set_by=term.set_by,
    )
