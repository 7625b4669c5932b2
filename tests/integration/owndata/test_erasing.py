"""Erasing who somebody is: all of it in one transaction, with the books as they were."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Executable, delete, event, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.checklists import complete_checklist
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import closing_fund
from tests.support.factories.payments import PaymentFactory
from tests.support.factories.payouts import payable_campaign, payout_in, submit
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of, signed_in_as
from tests.support.factories.pledges import HiddenWordsFactory, PledgeFactory
from tests.support.giving import NO_SECOND_CHANCE, attempt, paid, pledge, tell
from tests.support.members import join
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.campaigns.members.queries import members_of
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.together.invitations import invitations_to, invite
from voorjebuurt.campaigns.together.service import leave
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.mail.models import ConfirmedAddress, MailMessage, MailUnsubscription
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.matching.questions.models import FundQuestion
from voorjebuurt.matching.questions.service import ask
from voorjebuurt.owndata import erasing
from voorjebuurt.owndata.hold_kinds import HoldKind
from voorjebuurt.owndata.holds import holds_of
from voorjebuurt.owndata.models import DataLink
from voorjebuurt.payments.models import Refund
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.models import Payee
from voorjebuurt.people.address_changes import ask_address_change
from voorjebuurt.people.models import Person, RoleProposal, SignIn
from voorjebuurt.people.queries import names_of, people
from voorjebuurt.people.roles import give_role
from voorjebuurt.people.rules import Role
from voorjebuurt.people.service import add_person, block_person
from voorjebuurt.places.models import PlaceWish
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.closing import (
    cancel_campaign,
    decide_campaign,
    return_contribution,
    start_closing,
)
from voorjebuurt.pledges.models import HiddenWords, MatchClaim, Pledge, UnmatchedGiver
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.pledges.unmatched import board_of, name_board_member

NOOR = "noor@voorbeeld.example"


def erase(session: Session, person: Person, *, tell: bool = False) -> None:
    erasing.erase_signed_in(
        session, person_id=person.id, typed_email=NOOR, tell=tell, actor=actor_of(person)
    )
    session.expire_all()


def erase_by_link(session: Session, *, tell: bool = False, token: str | None = None) -> str:
    if token is None:
        token, now = new_token(), clock.now()
        link = DataLink(
            token_hash=token_hash(token),
            email=NOOR,
            created_at=now,
            expires_at=now + timedelta(hours=1),
        )
        session.add(link)
        session.flush()
    erasing.erase_by_link(
        session, token=token, typed_email=NOOR, tell=tell, locale="nl", actor=GUEST
    )
    session.expire_all()
    return token


def mails_of(session: Session, template: str) -> Sequence[MailMessage]:
    return session.scalars(select(MailMessage).where(MailMessage.template == template)).all()


def write_mail(session: Session, recipient: str = NOOR) -> None:
    queue_mail(
        session,
        key=f"receipt:{recipient}",
        template="receipt",
        recipient=recipient,
        locale="nl",
        name="Noor",
    )


def test_the_address_with_which_somebody_was_proposed_for_a_role_goes_too(
    session: Session,
) -> None:
    noor, moment = PersonFactory(email=NOOR), clock.now()
    proposal = RoleProposal(
        person_id=noor.id,
        role="auditor",
        email=NOOR,
        proposed_at=moment,
        proposed_by=PersonFactory().id,
        confirmable_from=moment,
        lapses_at=moment + timedelta(days=14),
        dismissed_at=moment,
    )
    session.add(proposal)
    session.flush()
    erase(session, noor)
    assert proposal.email is None


def test_an_address_that_was_changed_meanwhile_is_asked_for_again(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    session.flush()
    statement = update(Person).where(Person.id == noor.id).values(email="vos@voorbeeld.example")
    with changed_at_lock(session, statement), pytest.raises(DomainError) as error:
        erase(session, noor)
    assert (error.value.code, error.value.field) == ("erasure_address", "email")
    session.expire_all()
    assert (noor.erased_at, noor.email) == (None, "vos@voorbeeld.example")


@contextmanager
def changed_at_lock(session: Session, statement: Executable) -> Iterator[None]:
    """Somebody else changes the person's row just before it is locked."""
    locks: list[str] = []

    def change(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if not locks and "FROM persons" in sql and "FOR UPDATE" in sql:
            locks.append(sql)
            session.connection().execute(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", change)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", change)
    assert locks


def test_nobody_becomes_who_was_erased(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    erase(session, noor)
    staff = actor_of(PersonFactory(), "staff")
    deeds = (
        partial(ask_address_change, new_email="x@voorbeeld.example", reason="Vraag."),
        partial(give_role, role=Role.COACH, wait=timedelta(0)),
        partial(give_role, role=Role.STAFF, wait=timedelta(0)),
        partial(block_person, reason="Weg."),
    )
    for deed in deeds:
        with pytest.raises(DomainError) as error:
            deed(session, person_id=noor.id, actor=staff)
        assert error.value.code == "person_erased"


def test_nothing_of_a_person_is_left_and_their_row_stays(session: Session) -> None:
    noor = PersonFactory(email=NOOR, name="Noor Vos")
    signed_in_as(session, noor)
    write_mail(session)
    wish = PlaceWish(
        place="Urk", slug="urk", email=NOOR, locale="nl", token_hash="x", asked_at=clock.now()
    )
    ask(session, fund_id=closing_fund().id, text="Mag het?", email=NOOR, locale="nl")
    row = MailUnsubscription(email=NOOR, template="gift_digest", unsubscribed_at=clock.now())
    session.add_all([wish, row])
    session.flush()
    version = noor.session_version
    erase(session, noor)
    assert (noor.name, noor.password_hash, noor.verified_at) == ("", None, None)
    assert noor.email == f"{noor.id}@erased.invalid"
    assert noor.session_version > version
    for kind in (SignIn, PlaceWish, FundQuestion, MailUnsubscription, ConfirmedAddress):
        assert session.scalars(select(kind)).all() == [], kind
    (old_mail,) = mails_of(session, "receipt")
    assert NOOR not in old_mail.recipient
    assert (old_mail.context, old_mail.text) == ({}, None)
    assert certain(old_mail.dropped_at) <= clock.now()
    (last_mail,) = mails_of(session, "own_data_erased")
    assert (last_mail.recipient, last_mail.context) == (NOOR, {"kept": False})


def test_the_trail_keeps_what_they_did_without_who_they_are(session: Session) -> None:
    noor = PersonFactory(email=NOOR, name="Noor Vos")
    erase(session, noor)
    events = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == noor.id)).all()
    assert [event.action for event in events] == [Action.PERSON_ERASED.value]
    assert events[0].actor_id == noor.id
    assert names_of(session, [noor.id]) == {noor.id: f"{noor.id}@erased.invalid"}
    assert people(session) == []


