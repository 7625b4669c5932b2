"""An account is not inherited: who takes a campaign over confirms it, and the database waits."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.checklists import complete_checklist
from tests.support.donor_mails import mails_of
from tests.support.factories import payouts as make
from tests.support.members import join, make_signer
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.together.service import ask_handover, leave, take_over
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.payouts.agreeing import agree_to_payee
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.inherited import ask_to_confirm
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.payee_queries import campaign_payees, current_payee
from voorjebuurt.payouts.payees import confirm_payee, submit_payee, verify_payee
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.payouts.tasks import ask_payee
from voorjebuurt.people.models import Person

DAYS = 7


def confirm(session: Session, payee: Payee, actor: Actor) -> None:
    confirm_payee(
        session, payee_id=payee.id, cooling_off_days=DAYS, sealer=make.SEALER, actor=actor
    )


def agree(session: Session, payee: Payee, actor: Actor) -> None:
    agree_to_payee(
        session, payee_id=payee.id, cooling_off_days=DAYS, sealer=make.SEALER, actor=actor
    )


def latest(session: Session) -> Payee:
    return session.scalars(select(Payee).order_by(Payee.id.desc()).limit(1)).one()


@pytest.fixture
def case(session: Session) -> make.Payable:
    """A campaign with money, whose initiator alone gave its account; staff checked it."""
    case = make.payable_campaign(session)
    submit_payee(
        session,
        campaign_id=case.campaign.id,
        holder="I. de Vries",
        iban=make.IBAN,
        cooling_off_days=DAYS,
        sealer=make.SEALER,
        actor=case.initiator,
    )
    verify_payee(session, payee_id=latest(session).id, evidence="Gezien.", actor=case.anna)
    complete_checklist(session, latest(session).id, case.anna)
    return case


@pytest.fixture
def heir(session: Session, case: make.Payable) -> Actor:
    """Who runs the campaign too, and came after the account."""
    return make.actor(join(session, case.campaign, make.person(session, "Mede Bewoner")))


def hand_over(session: Session, case: make.Payable, heir: Actor) -> None:
    make_signer(session, case.campaign, session.get_one(Person, heir.person_id))


@pytest.mark.parametrize("giver_leaves", [False, True])
def test_nothing_is_paid_to_an_inherited_account(
    session: Session, case: make.Payable, heir: Actor, giver_leaves: bool
) -> None:
    hand_over(session, case, heir)
    if giver_leaves:
        leave(session, campaign_id=case.campaign.id, actor=case.initiator)
    with pytest.raises(DomainError, match="payee_to_confirm"):
        propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)


def test_an_account_to_which_the_successor_agreed_stays_theirs(
    session: Session, case: make.Payable, heir: Actor
) -> None:
    submit_payee(
        session,
        campaign_id=case.campaign.id,
        holder="De Bloem",
        iban=make.OTHER_IBAN,
        cooling_off_days=0,
        sealer=make.SEALER,
        actor=case.initiator,
    )
    payee = latest(session)
    agree_to_payee(session, payee_id=payee.id, cooling_off_days=0, sealer=make.SEALER, actor=heir)
    verify_payee(session, payee_id=payee.id, evidence="Gezien.", actor=case.anna)
    hand_over(session, case, heir)
    assert propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)


def test_one_who_only_left_or_joined_changes_nothing(
    session: Session, case: make.Payable, heir: Actor
) -> None:
    leave(session, campaign_id=case.campaign.id, actor=heir)
    assert not ask_to_confirm(session, campaign_id=case.campaign.id)
    assert propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)


def test_who_is_alone_confirms_and_staff_check_it_again(
    session: Session, case: make.Payable, heir: Actor
) -> None:
    hand_over(session, case, heir)
    leave(session, campaign_id=case.campaign.id, actor=case.initiator)
    first = latest(session)
    confirm(session, first, heir)
    second = latest(session)
    assert (first.status, second.status) == ("replaced", "submitted")
    assert (second.submitted_by, second.iban_mask) == (heir.person_id, first.iban_mask)
    assert second.payable_from == first.payable_from, "the number waited its days before"
    (mail,) = mails_of(session, "payee_changed")
    assert mail.context["is_same"]
    with pytest.raises(DomainError, match="payee_not_verified"):
        propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    with pytest.raises(ForbiddenError, match="own_payee"):
        staff = Actor("person", heir.person_id, frozenset({"staff"}))
        verify_payee(session, payee_id=second.id, evidence="Ja.", actor=staff)
    verify_payee(session, payee_id=second.id, evidence="Gebeld.", actor=case.anna)
    assert propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)


def test_with_others_another_of_them_agrees(
    session: Session, case: make.Payable, heir: Actor
) -> None:
    hand_over(session, case, heir)
    confirm(session, latest(session), heir)
    proposal = latest(session)
    assert proposal.status == "proposal"
    with pytest.raises(ForbiddenError, match="own_payee_proposal"):
        agree(session, proposal, heir)
    with pytest.raises(DomainError, match="payee_proposed_already"):
        confirm(session, campaign_first(session, case), case.initiator)
    agree(session, proposal, case.initiator)
    assert (proposal.status, proposal.signer_id) == ("submitted", heir.person_id)
    assert len(mails_of(session, "payee_agreed")) == 2


def campaign_first(session: Session, case: make.Payable) -> Payee:
    return session.get_one(Payee, campaign_payees(session, case.campaign.id)[-1].id)


def test_the_same_number_typed_again_confirms_too(
    session: Session, case: make.Payable, heir: Actor
) -> None:
    hand_over(session, case, heir)
    leave(session, campaign_id=case.campaign.id, actor=case.initiator)
    assert submit_payee(
        session,
        campaign_id=case.campaign.id,
        holder="I. de Vries",
        iban=make.IBAN,
        cooling_off_days=DAYS,
        sealer=make.SEALER,
        actor=heir,
    )
    current = current_payee(session, case.campaign.id)
    assert current is not None
    assert (current.stands, current.status) == (True, "submitted")


def test_confirming_what_stands_or_is_gone_changes_nothing(
    session: Session, case: make.Payable, heir: Actor
) -> None:
    payee = latest(session)
    confirm(session, payee, case.initiator)
    assert latest(session).id == payee.id
    with pytest.raises(ForbiddenError, match="not_your_campaign"):
        confirm(session, payee, case.anna)
    hand_over(session, case, heir)
    leave(session, campaign_id=case.campaign.id, actor=case.initiator)
    confirm(session, payee, heir)
    with pytest.raises(DomainError, match="payee_replaced"):
        confirm(session, payee, heir)


@pytest.mark.parametrize("status", ["proposed", "released"])
def test_a_payout_that_was_under_way_does_not_leave(
    session: Session, case: make.Payable, heir: Actor, status: str
) -> None:
    payout = session.get_one(
        Payout, propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    )
    if status == "released":
        release_payout(session, payout_id=payout.id, actor=case.bram)
    hand_over(session, case, heir)
    if status == "proposed":
        with pytest.raises(DomainError, match="payee_to_confirm"):
            release_payout(session, payout_id=payout.id, actor=case.bram)
    with pytest.raises(DomainError, match="nothing_to_export"):
        export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    assert ask_to_confirm(session, campaign_id=case.campaign.id)
    assert (payout.status, payout.remark) == ("cancelled", "payee_to_confirm")
    assert len(mails_of(session, "payee_to_confirm")) == 2, "all who run it read it"


def test_what_is_at_the_bank_goes_on(session: Session, case: make.Payable, heir: Actor) -> None:
    payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    release_payout(session, payout_id=payout_id, actor=case.bram)
    export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    hand_over(session, case, heir)
    ask_to_confirm(session, campaign_id=case.campaign.id)
    assert session.get_one(Payout, payout_id).status == "exported"


def test_all_are_asked_at_once_and_each_week_and_staff_see_why(
    session: Session, case: make.Payable, heir: Actor
) -> None:
    member = session.scalars(select(CampaignMember).filter_by(person_id=heir.person_id)).one()
    ask_handover(session, campaign_id=case.campaign.id, member_id=member.id, actor=case.initiator)
    take_over(session, campaign_id=case.campaign.id, actor=heir)
    jobs = "SELECT args FROM procrastinate_jobs WHERE task_name = 'payouts.ask_to_confirm'"
    assert session.scalars(text(jobs)).all() == [{"campaign_id": str(case.campaign.id)}]
    assert ask_to_confirm(session, campaign_id=case.campaign.id)
    assert not ask_payee(session, campaign_id=case.campaign.id), "not twice in a week"
    assert len(mails_of(session, "payee_to_confirm")) == 2
    assert mails_of(session, "payee_asked") == []


@pytest.mark.parametrize("status", ["proposed", "released", "exported"])
def test_the_database_refuses_a_payout_to_an_inherited_account(
    session: Session, case: make.Payable, heir: Actor, status: str
) -> None:
    payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    if status == "exported":
        release_payout(session, payout_id=payout_id, actor=case.bram)
    hand_over(session, case, heir)
    if status == "proposed":
        session.execute(
            text("UPDATE payouts SET status = 'cancelled' WHERE id = :id"), {"id": payout_id}
        )
    with pytest.raises(IntegrityError, match="has to be confirmed"), session.begin_nested():
        session.execute(
            text("UPDATE payouts SET status = :status WHERE id = :id"),
            {"id": payout_id, "status": status},
        )
