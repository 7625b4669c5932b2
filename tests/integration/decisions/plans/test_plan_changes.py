"""A change of an award that its applicant asks for: asked, decided by two, and in force."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import account, heard, objected, ruled
from tests.support.factories.towns import Town, officer, town_divided
from tests.support.inquiries import ex_officio
from tests.support.last_terms import AWARD_AT, CLAIM, DUE_ON, LATE_AT, termed, unaccounted
from tests.support.plan_changes import INSTEAD, LATER, WHY, asked, proposed, sent
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.accounting.queries import accounting_day
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.applicant_file import applicant_file
from voorjebuurt.decisions.overviews.reminders import ask_for_accountings
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.plan_models import PlanRequest, PlanRuling
from voorjebuurt.decisions.plans.queries import later_day
from voorjebuurt.decisions.proof.snapshots import replay
from voorjebuurt.decisions.rules.plans import Wish
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.plan_requests import register_plan_request, withdraw_plan_request
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.mail.models import MailMessage

ASK_AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
"""Four weeks before the last day to account."""


@pytest.fixture
def case(session: Session) -> Town:
    with clock.at(AWARD_AT):
        return unaccounted(session)


@pytest.fixture
def in_time() -> Iterator[None]:
    with clock.at(ASK_AT):
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
    statement = select(MailMessage).where(MailMessage.template == template)
    return [row.context for row in session.scalars(statement.order_by(MailMessage.created_at))]


def words_of(decision: Decision) -> str:
    announcement = letters.read_announcement(decision.announcement)
    return letters.write(decision.snapshot, announcement).text


def test_what_was_asked_is_kept_told_and_waits_for_a_decision(
    session: Session, case: Town, in_time: None
) -> None:
    request = asked(session, case, activities=INSTEAD)
    assert (request.before, request.wish_on, request.activities) == (DUE_ON, LATER, INSTEAD)
    assert request.decide_by == date(2026, 12, 28)
    [mail] = mails(session, "plan_request_received")
    assert (mail["activities"], mail["paper_on"]) == (INSTEAD, "")
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "application.plan_change_asked")
    ).one()
    assert (event.reason, event.detail["wish_on"]) == (WHY, LATER.isoformat())
    assert (WorkKind.PLAN, request.decide_by) in waits(session, case)
    file = applicant_file(session, case.application.id)
    assert file is not None
    assert not file.plan_askable
    assert "plan_asked" in [event.kind for event in file.story]


def test_only_what_can_be_given_can_be_asked(session: Session, case: Town, in_time: None) -> None:
    with refused("plan_nothing_asked", "wish_on"):
        asked(session, case, None)
    with refused("plan_day_no_later", "wish_on"):
        asked(session, case, DUE_ON)
    with refused("plan_day_too_late", "wish_on"):
        asked(session, case, DUE_ON + timedelta(days=367))
    with refused("text_too_long", "activities"):
        asked(session, case, None, "a" * 2_001)
    with refused("reason_needed", "reason"):
        asked(session, case, reason=" ")
    with pytest.raises(ForbiddenError):
        asked(session, case, actor=case.olga)
    asked(session, case, None, INSTEAD)
    with refused("plan_request_open"):
        asked(session, case)


def test_after_its_last_day_nothing_is_asked_but_a_paper_that_came_in_time_counts(
    session: Session, case: Town
) -> None:
    values: dict[str, Any] = {"wish": Wish(LATER, ""), "reason": WHY, "actor": case.olga}
    with clock.at(LATE_AT):
        with refused("plan_term_over"):
            asked(session, case)
        values["application_id"] = case.application.id
        with refused("channel_unknown", "channel"):
            register_plan_request(session, channel="online", received_on=DUE_ON, **values)
        with refused("paper_in_future", "received_on"):
            tomorrow = clock.today() + timedelta(days=1)
            register_plan_request(session, channel="letter", received_on=tomorrow, **values)
        register_plan_request(session, channel="letter", received_on=DUE_ON, **values)
        assert mails(session, "plan_request_received")[0]["paper_on"]
        with refused("plan_before"):
            termed(session, case)
        sent(session, case)
        assert later_day(session, case.application.id) == LATER


def test_neither_before_the_money_is_there_nor_where_nothing_is_to_change(
    session: Session,
) -> None:
    with clock.at(AWARD_AT):
        direct = town_divided(
            session, claim=CLAIM, draft_arrangements=[{"from_cents": 0, "way": "direct"}]
        )
        with refused("plan_not_now"):
            asked(session, direct)
        direct.send(session, "award", CLAIM)
        with refused("plan_not_now"):
            asked(session, direct)


def test_what_was_given_holds_everywhere(session: Session, case: Town) -> None:
    with clock.at(ASK_AT):
        asked(session, case)
        decision = sent(session, case)
        assert (decision.kind, decision.amount_cents) == ("plan_change", CLAIM)
        assert waits(session, case) == [(WorkKind.ACCOUNT, LATER)]
    file = applicant_file(session, case.application.id)
    assert file is not None
    assert (file.accounting_due, file.last_day) == (LATER, LATER)
    assert accounting_day(session, case.campaign.id) == LATER
    assert case.application.status == "awarded"
    with clock.at(LATE_AT), refused("last_term_too_early"):
        termed(session, case)
    with clock.at(clock.noon(LATER + timedelta(days=1))):
        term = termed(session, case)
        assert term.before == LATER


def test_reminders_move_with_the_last_day(session: Session, case: Town) -> None:
    with clock.at(AWARD_AT):
        ask_for_accountings(session)
    with clock.at(ASK_AT):
        ask_for_accountings(session)
        asked(session, case)
    with clock.at(LATE_AT):
        assert ask_for_accountings(session) == 0, "a request waits for its decision"
        sent(session, case)
        assert ask_for_accountings(session) == 0
    with clock.at(clock.noon(LATER - timedelta(weeks=3))):
        assert ask_for_accountings(session) == 1
        assert ask_for_accountings(session) == 0
    assert mails(session, "accounting_asked")[-1]["due_on"][:10] == LATER.isoformat()


def test_the_letter_says_what_changes_and_how_to_object(
    session: Session, case: Town, in_time: None
) -> None:
    asked(session, case, activities=INSTEAD)
    decision = sent(session, case)
    text_of_letter = words_of(decision)
    assert "tot en met 31 maart 2027" in text_of_letter
    assert INSTEAD in text_of_letter
    assert "bezwaar" in text_of_letter
    assert decision.object_until is not None
    assert decision.letter is not None
    assert decision.letter.startswith(b"%PDF")
    assert replay(decision.snapshot).differences == ()
    [mail] = mails(session, "decision_sent")[1:]
    assert mail["kind"] == "plan_change"


def test_a_part_is_less_and_never_later(session: Session, case: Town, in_time: None) -> None:
    asked(session, case, activities=INSTEAD)
    with refused("plan_part_missing", "until"):
        proposed(session, case, "part", reason="Nee.")
    with refused("plan_day_too_late", "until"):
        proposed(session, case, "part", until=LATER + timedelta(days=1), reason="Nee.")
    with refused("plan_part_is_whole", "outcome"):
        proposed(session, case, "part", until=LATER, activities=INSTEAD, reason="Nee.")
    with refused("reason_needed", "reason"):
        proposed(session, case, "part", until=LATER)
    with refused("plan_outcome_missing", "outcome"):
        proposed(session, case, "")
    decision = sent(session, case, "part", until=date(2027, 1, 31), reason="Langer is niet nodig.")
    assert later_day(session, case.application.id) == date(2027, 1, 31)
    letter = words_of(decision)
    assert "wij wijzigen uw toekenning, voor een deel" in letter
    assert "Langer is niet nodig." in letter
    assert "U mag niets anders doen dan in uw plan staat." in letter


def test_a_refusal_leaves_all_as_it_was_and_another_can_be_asked(
    session: Session, case: Town, in_time: None
) -> None:
    asked(session, case)
    with refused("reason_needed", "reason"):
        proposed(session, case, "refusal")
    decision = sent(session, case, "refusal", reason="Het kan nu ook.")
    assert decision.kind == "plan_refusal"
    assert later_day(session, case.application.id) is None
    assert "wij veranderen uw toekenning niet" in words_of(decision)
    asked(session, case, None, INSTEAD)


def test_two_officers_decide_and_the_money_stays(
    session: Session, case: Town, in_time: None
) -> None:
    asked(session, case)
    with refused("award_changed_since", "amount"):
        proposed(session, case, cents=CLAIM - 1)
    decision_id = proposed(session, case)
    with pytest.raises(ForbiddenError):
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.olga)
    assert later_day(session, case.application.id) is None, "not before it was sent"
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    assert later_day(session, case.application.id) == LATER
    [request] = session.scalars(select(PlanRequest))
    assert request.status == "decision"


def test_the_applicant_takes_it_back_and_nothing_is_sent(
    session: Session, case: Town, in_time: None
) -> None:
    request = asked(session, case)
    decision_id = proposed(session, case)
    approve(session, decision_id=decision_id, recall_minutes=30, actor=case.piet)
    with pytest.raises(ForbiddenError):
        withdraw_plan_request(session, request_id=request.id, actor=case.olga)
    withdraw_plan_request(session, request_id=request.id, actor=case.initiator)
    assert session.get_one(Decision, decision_id).status == "recalled"
    with pytest.raises(TransitionError):
        withdraw_plan_request(session, request_id=request.id, actor=case.initiator)
    assert applicant_file(session, case.application.id).plan_askable  # type: ignore[union-attr]


def test_an_account_can_come_while_it_waits_but_no_determination(
    session: Session, case: Town, storage: FolderStorage, in_time: None
) -> None:
    asked(session, case, None, INSTEAD)
    decision_id = proposed(session, case)
    account(session, case, storage)
    assert session.get_one(Decision, decision_id).status == "proposed"
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    case.send(session, "determination", CLAIM)
    with refused("plan_not_now"):
        asked(session, case)


def test_what_is_determined_ex_officio_waits_for_it_and_for_its_new_last_day(
    session: Session,
) -> None:
    with clock.at(AWARD_AT):
        case = ex_officio(session)
    file = applicant_file(session, case.application.id)
    assert file is not None
    assert file.last_day == date(2026, 11, 30)
    with clock.at(ASK_AT):
        asked(session, case)
    with clock.at(LATE_AT):
        with refused("plan_before"):
            case.propose(session, "determination", CLAIM)
        assert WorkKind.DETERMINE not in [kind for kind, _ in waits(session, case)]
        decision = sent(session, case)
        assert "Voer uw plan uit tot en met 31 maart 2027" in words_of(decision)
        with refused("ex_officio_too_early"):
            case.propose(session, "determination", CLAIM)
        assert waits(session, case) == []
    with clock.at(clock.noon(LATER + timedelta(days=1))):
        case.send(session, "determination", CLAIM)
    assert case.application.status == "determined"


def test_an_award_that_is_withdrawn_ends_the_request(
    session: Session, case: Town, in_time: None
) -> None:
    asked(session, case)
    case.send(session, "withdrawal", 0, "not_done")
    [request] = session.scalars(select(PlanRequest))
    assert request.status == "end"


def test_an_objection_that_is_upheld_opens_the_request_again(
    session: Session, case: Town, in_time: None
) -> None:
    asked(session, case)
    decision = sent(session, case, "refusal", reason="Het kan nu ook.")
    objection = objected(session, case, decision)
    judge = officer(session, case.fund.municipality_id, "Eva")
    second = officer(session, case.fund.municipality_id, "Ruth")
    heard(session, objection, judge)
    ruled(session, objection, "upheld", by=(judge, second))
    [request] = session.scalars(select(PlanRequest))
    assert request.status == "open"
    sent(session, case)
    assert later_day(session, case.application.id) == LATER


def break_in(session: Session, statement: Any) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(statement)
        session.flush()


def test_the_database_holds_the_rules(session: Session, case: Town, in_time: None) -> None:
    request = asked(session, case)
    row = {
        "application_id": request.application_id,
        "municipality_id": request.municipality_id,
        "asked_at": clock.now(),
        "asked_by": request.asked_by,
        "channel": "online",
        "received_on": clock.today(),
        "before": DUE_ON,
        "wish_on": LATER,
        "reason": WHY,
        "decide_by": LATER,
        "status": "open",
    }

    def add(**changes: Any) -> None:
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(PlanRequest(**{**row, **changes}))
            session.flush()

    add()
    break_in(session, update(PlanRequest).values(reason="Anders."))
    break_in(session, text("DELETE FROM plan_requests"))
    decision_id = proposed(session, case)
    ruling = session.get_one(PlanRuling, decision_id)
    break_in(session, update(PlanRuling).values(until=LATER + timedelta(days=1)))
    break_in(session, update(Decision).where(Decision.id == decision_id).values(amount_cents=1))
    assert ruling.before == DUE_ON
    withdraw_plan_request(session, request_id=request.id, actor=case.initiator)
    add(wish_on=DUE_ON)
    add(received_on=DUE_ON + timedelta(days=1))
    add(wish_on=None)
    add(status="decision")
    case.application.status = "determined"
    session.flush()
    add()
