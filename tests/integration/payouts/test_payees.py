"""Accounts that money may go to: given, checked, refused, changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import constraint_of
from tests.support.factories import payouts as make
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, TransitionError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.payee_queries import (
    campaign_payees,
    current_payee,
    payee_counts,
    payees,
    whole_iban,
)
from voorjebuurt.payouts.payees import refuse_payee, submit_payee, verify_payee
from voorjebuurt.payouts.rules import PAYEE_TRANSITIONS, PayeeStatus
from voorjebuurt.payouts.seals import iban_of

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


def submit_again(session: Session, case: make.Payable, **changes: object) -> bool:
    values: dict[str, Any] = {"holder": "Buurtgroep", "iban": make.IBAN, **changes}
    return submit_payee(
        session,
        campaign_id=case.campaign.id,
        cooling_off_days=3,
        sealer=make.SEALER,
        actor=case.initiator,
        **values,
    )


def mails(session: Session) -> list[str]:
    return list(session.scalars(select(MailMessage.template).order_by(MailMessage.id)))


def test_the_first_account_waits_for_staff_and_has_no_cooling_off(session: Session) -> None:
    case = make.payable_campaign(session)
    with clock.at(NOW):
        assert submit_again(session, case, iban="nl91 abna 0417 1643 00", holder=" Buurt  groep ")
    payee = session.scalars(select(Payee)).one()
    assert (iban_of(payee, make.SEALER), payee.holder) == (make.IBAN, "Buurt groep")
    assert payee.status == PayeeStatus.SUBMITTED
    assert payee.payable_from == NOW
    assert mails(session) == []


def test_staff_verify_an_account_with_their_evidence(session: Session) -> None:
    case = make.payable_campaign(session)
    payee = make.submit(session, case)
    verify_payee(session, payee_id=payee.id, evidence=" Afschrift gezien. ", actor=case.anna)
    row = current_payee(session, case.campaign.id)
    assert row is not None
    assert (row.status, row.evidence, row.verifier) == (
        "verified",
        "Afschrift gezien.",
        "Anna Bakker",
    )
    assert mails(session) == ["payee_verified"]


def test_verifying_needs_evidence(session: Session) -> None:
    case = make.payable_campaign(session)
    payee = make.submit(session, case)
    with pytest.raises(DomainError) as error, session.begin_nested():
        verify_payee(session, payee_id=payee.id, evidence="  ", actor=case.anna)
    assert (error.value.code, error.value.field) == ("evidence_missing", "evidence")


def test_a_refusal_tells_the_initiator_why(session: Session) -> None:
    case = make.payable_campaign(session)
    payee = make.submit(session, case)
    refuse_payee(session, payee_id=payee.id, reason="De naam klopt niet.", actor=case.anna)
    assert current_payee(session, case.campaign.id) is None
    assert campaign_payees(session, case.campaign.id)[0].refusal == "De naam klopt niet."
    mail = session.scalars(select(MailMessage)).one()
    assert mail.context["reason"] == "De naam klopt niet."
    assert make.IBAN not in str(mail.context)


def test_a_refusal_needs_a_reason(session: Session) -> None:
    case = make.payable_campaign(session)
    payee = make.submit(session, case)
    with pytest.raises(DomainError, match="reason_needed"), session.begin_nested():
        refuse_payee(session, payee_id=payee.id, reason="", actor=case.anna)


def test_nobody_checks_an_account_of_their_own(session: Session) -> None:
    case = make.payable_campaign(session)
    payee = make.submit(session, case)
    for service, words in ((verify_payee, {"evidence": "x"}), (refuse_payee, {"reason": "x"})):
        with pytest.raises(ForbiddenError) as error:
            service(session, payee_id=payee.id, actor=case.initiator, **words)
        assert error.value.code == "own_payee"


def test_the_database_too_refuses_one_pair_of_eyes(session: Session) -> None:
    case = make.payable_campaign(session)
    make.submit(session, case)
    statement = text(
        "UPDATE payees SET status = 'verified', verified_at = submitted_at,"
        " verified_by = submitted_by"
    )
    with pytest.raises(IntegrityError) as error:
        session.execute(statement)
    assert constraint_of(error.value) == "ck_payees_four_eyes"


@pytest.mark.parametrize("status", ["verified", "refused"])
def test_the_database_refuses_a_decision_without_a_decider(session: Session, status: str) -> None:
    case = make.payable_campaign(session)
    make.submit(session, case)
    with pytest.raises(IntegrityError) as error:
        session.execute(text("UPDATE payees SET status = :status"), {"status": status})
    assert constraint_of(error.value) == f"ck_payees_{status}"


def test_only_the_initiator_gives_an_account(session: Session) -> None:
    case = make.payable_campaign(session)
    for stranger in (case.anna, make.actor(make.person(session))):
        with pytest.raises(ForbiddenError):
            submit_payee(
                session,
                campaign_id=case.campaign.id,
                holder="Een ander",
                iban=make.IBAN,
                cooling_off_days=3,
                sealer=make.SEALER,
                actor=stranger,
            )


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected", "failed", "cancelled"])
def test_a_campaign_without_money_to_come_takes_no_account(session: Session, status: str) -> None:
    case = make.payable_campaign(session, status=status, cents=0)
    with pytest.raises(DomainError, match="payee_not_now"):
        submit_again(session, case)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"holder": " "}, "holder_missing", "holder"),
        ({"holder": "x" * 71}, "holder_too_long", "holder"),
        ({"iban": "NL91ABNA0417164301"}, "iban_invalid", "iban"),
        ({"iban": "TR330006100519786457841326"}, "iban_not_sepa", "iban"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(
    session: Session, changes: dict[str, str], code: str, field: str
) -> None:
    case = make.payable_campaign(session)
    with pytest.raises(DomainError) as error:
        submit_again(session, case, **changes)
    assert (error.value.code, error.value.field) == (code, field)


def test_giving_the_same_account_again_changes_nothing(session: Session) -> None:
    case = make.payable_campaign(session)
    make.verified(session, case)
    assert submit_again(session, case, iban="NL91 ABNA 0417 1643 00") is False
    row = current_payee(session, case.campaign.id)
    assert row is not None
    assert row.status == "verified"


def test_fault_42_another_iban_voids_the_approval_and_cools_off(session: Session) -> None:
    case = make.payable_campaign(session)
    old = make.verified(session, case)
    with clock.at(NOW):
        assert submit_again(session, case, iban=make.OTHER_IBAN)
    session.refresh(old)
    assert old.status == PayeeStatus.REPLACED
    row = current_payee(session, case.campaign.id)
    assert row is not None
    assert whole_iban(session, row.id, sealer=make.SEALER) == make.OTHER_IBAN
    assert (row.iban_mask, row.status) == ("NL20 •••• 4567", "submitted")
    assert row.payable_from == NOW + timedelta(days=3)
    assert "payee_changed" in mails(session)


def test_going_back_to_the_first_iban_cools_off_too(session: Session) -> None:
    case = make.payable_campaign(session)
    make.verified(session, case)
    submit_again(session, case, iban=make.OTHER_IBAN)
    with clock.at(NOW + timedelta(days=30)):
        submit_again(session, case)
    row = current_payee(session, case.campaign.id)
    assert row is not None
    assert row.payable_from == NOW + timedelta(days=33)


def test_after_a_refusal_another_iban_cools_off(session: Session) -> None:
    case = make.payable_campaign(session)
    payee = make.submit(session, case)
    refuse_payee(session, payee_id=payee.id, reason="Niet te vinden.", actor=case.anna)
    with clock.at(NOW):
        submit_again(session, case, iban=make.OTHER_IBAN)
    row = current_payee(session, case.campaign.id)
    assert row is not None
    assert row.payable_from == NOW + timedelta(days=3)


def test_another_name_on_the_same_iban_is_checked_again_but_waits_no_longer(
    session: Session,
) -> None:
    case = make.payable_campaign(session)
    first = make.verified(session, case)
    assert submit_again(session, case, holder="Stichting Buurtgroep")
    row = current_payee(session, case.campaign.id)
    assert row is not None
    assert (row.status, row.payable_from) == ("submitted", first.payable_from)


@pytest.mark.parametrize("status", ["proposed", "released"])
def test_another_iban_withdraws_a_payout_that_is_not_in_a_file(
    session: Session, status: str
) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, status)
    submit_again(session, case, iban=make.OTHER_IBAN)
    session.refresh(payout)
    assert (payout.status, payout.remark) == ("cancelled", "payee_changed")
    assert payout.cancelled_by == case.initiator.person_id


def test_another_iban_leaves_a_payout_in_a_bank_file_alone(session: Session) -> None:
    case = make.payable_campaign(session)
    payout = make.payout_in(session, case, "exported")
    submit_again(session, case, iban=make.OTHER_IBAN)
    assert session.get_one(Payout, payout.id).status == "exported"


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (state, action)
        for state, action in PAYEE_TRANSITIONS.refused(PayeeStatus)
        if action not in ("agree", "drop") and (state, action) != (PayeeStatus.PROPOSAL, "replace")
    ],
)
def test_a_decision_on_a_payee_in_a_wrong_state_is_refused(
    session: Session, state: PayeeStatus, action: str
) -> None:
    """Every refused pair, met through the services; replacing needs a current one by itself.

    What may be agreed to and dropped, ``test_agreeing.py`` shows.
    """
    case = make.payable_campaign(session)
    payee = make.submit(session, case)
    by = case.anna.person_id
    payee.status, payee.verified_by, payee.refused_by = state.value, by, by
    session.flush()
    if action == "replace":
        assert submit_again(session, case, iban=make.OTHER_IBAN)
        assert session.get_one(Payee, payee.id).status == state
        return
    services: dict[str, tuple[Callable[..., None], dict[str, str]]] = {
        "verify": (verify_payee, {"evidence": "x"}),
        "refuse": (refuse_payee, {"reason": "x"}),
    }
    service, words = services[action]
    with pytest.raises(TransitionError):
        service(session, payee_id=payee.id, actor=case.bram, **words)


def test_an_unknown_payee_is_not_found(session: Session) -> None:
    case = make.payable_campaign(session)
    with pytest.raises(NotFoundError):
        verify_payee(session, payee_id=new_id(), evidence="x", actor=case.anna)


def test_the_trail_tells_each_deed_without_the_whole_iban(session: Session) -> None:
    case = make.payable_campaign(session)
    make.verified(session, case)
    submit_again(session, case, iban=make.OTHER_IBAN)
    session.flush()
    events = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject_id == case.campaign.id, AuditEvent.action.like("payee.%"))
        .order_by(AuditEvent.id)
    ).all()
    deeds = [(event.action, event.actor_id) for event in events]
    initiator = case.initiator.person_id
    assert deeds == [
        ("payee.submitted", initiator),
        ("payee.verified", case.anna.person_id),
        ("payee.replaced", initiator),
        ("payee.submitted", initiator),
    ]
    assert not any(make.IBAN in str(event.detail) for event in events)


def test_the_queue_shows_the_longest_waiting_first(session: Session) -> None:
    cases = [make.payable_campaign(session) for _ in range(3)]
    for days, case in enumerate(reversed(cases)):
        with clock.at(NOW + timedelta(days=days)):
            make.submit(session, case)
    rows = payees(session, statuses=["submitted"], limit=2)
    assert [row.campaign_id for row in rows] == [cases[2].campaign.id, cases[1].campaign.id]
    assert payee_counts(session) == {"submitted": 3}
