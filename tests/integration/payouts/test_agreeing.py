"""Two who run a campaign agree to its account, and the database holds that."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of
from tests.support.factories import payouts as make
from tests.support.members import join
from voorjebuurt.campaigns.together.service import leave
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.payouts.agreeing import agree_to_payee, drop_proposal, drop_proposal_of_leaver
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.payee_queries import campaign_payees, current_payee, proposed_payee
from voorjebuurt.payouts.payees import submit_payee, verify_payee
from voorjebuurt.payouts.proposals import propose_payout, release_payout

DAYS = 7


def submit(session: Session, case: make.Payable, actor: Actor, iban: str = make.IBAN) -> bool:
    return submit_payee(
        session,
        campaign_id=case.campaign.id,
        holder="Buurtgroep De Bloem",
        iban=iban,
        cooling_off_days=DAYS,
        sealer=make.SEALER,
        actor=actor,
    )


def agree(session: Session, payee: Payee, actor: Actor) -> None:
    agree_to_payee(
        session, payee_id=payee.id, cooling_off_days=DAYS, sealer=make.SEALER, actor=actor
    )


def latest(session: Session) -> Payee:
    return session.scalars(select(Payee).order_by(Payee.id.desc()).limit(1)).one()


@pytest.fixture
def case(session: Session) -> make.Payable:
    return make.payable_campaign(session)


@pytest.fixture
def mede(session: Session, case: make.Payable) -> Actor:
    """Who runs the campaign too."""
    return make.actor(join(session, case.campaign, make.person(session, "Mede Bewoner")))


def test_an_account_of_several_waits_for_another_and_then_for_staff(
    session: Session, case: make.Payable, mede: Actor
) -> None:
    assert submit(session, case, case.initiator)
    payee = latest(session)
    assert (payee.status, current_payee(session, case.campaign.id)) == ("proposal", None)
    assert campaign_payees(session, case.campaign.id) == []
    with pytest.raises(TransitionError):
        verify_payee(session, payee_id=payee.id, evidence="Gezien.", actor=case.anna)
    with pytest.raises(ForbiddenError, match="own_payee_proposal"):
        agree(session, payee, case.initiator)
    for _ in range(2):
        agree(session, payee, mede)
    assert (payee.status, payee.agreed_by) == ("submitted", mede.person_id)
    assert len(mails_of(session, "payee_proposed")) == 1
    assert len(mails_of(session, "payee_agreed")) == 2
    with pytest.raises(ForbiddenError, match="own_payee"):
        verify_payee(
            session,
            payee_id=payee.id,
            evidence="x",
            actor=Actor("person", mede.person_id, frozenset({"staff"})),
        )
    verify_payee(session, payee_id=payee.id, evidence="Gezien.", actor=case.anna)
    assert len(mails_of(session, "payee_verified")) == 2


def test_another_account_leaves_the_first_until_another_agrees(
    session: Session, case: make.Payable, mede: Actor
) -> None:
    submit(session, case, case.initiator)
    first = latest(session)
    agree(session, first, mede)
    submit(session, case, mede, make.OTHER_IBAN)
    second = latest(session)
    assert first.status == "submitted"
    agree(session, second, case.initiator)
    assert (first.status, second.status) == ("replaced", "submitted")
    assert second.payable_from > second.submitted_at


def test_a_proposal_is_refused_taken_back_or_replaced(
    session: Session, case: make.Payable, mede: Actor
) -> None:
    submit(session, case, case.initiator)
    payee = latest(session)
    for _ in range(2):
        drop_proposal(session, payee_id=payee.id, actor=mede)
    assert (payee.status, len(mails_of(session, "payee_not_agreed"))) == ("lapse", 1)
    with pytest.raises(DomainError, match="payee_proposal_over"):
        agree(session, payee, mede)
    submit(session, case, case.initiator)
    again = latest(session)
    assert not submit(session, case, case.initiator), "the same once more changes nothing"
    submit(session, case, mede, make.OTHER_IBAN)
    assert again.status == "lapse"
    with pytest.raises(DomainError, match="payee_proposal_over"):
        drop = latest(session)
        agree(session, drop, case.initiator)
        drop_proposal(session, payee_id=drop.id, actor=mede)


def test_a_stranger_neither_proposes_nor_agrees(
    session: Session, case: make.Payable, mede: Actor
) -> None:
    submit(session, case, case.initiator)
    for deed in (agree, lambda s, p, a: drop_proposal(s, payee_id=p.id, actor=a)):
        with pytest.raises(ForbiddenError, match="not_your_campaign"):
            deed(session, latest(session), case.anna)
    assert mede.person_id is not None


def test_who_leaves_takes_their_proposal_along(
    session: Session, case: make.Payable, mede: Actor
) -> None:
    submit(session, case, mede)
    payee = latest(session)
    leave(session, campaign_id=case.campaign.id, actor=mede)
    assert proposed_payee(session, case.campaign.id) is None
    with pytest.raises(DomainError, match="payee_proposal_over"):
        agree(session, payee, case.initiator)
    drop_proposal_of_leaver(session, campaign_id=case.campaign.id)
    assert payee.status == "lapse"
    assert submit(session, case, case.initiator)
    assert latest(session).status == "submitted", "one who is alone needs nobody"


@pytest.mark.parametrize("agreed_by", ["nobody", "stranger", "proposer"])
def test_the_database_refuses_what_one_alone_agreed_to(
    session: Session, case: make.Payable, mede: Actor, agreed_by: str
) -> None:
    submit(session, case, case.initiator)
    payee = latest(session)
    assert mede.person_id is not None
    people = {"nobody": None, "stranger": case.anna.person_id, "proposer": payee.submitted_by}
    payee.status, payee.agreed_by = "submitted", people[agreed_by]
    with pytest.raises(IntegrityError, match=r"by one only|ck_payees_agreement"):
        session.flush()


def test_nothing_is_paid_to_what_nobody_runs(session: Session, case: make.Payable) -> None:
    submit(session, case, case.initiator)
    verify_payee(session, payee_id=latest(session).id, evidence="Gezien.", actor=case.anna)
    leave(session, campaign_id=case.campaign.id, actor=case.initiator)
    with pytest.raises(DomainError, match="campaign_orphaned"):
        propose_payout(session, campaign_id=case.campaign.id, actor=case.bram)


@pytest.mark.parametrize("status", ["proposed", "released"])
def test_a_payout_that_was_under_way_does_not_leave_for_what_nobody_runs(
    session: Session, case: make.Payable, status: str
) -> None:
    payout = make.payout_in(session, case, status)
    leave(session, campaign_id=case.campaign.id, actor=case.initiator)
    if status == "proposed":
        with pytest.raises(DomainError, match="campaign_orphaned"):
            release_payout(session, payout_id=payout.id, actor=case.bram)
    with pytest.raises(DomainError, match="nothing_to_export"):
        export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    drop_proposal_of_leaver(session, campaign_id=case.campaign.id)
    assert (payout.status, payout.remark) == ("cancelled", "campaign_orphaned")


def test_an_orphan_does_not_hold_up_the_payouts_of_others(
    session: Session, case: make.Payable
) -> None:
    orphan = make.payout_in(session, case, "released")
    other = make.payout_in(session, make.payable_campaign(session), "released")
    leave(session, campaign_id=case.campaign.id, actor=case.initiator)
    export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    assert (orphan.status, other.status) == ("released", "exported")


def test_what_left_for_the_bank_goes_on_when_the_last_one_leaves(
    session: Session, case: make.Payable
) -> None:
    payout = make.payout_in(session, case, "exported")
    leave(session, campaign_id=case.campaign.id, actor=case.initiator)
    drop_proposal_of_leaver(session, campaign_id=case.campaign.id)
    assert payout.status == "exported"
