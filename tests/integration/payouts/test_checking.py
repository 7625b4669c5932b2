"""No payout is released before staff looked at the whole list of its account, or two waived it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.checklists import add_proof, complete_checklist
from tests.support.factories import payouts as make
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.payouts.checking import answer_waiver, ask_waiver, tick_item
from voorjebuurt.payouts.checklist.models import PayeeTick, PayeeWaiver
from voorjebuurt.payouts.checklist.queries import checklist_of
from voorjebuurt.payouts.checklist.rules import CheckItem, Verdict, WaiverAnswer
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.payees import verify_payee
from voorjebuurt.payouts.proposals import obstacle_to_release, propose_payout, release_payout
from voorjebuurt.payouts.second_looks import second_looks


@pytest.fixture
def case(session: Session) -> make.Payable:
    return make.payable_campaign(session)


@pytest.fixture
def payee(session: Session, case: make.Payable) -> Payee:
    payee = make.submit(session, case)
    verify_payee(session, payee_id=payee.id, evidence="Gezien.", actor=case.anna)
    return payee


@pytest.fixture
def payout(session: Session, case: make.Payable, payee: Payee) -> Payout:
    payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    return session.get_one(Payout, payout_id)


def tick(
    session: Session,
    payee: Payee,
    case: make.Payable,
    item: CheckItem,
    verdict: Verdict = Verdict.FIT,
    note: str = "Gezien.",
) -> None:
    tick_item(session, payee_id=payee.id, item=item, verdict=verdict, note=note, actor=case.anna)


@contextmanager
def refuses(session: Session, constraint: str) -> Iterator[None]:
    """The database refuses what is done inside, by this rule."""
    with pytest.raises(IntegrityError) as error, session.begin_nested():
        yield
        session.flush()
    assert error.value.orig.diag.constraint_name == constraint  # type: ignore[union-attr]


def refused(session: Session, payout: Payout) -> None:
    """The database itself refuses, whatever a service thinks."""
    with refuses(session, "payout_checked"):
        session.execute(
            text("UPDATE payouts SET status='released', released_at=now(), released_by=:by"),
            {"by": make.person(session).id},
        )


@pytest.mark.parametrize("missing", CheckItem)
def test_each_item_holds_the_payout_up(
    session: Session, case: make.Payable, payee: Payee, payout: Payout, missing: CheckItem
) -> None:
    complete_checklist(session, payee.id, case.anna, without=missing)
    with pytest.raises(DomainError, match="payee_check_missing") as error:
        release_payout(session, payout_id=payout.id, actor=case.bram)
    assert error.value.values == {"done": 4, "total": 5}
    refused(session, payout)
    add_proof(session, payee.id, missing, case.anna)
    tick(session, payee, case, missing)
    release_payout(session, payout_id=payout.id, actor=case.bram)
    assert payout.status == "released"


def test_what_was_looked_at_of_one_account_says_nothing_of_another(
    session: Session, case: make.Payable, payee: Payee
) -> None:
    complete_checklist(session, payee.id, case.anna)
    other = make.submit(session, case, iban=make.OTHER_IBAN)
    assert checklist_of(session, payee.id).is_checked
    checklist = checklist_of(session, other.id)
    assert (checklist.is_checked, checklist.done) == (False, 0)
    with clock.at(other.payable_from):
        verify_payee(session, payee_id=other.id, evidence="Gezien.", actor=case.anna)
        payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
        with pytest.raises(DomainError, match="payee_check_missing"):
            release_payout(session, payout_id=payout_id, actor=case.bram)
    with pytest.raises(DomainError, match="payee_check_over"):
        tick(session, payee, case, CheckItem.SIGNER)


def test_something_wrong_withdraws_a_released_payout_until_it_is_looked_at_again(
    session: Session, case: make.Payable
) -> None:
    payout = make.payout_in(session, case, "released")
    payee = session.get_one(Payee, payout.payee_id)
    tick(session, payee, case, CheckItem.EXPOSURE, Verdict.UNFIT, "Staat op de lijst.")
    assert (payout.status, payout.remark) == ("cancelled", "payee_unfit")
    again_id = propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    again = session.get_one(Payout, again_id)
    obstacle = obstacle_to_release(session, again_id, case.bram)
    assert obstacle is not None
    assert obstacle.code == "payee_check_unfit"
    refused(session, again)
    tick(session, payee, case, CheckItem.EXPOSURE, Verdict.FIT, "Een naamgenoot: niet die.")
    release_payout(session, payout_id=again_id, actor=case.bram)
    ticks = checklist_of(session, payee.id).ticks[CheckItem.EXPOSURE]
    assert [each.verdict for each in ticks] == ["fit", "unfit", "fit"]


def test_two_members_of_staff_may_waive_what_nobody_looked_at(
    session: Session, case: make.Payable, payee: Payee, payout: Payout
) -> None:
    ask_waiver(session, payee_id=payee.id, reason="Het register ligt plat.", actor=case.anna)
    waiver = session.scalars(select(PayeeWaiver)).one()
    look = next(each for each in second_looks(session) if each.kind == "waiver")
    assert (look.id, look.first) == (payee.id, "Anna Bakker")
    assert not look.may_be_done_by(case.anna.person_id)
    assert look.may_be_done_by(case.bram.person_id)
    grant = WaiverAnswer.GRANT
    with pytest.raises(ForbiddenError, match="own_waiver"):
        answer_waiver(session, waiver_id=waiver.id, answer=grant, actor=case.anna)
    with pytest.raises(ForbiddenError, match="own_payee"):
        answer_waiver(session, waiver_id=waiver.id, answer=grant, actor=case.initiator)
    refused(session, payout)
    answer_waiver(session, waiver_id=waiver.id, answer=grant, actor=case.bram)
    answer_waiver(session, waiver_id=waiver.id, answer=grant, actor=case.bram)
    with pytest.raises(DomainError, match="payee_waiver_answered"):
        answer_waiver(session, waiver_id=waiver.id, answer=WaiverAnswer.REFUSAL, actor=case.bram)
    release_payout(session, payout_id=payout.id, actor=case.bram)
    actions = [row.action for row in session.scalars(select(AuditEvent).order_by(AuditEvent.at))]
    assert actions.count("payee_check.waived") == 1


def test_a_waiver_never_covers_what_was_found_wrong(
    session: Session, case: make.Payable, payee: Payee, payout: Payout
) -> None:
    ask_waiver(session, payee_id=payee.id, reason="Register plat.", actor=case.anna)
    waiver = session.scalars(select(PayeeWaiver)).one()
    answer_waiver(session, waiver_id=waiver.id, answer=WaiverAnswer.GRANT, actor=case.bram)
    tick(session, payee, case, CheckItem.SIGNER, Verdict.UNFIT, "Tekent niet alleen.")
    assert payout.status == "cancelled"
    again = propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    with pytest.raises(DomainError, match="payee_check_unfit"):
        release_payout(session, payout_id=again, actor=case.bram)


def test_a_refused_waiver_can_be_asked_for_again(
    session: Session, case: make.Payable, payee: Payee, payout: Payout
) -> None:
    ask_waiver(session, payee_id=payee.id, reason="Geen zin.", actor=case.anna)
    with pytest.raises(DomainError, match="payee_waiver_waits"):
        ask_waiver(session, payee_id=payee.id, reason="Nog eens.", actor=case.bram)
    waiver = session.scalars(select(PayeeWaiver)).one()
    answer_waiver(session, waiver_id=waiver.id, answer=WaiverAnswer.REFUSAL, actor=case.bram)
    refused(session, payout)
    ask_waiver(session, payee_id=payee.id, reason="Het register ligt plat.", actor=case.anna)
    assert len(checklist_of(session, payee.id).waivers) == 2
    complete_checklist(session, payee.id, case.anna)
    with pytest.raises(DomainError, match="payee_check_complete"):
        ask_waiver(session, payee_id=payee.id, reason="Toch.", actor=case.bram)


@pytest.mark.parametrize("item", CheckItem)
def test_proof_is_needed_where_there_is_a_paper(
    session: Session, case: make.Payable, payee: Payee, item: CheckItem
) -> None:
    needs = item in (CheckItem.REGISTRATION, CheckItem.HOLDER)
    if not needs:
        tick(session, payee, case, item)
        return
    with pytest.raises(DomainError, match="payee_check_proof") as error:
        tick(session, payee, case, item)
    assert error.value.field == "attachments"
    with refuses(session, "payee_tick_proof"):
        session.add(row(payee, case, item=item.value))
    tick(session, payee, case, item, Verdict.UNFIT)


def row(payee: Payee, case: make.Payable, **fields: object) -> PayeeTick:
    values = {
        "payee_id": payee.id,
        "item": "signer",
        "number": 1,
        "verdict": "fit",
        "note": "Gezien.",
        "ticked_at": clock.now(),
        "ticked_by": case.anna.person_id,
    }
    return PayeeTick(**{**values, **fields})


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"number": 2}, "payee_tick_number"),
        ({"note": "  "}, "ck_payee_ticks_note"),
        ({"verdict": "inapplicable"}, "ck_payee_ticks_inapplicable"),
        ({"ticked_by": "initiator"}, "payee_tick_eyes"),
    ],
)
def test_the_database_refuses_looks_that_are_none(
    session: Session, case: make.Payable, payee: Payee, fields: dict[str, object], constraint: str
) -> None:
    values = {k: case.initiator.person_id if v == "initiator" else v for k, v in fields.items()}
    with refuses(session, constraint):
        session.add(row(payee, case, **values))


@pytest.mark.parametrize(
    "change",
    ["UPDATE payee_ticks SET note = 'anders'", "DELETE FROM payee_ticks"],
)
def test_what_was_found_stays(
    session: Session, case: make.Payable, payee: Payee, change: str
) -> None:
    tick(session, payee, case, CheckItem.SIGNER)
    with refuses(session, "payee_tick_stays"):
        session.execute(text(change))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("SET reason = 'anders'", "payee_waiver_stays"),
        ("SET answer = 'refusal'", "payee_waiver_stays"),
        (
            "SET answer='grant', answered_at=now(), answered_by=asked_by",
            "ck_payee_waivers_four_eyes",
        ),
    ],
)
def test_a_waiver_stays_and_has_two_people(
    session: Session, case: make.Payable, payee: Payee, change: str, constraint: str
) -> None:
    ask_waiver(session, payee_id=payee.id, reason="Register plat.", actor=case.anna)
    waiver = session.scalars(select(PayeeWaiver)).one()
    if "answered_by" not in change:
        answer_waiver(session, waiver_id=waiver.id, answer=WaiverAnswer.GRANT, actor=case.bram)
    with refuses(session, constraint):
        session.execute(text(f"UPDATE payee_waivers {change}"))
    with refuses(session, "payee_waiver_stays"):
        session.execute(text("DELETE FROM payee_waivers"))


def test_nobody_looks_at_an_account_of_their_own(
    session: Session, case: make.Payable, payee: Payee
) -> None:
    with pytest.raises(ForbiddenError, match="own_payee"):
        tick_item(
            session,
            payee_id=payee.id,
            item=CheckItem.SIGNER,
            verdict=Verdict.FIT,
            note="Ik zelf.",
            actor=case.initiator,
        )


def test_a_note_is_needed_and_only_some_items_may_not_apply(
    session: Session, case: make.Payable, payee: Payee
) -> None:
    with pytest.raises(DomainError, match="payee_check_note"):
        tick(session, payee, case, CheckItem.SIGNER, note=" ")
    with pytest.raises(DomainError, match="payee_check_verdict"):
        tick(session, payee, case, CheckItem.HOLDER, Verdict.INAPPLICABLE)
    tick(session, payee, case, CheckItem.REGISTRATION, Verdict.INAPPLICABLE, "Geen inschrijving.")
    assert checklist_of(session, payee.id).done == 1
