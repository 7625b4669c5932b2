"""Applicants are mailed each turn of their case, once, with the amount and the day that count."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.case_steps import account, objected, pay_out
from tests.support.deposits import colleague, paid_back
from tests.support.factories.base import building_in
from tests.support.factories.decisions import ObjectionFactory
from tests.support.factories.rounds import CLOSING, closed, officer_of
from tests.support.factories.rounds import applied as applied_with_gifts
from tests.support.factories.towns import STATEMENT, Town, admitted, town, town_divided
from tests.support.jobs import run_jobs
from voorjebuurt.decisions.case_letters.models import CaseLetter
from voorjebuurt.decisions.case_letters.service import contents_of
from voorjebuurt.decisions.cases.terms import complete_application
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection
from voorjebuurt.decisions.overviews.clawbacks import open_clawbacks, remind_of_clawbacks
from voorjebuurt.decisions.posting.queries import postings_of_case
from voorjebuurt.decisions.rules.terms import award_by
from voorjebuurt.decisions.rulings.withdrawals import withdraw_application
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.mail import conditions
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applicants.service import keep_details
from voorjebuurt.matching.applications.service import change_application
from voorjebuurt.matching.models import FundDeposit
from voorjebuurt.matching.pots import deposits
from voorjebuurt.matching.pots.corrections import undo_claw_back
from voorjebuurt.matching.rounds.service import divide_round
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


def mails(session: Session, template: str) -> list[dict[str, Any]]:
    """What the mails of a template carry, oldest first."""
    statement = select(MailMessage).where(MailMessage.template == template)
    return [mail.context for mail in session.scalars(statement.order_by(MailMessage.id))]


def day(context: dict[str, Any], name: str) -> date:
    return datetime.fromisoformat(context[name]).date()


@pytest.mark.parametrize(("live", "way"), [(True, "live"), (False, "division")])
def test_an_applicant_reads_that_the_application_takes_part(
    session: Session, live: bool, way: str
) -> None:
    case = town(session, campaign="live", live=live)
    admitted(session, case.application, case.olga)
    (context,) = mails(session, "application_admitted")
    assert (context["number"], context["way"]) == (case.application.number, way)
    last_day = case.campaign.deadline_on if live else None
    assert day(context, "decide_by") == award_by(
        case.application.decide_by, live=live, last_day=last_day
    )


def test_nothing_is_said_of_a_division_that_will_not_come(session: Session) -> None:
    case = town(session)
    case.fund.status = "divided"
    admitted(session, case.application, case.olga)
    (context,) = mails(session, "application_admitted")
    assert context["way"] == ""


def test_a_completion_is_confirmed_with_the_new_last_day(session: Session) -> None:
    case = town(session)
    before = case.application.decide_by
    fields: dict[str, Any] = {"application_id": case.application.id}
    ask_completion(
        session, **fields, missing="De begroting", until=date(2026, 6, 22), actor=case.olga
    )
    with clock.at(NOW + timedelta(days=8)):
        complete_application(
            session, **fields, **STATEMENT, answer="Hier is die.", actor=case.initiator
        )
    (context,) = mails(session, "completion_received")
    assert day(context, "decide_by") == case.application.decide_by > before


def test_a_change_is_confirmed_and_saving_the_same_is_not(session: Session) -> None:
    case = town(session)
    fields: dict[str, Any] = {"application_id": case.application.id, "actor": case.initiator}
    change_application(session, **fields, **STATEMENT)
    assert mails(session, "application_changed") == []
    change_application(session, **fields, **{**STATEMENT, "reach": "De hele wijk."})
    (context,) = mails(session, "application_changed")
    assert context["title"] == case.campaign.title


def test_a_withdrawal_is_confirmed(session: Session) -> None:
    case = town(session)
    withdraw_application(
        session, application_id=case.application.id, reason="", actor=case.initiator
    )
    (context,) = mails(session, "application_withdrawn")
    assert context["number"] == case.application.number


def test_a_withdrawn_objection_is_confirmed(session: Session) -> None:
    case = town_divided(session)
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    withdraw_objection(session, objection_id=objection.id, actor=case.initiator)
    (context,) = mails(session, "objection_withdrawn")
    assert context["objection"] == objection.number


def test_an_account_is_confirmed_with_the_day_by_which_is_decided(
    session: Session, tmp_path: Path
) -> None:
    case = town_divided(session)
    case.send(session, "award", CLAIM)
    account(session, case, FolderStorage(tmp_path), 48_000)
    (context,) = mails(session, "accounting_received")
    assert context["spent_cents"] == 48_000
    assert day(context, "decide_by") == date(2026, 7, 27), "eight weeks after the first of June"


def test_after_a_division_each_applicant_reads_what_was_computed(session: Session) -> None:
    with clock.at(CLOSING + timedelta(days=7)):
        fund = closed()
        first, second = applied_with_gifts(fund, 50_000, 30_000), applied_with_gifts(fund, 80_000)
        divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    amounts = {
        context["number"]: context["amount_cents"] for context in mails(session, "round_divided")
    }
    assert amounts == {first.number: 50_000, second.number: 50_000}


def test_the_mail_about_a_decision_names_the_amount_and_the_last_day(session: Session) -> None:
    case = town_divided(session)
    decision = case.send(session, "award", CLAIM)
    (context,) = mails(session, "decision_sent")
    assert context["amount_cents"] == CLAIM
    assert day(context, "object_until") == decision.object_until


@pytest.fixture
def owing(session: Session) -> Town:
    """€ 500 was paid out, and € 120 and then € 80 of it claimed back, on the same day."""
    case = town_divided(session, claim=CLAIM)
    case.send(session, "award", CLAIM)
    return claimed_back(session, case)


def claimed_back(session: Session, case: Town) -> Town:
    case.campaign.status = "paid_out"
    pay_out(session, case)
    case.application.status = "accounted"
    session.flush()
    case.send(session, "lower_determination", 30_000, "not_done")
    case.send(session, "clawback", 12_000, "overpaid")
    with clock.at(NOW + timedelta(days=7)):
        case.send(session, "clawback", 8_000, "overpaid")
    return case


def pay_back(session: Session, case: Town, cents: int, reference: str = "TB-1") -> None:
    paid_back(
        session,
        application_id=case.application.id,
        cents=cents,
        reference=reference,
    )


def test_of_a_claim_that_an_objection_undid_nothing_is_owed(session: Session, owing: Town) -> None:
    both = open_clawbacks(session)
    assert [each.open_cents for each in both] == [12_000, 8_000]
    decision_id = both[1].decision.id
    ObjectionFactory(
        decision=both[1].decision,
        status="upheld",
        decided_at=clock.now(),
        decided_by=owing.olga.person_id,
        outcome="Terecht.",
    )
    undo_claw_back(
        session,
        application_id=owing.application.id,
        cents=8_000,
        key=f"objection:{decision_id}",
        actor=owing.olga,
    )
    (clawback,) = open_clawbacks(session)
    assert (clawback.open_cents, clawback.decision.id) == (12_000, both[0].decision.id)


def test_who_owes_is_reminded_and_then_given_notice_once(session: Session, owing: Town) -> None:
    with clock.at(datetime(2026, 7, 5, 6, tzinfo=UTC)):
        assert remind_of_clawbacks(session) == 0
    for _ in range(2):
        with clock.at(datetime(2026, 7, 6, 6, tzinfo=UTC)):
            remind_of_clawbacks(session)
    (context,) = mails(session, "clawback_reminder")
    assert (context["amount_cents"], day(context, "pay_by")) == (12_000, date(2026, 7, 13))
    with clock.at(datetime(2026, 7, 13, 20, tzinfo=UTC)):
        remind_of_clawbacks(session)
    assert mails(session, "clawback_notice") == [], "the last day counts"
    for _ in range(2):
        with clock.at(datetime(2026, 7, 14, 6, tzinfo=UTC)):
            remind_of_clawbacks(session)
    (context,) = mails(session, "clawback_notice")
    assert (context["amount_cents"], day(context, "due_on")) == (12_000, date(2026, 7, 13))
    assert day(context, "pay_by") == date(2026, 7, 28), "two weeks from the day after"


def test_a_formal_notice_goes_by_post(session: Session, owing: Town) -> None:
    keep_details(
        session,
        application=owing.application,
        details=details(electronic=False),
        actor=owing.initiator,
    )
    for _ in range(2):
        with clock.at(datetime(2026, 7, 14, 6, tzinfo=UTC)):
            remind_of_clawbacks(session)
    postings = postings_of_case(session, owing.application.id)
    [posting] = [each for each in postings if each.kind == "payment_notice"]
    facts, announcement = contents_of(session, session.get_one(CaseLetter, posting.subject_id))
    assert (facts.cents, facts.before, facts.until) == (12_000, "2026-07-13", "2026-07-28")
    assert announcement.signer == "Piet"


def test_what_came_in_paid_the_oldest_claim_and_who_owes_nothing_is_left_alone(
    session: Session, owing: Town
) -> None:
    pay_back(session, owing, 13_000)
    with clock.at(datetime(2026, 7, 21, 6, tzinfo=UTC)):
        remind_of_clawbacks(session)
    (context,) = mails(session, "clawback_notice")
    assert context["amount_cents"] == 7_000
    assert conditions.holds(session, "clawback_notice", context) is True
    pay_back(session, owing, 7_000, "TB-2")
    assert conditions.holds(session, "clawback_notice", context) is False
    with clock.at(datetime(2026, 9, 1, 6, tzinfo=UTC)):
        assert remind_of_clawbacks(session) == 0


def test_who_is_said_to_have_paid_back_by_mistake_reads_that_it_was_one(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session, building_in(session):
        case = town_divided(session, claim=CLAIM)
        case.send(session, "award", CLAIM)
        claimed_back(session, case)
        pay_back(session, case, 15_000)
    with fresh_database.writing() as session, building_in(session):
        deposit_id = session.scalars(
            select(FundDeposit.id).where(FundDeposit.reference == "TB-1")
        ).one()
        deposits.dispute_deposit(
            session, deposit_id=deposit_id, reason="Van een ander.", actor=colleague()
        )
        deposits.reverse_deposit(session, deposit_id=deposit_id, actor=colleague())
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        (context,) = mails(session, "clawback_payment_reversed")
    assert (context["amount_cents"], context["open_cents"]) == (15_000, 20_000)


def test_who_pays_back_reads_what_came_in_and_what_is_still_open(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session, building_in(session):
        case = town_divided(session, claim=CLAIM)
        case.send(session, "award", CLAIM)
        claimed_back(session, case)
        email = session.get_one(Person, case.campaign.initiator_id).email
    with fresh_database.writing() as session, building_in(session):
        pay_back(session, case, 15_000)
        pay_back(session, case, 5_000, "TB-2")
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        contexts = mails(session, "clawback_paid")
        recipients = set(
            session.scalars(
                select(MailMessage.recipient).where(MailMessage.template == "clawback_paid")
            )
        )
    amounts = [(context["amount_cents"], context["open_cents"]) for context in contexts]
    assert (sorted(amounts), recipients) == ([(5_000, 0), (15_000, 5_000)], {email})
