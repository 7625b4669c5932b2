"""Payouts from proposal to the bank's statement."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from lxml import etree
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain, constraint_of
from tests.support.factories import payouts as make
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, TransitionError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import (
    BANK,
    PAYOUTS_IN_FLIGHT,
    PROVIDER,
    credit,
    debit,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payouts import queries
from voorjebuurt.payouts.bank_files import execute_payout, export_payouts, return_payout
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.payees import submit_payee, verify_payee
from voorjebuurt.payouts.proposals import cancel_payout, propose_payout, release_payout
from voorjebuurt.payouts.rules import PAYOUT_TRANSITIONS, PayoutStatus

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


def propose(session: Session, case: make.Payable) -> UUID:
    return propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)


def test_a_proposal_is_for_everything_that_is_payable(session: Session) -> None:
    case = make.payable_campaign(session, cents=90_000)
    make.verified(session, case)
    payout_id = propose(session, case)
    row = queries.payout_by_id(session, payout_id)
    assert row is not None
    assert (row.amount_cents, row.status, row.proposer) == (90_000, "proposed", "Anna Bakker")
    assert balance(session, payable(case.campaign.id)) == 90_000


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda session, case: None, "payee_missing"),
        (lambda session, case: make.submit(session, case), "payee_not_verified"),
    ],
)
def test_no_proposal_without_a_verified_payee(
    session: Session, prepare: Callable[[Session, make.Payable], object], code: str
) -> None:
    case = make.payable_campaign(session)
    prepare(session, case)
    with pytest.raises(DomainError, match=code):
        propose(session, case)


def test_no_proposal_while_the_payee_cools_off(session: Session) -> None:
    case = make.payable_campaign(session)
    make.verified(session, case)
    with clock.at(NOW):
        payee = make.submit(session, case, iban=make.OTHER_IBAN)
        verify_payee(session, payee_id=payee.id, evidence="x", actor=case.anna)
    with clock.at(NOW + timedelta(days=3, seconds=-1)), pytest.raises(DomainError) as error:
        propose(session, case)
    assert error.value.code == "payee_cooling_off"
    assert error.value.values["until"] == NOW + timedelta(days=3)
    with clock.at(NOW + timedelta(days=3)):
        assert propose(session, case)


@pytest.mark.parametrize("status", ["live", "closing", "failed", "cancelled", "near_miss"])
def test_no_proposal_for_a_campaign_that_did_not_succeed(session: Session, status: str) -> None:
    case = make.payable_campaign(session, status=status)
    with pytest.raises(DomainError, match="campaign_not_succeeded"):
        propose(session, case)


def test_no_proposal_of_nothing(session: Session) -> None:
    case = make.payable_campaign(session, cents=0)
    make.verified(session, case)
    with pytest.raises(DomainError, match="nothing_payable"):
        propose(session, case)


@pytest.mark.parametrize("status", ["proposed", "released", "exported"])
def test_one_payout_is_under_way_at_most(session: Session, status: str) -> None:
    case = make.payable_campaign(session)
    make.payout_in(session, case, status)
    make.make_payable(session, case.campaign.id, 1_000)
    with pytest.raises(DomainError, match="payout_under_way"):
        propose(session, case)


def test_the_database_refuses_a_second_payout_under_way(session: Session) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "proposed")
    values = {c.name: getattr(payout, c.name) for c in Payout.__table__.columns}
    session.add(Payout(**{**values, "id": new_id(), "end_to_end_id": "other"}))
    with pytest.raises(IntegrityError) as error:
        session.flush()
    assert constraint_of(error.value) == "uq_payouts_under_way"


def test_who_proposed_does_not_release(session: Session) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "proposed")
    with pytest.raises(ForbiddenError) as error:
        release_payout(session, payout_id=payout.id, actor=case.anna)
    assert error.value.code == "own_proposal"
    release_payout(session, payout_id=payout.id, actor=case.bram)
    assert payout.released_by == case.bram.person_id


def test_the_database_too_refuses_a_release_by_the_proposer(session: Session) -> None:
    case = make.payable_campaign(session)
    make.payout_in(session, case, "proposed")
    with pytest.raises(IntegrityError) as error:
        session.execute(text("UPDATE payouts SET status = 'released', released_by = proposed_by"))
    assert constraint_of(error.value) == "ck_payouts_four_eyes"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("status = 'released'", "ck_payouts_released"),
        ("amount_cents = 0", "ck_payouts_amount"),
        ("status = 'paid'", "ck_payouts_status"),
    ],
)
def test_the_database_refuses_half_steps(session: Session, change: str, constraint: str) -> None:
    case = make.payable_campaign(session)
    make.payout_in(session, case, "proposed")
    with pytest.raises(IntegrityError) as error:
        session.execute(text(f"UPDATE payouts SET {change}"))
    assert constraint_of(error.value) == constraint


def test_an_initiator_among_the_staff_keeps_off_the_own_campaign(session: Session) -> None:
    case = make.payable_campaign(session)
    make.verified(session, case)
    with pytest.raises(ForbiddenError, match="own_campaign"):
        propose_payout(session, campaign_id=case.campaign.id, actor=case.initiator)
    payout_id = propose(session, case)
    with pytest.raises(ForbiddenError, match="own_campaign"):
        release_payout(session, payout_id=payout_id, actor=case.initiator)


def test_a_release_of_money_that_is_gone_is_refused(session: Session) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "proposed")
    entries = [debit(payable(case.campaign.id), 1), credit(PROVIDER, 1)]
    post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="entries", entries=entries)
    with pytest.raises(DomainError, match="payable_changed_since"):
        release_payout(session, payout_id=payout.id, actor=case.bram)


def test_an_export_of_money_that_is_gone_is_refused(session: Session) -> None:
    case = make.payable_campaign(session)
    make.payout_in(session, case, "released")
    entries = [debit(payable(case.campaign.id), 1), credit(PROVIDER, 1)]
    post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="entries", entries=entries)
    with pytest.raises(DomainError, match="payable_changed_since"):
        export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)


def test_the_export_books_the_money_in_flight_and_keeps_the_bytes(session: Session) -> None:
    cases = [make.payable_campaign(session, cents=90_000 + n) for n in range(3)]
    payouts = [make.payout_in(session, case, "released") for case in cases]
    file_id = export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=cases[0].anna)
    file = queries.bank_file_by_id(session, file_id)
    content = queries.bank_file_content(session, file_id, sealer=make.SEALER)
    assert file is not None
    assert content is not None
    assert (file.payments, file.total_cents, file.open_payments) == (3, 270_003, 3)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    ids = [certain(node.text) for node in etree.fromstring(content).iterfind(".//{*}EndToEndId")]
    assert sorted(ids) == sorted(certain(payout.end_to_end_id) for payout in payouts)
    assert balance(session, PAYOUTS_IN_FLIGHT) == 270_003
    for case in cases:
        assert balance(session, payable(case.campaign.id)) == 0
    assert {row.id for row in queries.bank_file_payouts(session, file_id)} == {
        payout.id for payout in payouts
    }


def test_fault_41_a_second_export_finds_nothing_and_the_file_stays_the_same(
    session: Session,
) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "exported")
    assert payout.bank_file_id is not None
    before = queries.bank_file_content(session, payout.bank_file_id, sealer=make.SEALER)
    with pytest.raises(DomainError, match="nothing_to_export"):
        export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    assert queries.bank_file_content(session, payout.bank_file_id, sealer=make.SEALER) == before
    assert len(queries.bank_files(session, limit=10)) == 1
    assert balance(session, PAYOUTS_IN_FLIGHT) == payout.amount_cents


def test_an_executed_payout_leaves_the_bank_and_ends_the_campaign(session: Session) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "executed")
    assert payout.status == "executed"
    assert balance(session, PAYOUTS_IN_FLIGHT) == 0
    assert balance(session, BANK) == -90_000
    assert case.campaign.status == "paid_out"
    mail = session.scalars(select(MailMessage).where(MailMessage.template == "paid_out")).one()
    assert mail.context["amount_cents"] == 90_000
    assert make.IBAN not in str(mail.context)


@pytest.mark.parametrize(
    ("days", "code"), [(1, "executed_in_future"), (-1, "executed_before_export")]
)
def test_the_day_of_execution_must_be_possible(session: Session, days: int, code: str) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "exported")
    day = clock.today() + timedelta(days=days)
    with pytest.raises(DomainError) as error:
        execute_payout(session, payout_id=payout.id, executed_on=day, remark="", actor=case.anna)
    assert (error.value.code, error.value.field) == (code, "executed_on")


def test_money_that_came_since_keeps_the_campaign_open_for_a_second_payout(
    session: Session,
) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "exported")
    make.make_payable(session, case.campaign.id, 2_500)
    execute_payout(
        session, payout_id=payout.id, executed_on=clock.today(), remark="", actor=case.anna
    )
    assert case.campaign.status == "succeeded"
    assert [row.payable_cents for row in queries.payable_campaigns(session)] == [2_500]
    assert propose(session, case)


def test_money_after_the_payout_reopens_it(session: Session) -> None:
    case = make.payable_campaign(session)
    make.payout_in(session, case, "executed")
    assert queries.payable_campaigns(session) == []
    make.make_payable(session, case.campaign.id, 2_500)
    payout_id = propose(session, case)
    assert case.campaign.status == "succeeded"
    release_payout(session, payout_id=payout_id, actor=case.bram)
    export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.bram)
    execute_payout(
        session, payout_id=payout_id, executed_on=clock.today(), remark="", actor=case.anna
    )
    assert case.campaign.status == "paid_out"
    assert balance(session, BANK) == -92_500
    amounts = [row.amount_cents for row in queries.campaign_payouts(session, case.campaign.id)]
    assert amounts == [2_500, 90_000]


def test_a_cancelled_payout_can_be_proposed_anew(session: Session) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "released")
    cancel_payout(session, payout_id=payout.id, reason="Verkeerd bedrag.", actor=case.anna)
    assert (payout.status, payout.remark) == ("cancelled", "Verkeerd bedrag.")
    assert propose(session, case) != payout.id


def test_cancelling_and_returning_need_a_reason(session: Session) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "proposed")
    with pytest.raises(DomainError, match="reason_needed"):
        cancel_payout(session, payout_id=payout.id, reason=" ", actor=case.anna)
    release_payout(session, payout_id=payout.id, actor=case.bram)
    export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    with pytest.raises(DomainError, match="reason_needed"):
        return_payout(session, payout_id=payout.id, reason="", actor=case.anna)


@pytest.mark.parametrize("status", ["exported", "executed"])
def test_a_payout_that_came_back_is_payable_again(session: Session, status: str) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, status)
    return_payout(session, payout_id=payout.id, reason="AC04: rekening dicht", actor=case.anna)
    assert payout.status == "returned"
    assert balance(session, payable(case.campaign.id)) == 90_000
    assert balance(session, PAYOUTS_IN_FLIGHT) == 0
    assert balance(session, BANK) == 0
    assert case.campaign.status == "succeeded"
    assert propose(session, case)


SERVICES = {
    "release": lambda s, p, case: release_payout(s, payout_id=p, actor=case.bram),
    "cancel": lambda s, p, case: cancel_payout(s, payout_id=p, reason="x", actor=case.bram),
    "execute": lambda s, p, case: execute_payout(
        s, payout_id=p, executed_on=clock.today(), remark="", actor=case.bram
    ),
    "return": lambda s, p, case: return_payout(s, payout_id=p, reason="x", actor=case.bram),
}


@pytest.mark.parametrize(("state", "action"), PAYOUT_TRANSITIONS.refused(PayoutStatus))
def test_a_step_from_a_wrong_state_is_refused(
    session: Session, state: PayoutStatus, action: str
) -> None:
    """Every refused pair through its service; the export takes only what is released."""
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "executed")
    payout.status = state.value
    session.flush()
    if action == "export":
        with pytest.raises(DomainError, match="nothing_to_export"):
            export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
        return
    with pytest.raises(TransitionError):
        SERVICES[action](session, payout.id, case)


def test_an_unknown_payout_is_not_found(session: Session) -> None:
    case = make.payable_campaign(session)
    with pytest.raises(NotFoundError):
        release_payout(session, payout_id=new_id(), actor=case.anna)


def test_the_desk_counts_what_waits(session: Session) -> None:
    ready, waiting = make.payable_campaign(session), make.payable_campaign(session)
    make.payout_in(session, make.payable_campaign(session), "proposed")
    make.payout_in(session, make.payable_campaign(session), "exported")
    make.verified(session, ready)
    assert queries.payout_counts(session) == {"proposed": 1, "exported": 1}
    rows = {row.campaign_id: row for row in queries.payable_campaigns(session)}
    assert set(rows) == {ready.campaign.id, waiting.campaign.id}
    assert rows[ready.campaign.id].payee_status == "verified"
    assert rows[waiting.campaign.id].payee_status is None


def test_a_changed_account_after_the_release_stops_the_export(session: Session) -> None:
    case = make.payable_campaign(session)
    make.payout_in(session, case, "released")
    submit_payee(
        session,
        campaign_id=case.campaign.id,
        holder="Een ander",
        iban=make.OTHER_IBAN,
        cooling_off_days=3,
        sealer=make.SEALER,
        actor=case.initiator,
    )
    with pytest.raises(DomainError, match="nothing_to_export"):
        export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