def test_a_second_time_changes_nothing(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    erase(session, noor)
    erased_at = noor.erased_at
    with pytest.raises(DomainError, match="erasure_address"):
        erase(session, noor)
    erasing.erase_signed_in(
        session,
        person_id=noor.id,
        typed_email=noor.email,
        tell=False,
        actor=actor_of(noor),
    )
    assert noor.erased_at == erased_at
    assert len(mails_of(session, "own_data_erased")) == 1


def test_another_address_is_a_slip_and_erases_nothing(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    with pytest.raises(DomainError) as error:
        erasing.erase_signed_in(
            session,
            person_id=noor.id,
            typed_email="noot@voorbeeld.example",
            tell=False,
            actor=actor_of(noor),
        )
    assert (error.value.code, error.value.field) == ("erasure_address", "email")
    assert noor.erased_at is None


def test_who_comes_back_is_somebody_new(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    erase(session, noor)
    again = add_person(session, email=NOOR, name="Noor", actor=SYSTEM)
    assert again.id != noor.id


def test_gifts_are_detached_and_count_for_as_many_donors(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    campaign = CampaignFactory(status="live")
    for values in ({"email": NOOR}, {"email": NOOR}, {"email": "bo@voorbeeld.example"}):
        paid(session, campaign, **values)
    before = crowd_totals(session, [campaign.id])
    claims = session.scalars(select(MatchClaim.donor_key)).all()
    erase(session, noor)
    gifts = session.scalars(select(Pledge).where(Pledge.email.is_(None))).all()
    assert [(gift.name, gift.message, gift.postcode) for gift in gifts] == [("", "", None)] * 2
    assert len({gift.erased_as for gift in gifts}) == 1
    after = crowd_totals(session, [campaign.id])
    assert after == before
    assert after[campaign.id].donors == 2
    assert session.scalars(select(MatchClaim.donor_key)).all() == claims
    assert all(check.passed for check in check_books(session, in_flight_max_days=400))


def test_money_still_goes_back_by_the_payment(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    gift, payment = paid(session, campaign, email=NOOR)
    erase_by_link(session)
    cancel_campaign(session, campaign_id=campaign.id, reason="Bedrog", actor=SYSTEM)
    reason = RefundReason.CAMPAIGN_CANCELLED
    return_contribution(session, pledge_id=gift.id, reason=reason, actor=SYSTEM)
    session.flush()
    (refund,) = session.scalars(select(Refund).where(Refund.payment_id == payment.id)).all()
    assert refund.amount_cents == gift.amount_cents + gift.tip_cents
    assert all(check.passed for check in check_books(session, in_flight_max_days=400))
    assert session.get_one(Pledge, gift.id).email is None


def test_who_wants_to_hear_keeps_the_address_until_the_end_and_no_longer(
    session: Session,
) -> None:
    campaign = CampaignFactory(status="live", minimum_cents=100_000)
    gift, _payment = paid(session, campaign, email=NOOR, message="Succes!")
    erase_by_link(session, tell=True)
    assert (gift.email, gift.name, gift.message) == (NOOR, "", "")
    assert gift.address_kept_for == "campaign"
    assert mails_of(session, "own_data_erased")[0].context == {"kept": True}
    assert erasing.finish(session, limit=10) == 0
    end = certain(campaign.closes_at) + timedelta(days=2)
    with clock.at(end):
        start_closing(session, campaign_id=campaign.id)
        decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)
        return_contribution(
            session, pledge_id=gift.id, reason=RefundReason.CAMPAIGN_FAILED, actor=SYSTEM
        )
        session.flush()
    with clock.at(end + timedelta(days=2)):
        assert erasing.finish(session, limit=10) == 0, "its money is on its way back"
        gift.status = "refunded"
        session.flush()
        assert erasing.finish(session, limit=10) == 1
    session.expire_all()
    rows = session.execute(select(Pledge.email, Pledge.address_kept_for)).all()
    assert [tuple(row) for row in rows] == [(None, None)]
    assert session.get(ConfirmedAddress, NOOR) is None
    recipients = session.scalars(select(MailMessage.recipient)).all()
    assert NOOR not in recipients


def test_what_may_still_be_paid_keeps_its_address_until_that_is_known(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    gift = pledge(session, campaign, email=NOOR, message="Succes!")
    payment = attempt(session, gift)
    erase_by_link(session)
    assert (gift.email, gift.message, gift.address_kept_for) == (NOOR, "", "payment")
    assert erasing.finish(session, limit=10) == 0
    tell(session, payment)
    assert erasing.finish(session, limit=10) == 0
    book_payment(session, payment_id=payment.id)
    session.flush()
    assert erasing.finish(session, limit=10) == 1
    session.expire_all()
    assert (gift.email, gift.status) == (None, "booked")
    assert crowd_totals(session, [campaign.id])[campaign.id].donors == 1


def test_an_erased_gift_is_neither_paid_nor_corrected(session: Session) -> None:
    gift = pledge(session, CampaignFactory(status="live"), email=NOOR)
    PaymentFactory(pledge=gift, status="expired")
    session.flush()
    erase_by_link(session, tell=True)
    assert gift.email is None, "no payment is under way, so there is no gift to hear of"
    with pytest.raises(DomainError, match="pledge_forgotten"):
        attempt(session, gift)


def test_hidden_words_go_too(session: Session) -> None:
    HiddenWordsFactory(pledge=PledgeFactory(email=NOOR))
    erase_by_link(session)
    assert session.scalars(select(HiddenWords)).all() == []


def test_a_link_is_used_twice_and_tells_once(session: Session) -> None:
    PledgeFactory(email=NOOR)
    token = erase_by_link(session)
    with pytest.raises(DomainError, match="erasure_link_over"):
        erase_by_link(session, token=token)
    assert len(mails_of(session, "own_data_erased")) == 1
    assert session.scalars(select(DataLink)).all() == []


def test_a_link_erases_no_account(session: Session) -> None:
    PersonFactory(email=NOOR)
    gift = PledgeFactory(email=NOOR)
    with pytest.raises(DomainError, match="erasure_of_account"):
        erase_by_link(session)
    assert gift.email == NOOR


def test_plans_that_were_never_public_go_and_public_ones_stay_without_words_to_a_coach(
    session: Session,
) -> None:
    noor = PersonFactory(email=NOOR)
    draft = CampaignFactory(status="draft", initiator_id=noor.id)
    refusal = CampaignFactory(status="rejected", initiator_id=noor.id)
    over = CampaignFactory(status="failed", initiator_id=noor.id)
    for campaign in (refusal, over):
        note = ReviewNote(
            campaign_id=campaign.id,
            author_id=noor.id,
            kind="answer",
            body="Ik ben ziek.",
            at=clock.now(),
        )
        session.add(note)
    for campaign in (draft, over):
        giver = UnmatchedGiver(
            municipality_id=campaign.municipality_id,
            campaign_id=campaign.id,
            email=NOOR,
            relation="board",
            added_at=clock.now(),
        )
        session.add(giver)
    session.flush()
    erase(session, noor)
    assert session.scalars(select(Campaign.id)).all() == [over.id]
    assert session.scalars(select(ReviewNote.body)).all() == [""]
    assert session.scalars(select(UnmatchedGiver)).all() == []


def test_an_address_on_a_board_goes_when_the_campaign_is_over(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    for email in (NOOR, "ander@voorbeeld.example"):
        name_board_member(session, campaign_id=campaign.id, email=email, actor=SYSTEM)
    erase(session, PersonFactory(email=NOOR))
    erasing.finish(session, limit=10)
    assert len(board_of(session, campaign.id)) == 2, "their gifts are not to be matched"
    campaign.status = "failed"
    session.flush()
    erasing.finish(session, limit=10)
    assert [row.email for row in board_of(session, campaign.id)] == ["ander@voorbeeld.example"]


def test_the_receipt_itself_is_forgotten_once_it_was_sent(session: Session) -> None:
    erase(session, PersonFactory(email=NOOR))
    erasing.finish(session, limit=10)
    (mail,) = mails_of(session, "own_data_erased")
    mail.sent_at = clock.now()
    session.flush()
    erasing.finish(session, limit=10)
    assert mails_of(session, "own_data_erased") == []


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("submitted", HoldKind.REVIEW),
        ("live", HoldKind.CAMPAIGN),
        ("closing", HoldKind.CAMPAIGN),
        ("near_miss", HoldKind.CAMPAIGN),
        ("succeeded", HoldKind.PAYOUT),
    ],
)
def test_who_has_a_campaign_in_hand_is_held(session: Session, status: str, kind: HoldKind) -> None:
    noor = PersonFactory(email=NOOR)
    campaign = CampaignFactory(status=status, initiator_id=noor.id, title="Bomen")
    (hold,) = holds_of(session, noor)
    assert (hold.kind, hold.title) == (kind, "Bomen")
    assert hold.until == (campaign.deadline_on if kind is HoldKind.CAMPAIGN else None)
    with pytest.raises(DomainError, match="erasure_held"):
        erase(session, noor)
    assert noor.erased_at is None


@pytest.mark.parametrize("status", ["draft", "returned", "rejected", "failed", "paid_out"])
def test_what_is_over_or_never_began_holds_nobody(session: Session, status: str) -> None:
    noor = PersonFactory(email=NOOR)
    CampaignFactory(status=status, initiator_id=noor.id)
    assert holds_of(session, noor) == ()


def test_who_has_a_role_or_is_kept_out_is_held(session: Session) -> None:
    noor = PersonFactory(email=NOOR, blocked_at=clock.now())
    RoleGrantFactory(person_id=noor.id, role="coach")
    assert [hold.kind for hold in holds_of(session, noor)] == [HoldKind.BLOCK, HoldKind.ROLE]


def test_who_runs_a_plan_with_others_is_erased_and_the_plan_stays(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    draft = CampaignFactory(status="draft", initiator=noor)
    other = join(session, draft)
    erase(session, noor)
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert (draft.initiator_id, draft.orphaned_at) == (other.id, None)
    assert [row.person_id for row in members_of(session, draft.id)] == [other.id]


def test_who_does_not_sign_is_erased_while_the_campaign_runs(session: Session) -> None:
    live = CampaignFactory(status="live")
    noor = join(session, live, PersonFactory(email=NOOR))
    assert holds_of(session, noor) == ()
    erase(session, noor)
    assert live.orphaned_at is None
    assert len(members_of(session, live.id)) == 1


def test_who_signed_and_left_is_kept_by_nothing(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    live = CampaignFactory(status="live", initiator=noor)
    session.flush()
    assert [hold.kind for hold in holds_of(session, noor)] == [HoldKind.CAMPAIGN]
    leave(session, campaign_id=live.id, actor=actor_of(noor))
    assert holds_of(session, noor) == ()
    erase(session, noor)
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert live.orphaned_at is not None


def test_a_campaign_that_is_over_stays_with_nobody(session: Session) -> None:
    noor = PersonFactory(email=NOOR)
    over = CampaignFactory(status="failed", initiator=noor)
    session.flush()
    erase(session, noor)
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert over.orphaned_at is not None
    assert open_alerts(session) == []


def test_invitations_of_an_erased_address_are_forgotten(session: Session) -> None:
    noor, live = PersonFactory(email=NOOR), CampaignFactory(status="live")
    session.flush()
    actor = actor_of(session.get_one(Person, live.initiator_id))
    invite(session, campaign_id=live.id, email=NOOR, locale="nl", actor=actor)
    erase(session, noor)
    assert invitations_to(session, NOOR) == 0


def test_an_account_that_was_never_paid_goes_with_its_proof(session: Session) -> None:
    case = payable_campaign(session, cents=0, status="failed")
    noor = session.get_one(Person, case.initiator.person_id)
    noor.email = NOOR
    case.campaign.status = "succeeded"
    payee = submit(session, case)
    complete_checklist(session, payee.id, case.anna)
    case.campaign.status = "failed"
    session.flush()
    erase(session, noor)
    assert session.scalars(select(Payee.id)).all() == []
    assert session.scalars(select(Attachment.id)).all() == []


def test_proof_of_an_account_goes_only_with_it(session: Session) -> None:
    payout = payout_in(session, payable_campaign(session), "executed")
    with pytest.raises(IntegrityError, match="is part of a case"):
        session.execute(delete(Attachment).where(Attachment.payee_id == payout.payee_id))
