"""Running a campaign together: equal rights, inviting, handing over, leaving, and nobody left."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of, coach
from tests.support.members import join, signer_of
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.campaigns.members.acting import acts_for, has_part
from voorjebuurt.campaigns.members.models import CampaignInvitation, CampaignMember
from voorjebuurt.campaigns.members.queries import members_of, own_invitations
from voorjebuurt.campaigns.members.rules import MOST_MEMBERS
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.pitch import save_place, submit_pitch
from voorjebuurt.campaigns.review import open_campaign, send_back
from voorjebuurt.campaigns.service import resume_pledges
from voorjebuurt.campaigns.together.invitations import (
    accept_invitation,
    forget_ended_invitations,
    invite,
    refuse_invitation,
    withdraw_invitation,
)
from voorjebuurt.campaigns.together.service import (
    ask_handover,
    drop_handover,
    leave,
    show_name,
    take_over,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"


@pytest.fixture
def campaign(session: Session) -> Campaign:
    campaign = CampaignFactory(status="live", title="Bomen op het plein")
    session.flush()
    return campaign


def invitation_to(session: Session, campaign: Campaign, email: str = NOOR) -> CampaignInvitation:
    invite(session, campaign_id=campaign.id, email=email, locale="nl", actor=signer_of(campaign))
    statement = select(CampaignInvitation).where(CampaignInvitation.email == email)
    return session.scalars(statement).one()


def noor(session: Session) -> Person:
    person = PersonFactory(email=NOOR, name="Noor", verified_at=clock.now())
    session.flush()
    return person


def commit_would_do(session: Session) -> None:
    """What is looked at when a transaction ends, is looked at now."""
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def member_id(session: Session, campaign: Campaign, person: Person) -> UUID:
    return next(row.id for row in members_of(session, campaign.id) if row.person_id == person.id)


def test_a_new_campaign_has_who_began_it_as_its_first_member(
    session: Session, campaign: Campaign
) -> None:
    (member,) = members_of(session, campaign.id)
    assert (member.person_id, member.signs) == (campaign.initiator_id, True)
    assert acts_for(session, campaign.id, campaign.initiator_id)


def test_a_plan_of_a_guest_is_nobodys_until_it_is_claimed(session: Session) -> None:
    draft = CampaignFactory(status="draft", guest_name="Iemand")
    session.flush()
    assert not acts_for(session, draft.id, draft.initiator_id)
    assert not acts_for(session, draft.id, None)


def test_the_invited_joins_and_may_do_what_the_others_may(
    session: Session, settings: Settings
) -> None:
    draft = CampaignFactory(status="draft")
    session.flush()
    signer = session.get_one(Person, draft.initiator_id)
    invitation, person = invitation_to(session, draft), noor(session)
    with pytest.raises(ForbiddenError, match="not_your_campaign"):
        save_place(
            session,
            campaign_id=draft.id,
            neighbourhood_id=draft.neighbourhood_id,
            location="Plein",
            actor=actor_of(person),
        )
    accept_invitation(session, invitation_id=invitation.id, is_public=True, actor=actor_of(person))
    save_place(
        session,
        campaign_id=draft.id,
        neighbourhood_id=draft.neighbourhood_id,
        location="Plein",
        actor=actor_of(person),
    )
    submit_pitch(session, campaign_id=draft.id, bounds=settings.campaigns, actor=actor_of(person))
    assert {mail.recipient for mail in mails_of(session, "campaign_submitted")} == {
        signer.email,
        NOOR,
    }
    news = mails_of(session, "member_news")
    assert {mail.recipient for mail in news} == {signer.email, NOOR}
    assert invitation.email is None


def test_an_invitation_says_nothing_of_strangers(session: Session, campaign: Campaign) -> None:
    invitation_to(session, campaign)
    (mail,) = mails_of(session, "campaign_invitation")
    words = words_of(mail)
    assert "/mijn/uitnodigingen/" in words
    assert campaign.title not in words
    assert session.get_one(Person, campaign.initiator_id).name not in words


def test_the_same_address_is_mailed_once_and_with_or_without_an_account(
    session: Session, campaign: Campaign
) -> None:
    noor(session)
    for email in (NOOR, NOOR, "nieuw@voorbeeld.example"):
        invite(
            session, campaign_id=campaign.id, email=email, locale="nl", actor=signer_of(campaign)
        )
    mails = mails_of(session, "campaign_invitation")
    assert sorted(mail.recipient for mail in mails) == ["nieuw@voorbeeld.example", NOOR]


def test_an_invitation_is_answered_by_its_address_alone(
    session: Session, campaign: Campaign
) -> None:
    invitation = invitation_to(session, campaign)
    other = PersonFactory(verified_at=clock.now())
    stranger = PersonFactory(email=NOOR, verified_at=None)
    session.flush()
    for person in (other, stranger):
        with pytest.raises(ForbiddenError, match="invitation_of_other"):
            accept_invitation(
                session, invitation_id=invitation.id, is_public=False, actor=actor_of(person)
            )
    assert own_invitations(session, stranger.id) == []


def test_an_invitation_ends_by_itself_and_is_forgotten(
    session: Session, campaign: Campaign
) -> None:
    invitation, person = invitation_to(session, campaign), noor(session)
    with clock.at(clock.now() + timedelta(days=16)):
        assert own_invitations(session, person.id) == []
        with pytest.raises(DomainError, match="invitation_over"):
            accept_invitation(
                session, invitation_id=invitation.id, is_public=False, actor=actor_of(person)
            )
        forget_ended_invitations(session)
    session.expunge(invitation)
    assert session.get(CampaignInvitation, invitation.id) is None


def test_an_invitation_is_withdrawn_or_refused_once(session: Session, campaign: Campaign) -> None:
    invitation, person = invitation_to(session, campaign), noor(session)
    signer = signer_of(campaign)
    for _ in range(2):
        withdraw_invitation(
            session, campaign_id=campaign.id, invitation_id=invitation.id, actor=signer
        )
    with pytest.raises(DomainError, match="invitation_over"):
        accept_invitation(
            session, invitation_id=invitation.id, is_public=False, actor=actor_of(person)
        )
    again = invitation_to(session, campaign)
    refuse_invitation(session, invitation_id=again.id, actor=actor_of(person))
    assert (again.state, again.email) == ("refusal", None)
    invitation = invitation_to(session, campaign)
    accept_invitation(session, invitation_id=invitation.id, is_public=False, actor=actor_of(person))
    with pytest.raises(TransitionError):
        withdraw_invitation(
            session, campaign_id=campaign.id, invitation_id=invitation.id, actor=signer
        )


def test_no_more_are_invited_than_fit(session: Session, campaign: Campaign) -> None:
    for number in range(MOST_MEMBERS - 1):
        invitation_to(session, campaign, f"p{number}@voorbeeld.example")
    with pytest.raises(DomainError, match="members_full"):
        invitation_to(session, campaign, "te-veel@voorbeeld.example")
    with pytest.raises(DomainError, match="invitation_of_member"):
        email = session.get_one(Person, campaign.initiator_id).email
        invitation_to(session, campaign, email)


def test_the_database_holds_no_more_members_than_fit(session: Session, campaign: Campaign) -> None:
    for _ in range(MOST_MEMBERS - 1):
        join(session, campaign)
    with pytest.raises(IntegrityError, match="members enough"):
        join(session, campaign)


def test_so_many_invitations_are_sent_in_a_day(session: Session, campaign: Campaign) -> None:
    for number in range(10):
        invitation = invitation_to(session, campaign, f"p{number}@voorbeeld.example")
        withdraw_invitation(
            session,
            campaign_id=campaign.id,
            invitation_id=invitation.id,
            actor=signer_of(campaign),
        )
    with pytest.raises(DomainError, match="invitations_too_many"):
        invitation_to(session, campaign)


def test_only_who_runs_a_campaign_invites(session: Session, campaign: Campaign) -> None:
    staff = PersonFactory()
    session.flush()
    for actor in (actor_of(PersonFactory()), actor_of(staff, "staff")):
        with pytest.raises(ForbiddenError, match="not_your_campaign"):
            invite(session, campaign_id=campaign.id, email=NOOR, locale="nl", actor=actor)


def test_handing_over_takes_both(session: Session, campaign: Campaign) -> None:
    signer, person = signer_of(campaign), join(session, campaign)
    with pytest.raises(DomainError, match="handover_over"):
        take_over(session, campaign_id=campaign.id, actor=actor_of(person))
    row_id = member_id(session, campaign, person)
    with pytest.raises(ForbiddenError, match="only_signer"):
        ask_handover(session, campaign_id=campaign.id, member_id=row_id, actor=actor_of(person))
    for _ in range(2):
        ask_handover(session, campaign_id=campaign.id, member_id=row_id, actor=signer)
    assert [mail.recipient for mail in mails_of(session, "member_news")] == [person.email]
    drop_handover(session, campaign_id=campaign.id, actor=actor_of(person))
    with pytest.raises(DomainError, match="handover_over"):
        take_over(session, campaign_id=campaign.id, actor=actor_of(person))
    ask_handover(session, campaign_id=campaign.id, member_id=row_id, actor=signer)
    for _ in range(2):
        take_over(session, campaign_id=campaign.id, actor=actor_of(person))
    assert campaign.initiator_id == person.id
    assert acts_for(session, campaign.id, signer.person_id)
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject_id == campaign.id)
    ).all()
    assert actions.count("campaign.handed_over") == 1


def test_the_database_lets_nobody_sign_who_was_not_asked(
    session: Session, campaign: Campaign
) -> None:
    person = join(session, campaign)
    campaign.initiator_id = person.id
    with pytest.raises(IntegrityError, match="not handed over"):
        session.flush()


def test_who_signs_hands_over_before_they_leave(session: Session, campaign: Campaign) -> None:
    signer, person = signer_of(campaign), join(session, campaign)
    with pytest.raises(DomainError, match="hand_over_first"):
        leave(session, campaign_id=campaign.id, actor=signer)
    ask_handover(
        session,
        campaign_id=campaign.id,
        member_id=member_id(session, campaign, person),
        actor=signer,
    )
    take_over(session, campaign_id=campaign.id, actor=actor_of(person))
    for _ in range(2):
        leave(session, campaign_id=campaign.id, actor=signer)
    assert not acts_for(session, campaign.id, signer.person_id)
    assert has_part(session, campaign.id, signer.person_id)
    mails = [m for m in mails_of(session, "member_news") if m.context["event"] == "left"]
    assert [mail.recipient for mail in mails] == [person.email]


def test_nobody_left_stops_giving_and_staff_and_coaches_hear_it_at_once(
    session: Session, campaign: Campaign
) -> None:
    staff, reader = PersonFactory(), PersonFactory()
    RoleGrantFactory(person_id=staff.id, role="staff")
    RoleGrantFactory(person_id=reader.id, role="coach")
    last = signer_of(campaign)
    session.flush()
    leave(session, campaign_id=campaign.id, actor=last)
    commit_would_do(session)
    assert campaign.orphaned_at is not None
    assert campaign.pledges_stopped_at is not None
    assert [alert.kind for alert in open_alerts(session)] == [AlertKind.CAMPAIGN_ORPHANED]
    mails = mails_of(session, "campaign_orphaned")
    assert {mail.recipient for mail in mails} == {staff.email, reader.email}
    with pytest.raises(DomainError, match="campaign_orphaned"):
        resume_pledges(session, campaign_id=campaign.id, reason="x", actor=actor_of(staff, "staff"))
    invite(
        session,
        campaign_id=campaign.id,
        email=NOOR,
        locale="nl",
        actor=actor_of(staff, "staff"),
    )
    invitation = session.scalars(
        select(CampaignInvitation).where(CampaignInvitation.email == NOOR)
    ).one()
    person = noor(session)
    accept_invitation(session, invitation_id=invitation.id, is_public=False, actor=actor_of(person))
    commit_would_do(session)
    session.refresh(campaign)
    assert campaign.initiator_id == person.id
    assert (campaign.orphaned_at is None) is True
    resume_pledges(session, campaign_id=campaign.id, reason="x", actor=actor_of(staff, "staff"))
    assert campaign.pledges_stopped_at is None


def test_nobody_gives_to_what_nobody_runs_by_the_database(
    session: Session, campaign: Campaign
) -> None:
    leave(session, campaign_id=campaign.id, actor=signer_of(campaign))
    campaign.pledges_stopped_at = None
    with pytest.raises(IntegrityError, match="ck_campaigns_orphaned"):
        session.flush()


def test_a_member_who_is_gone_with_nobody_behind_is_refused_by_the_database(
    session: Session, campaign: Campaign
) -> None:
    member = session.scalars(
        select(CampaignMember).where(CampaignMember.campaign_id == campaign.id)
    ).one()
    member.left_at = clock.now()
    session.flush()
    with pytest.raises(IntegrityError, match="nobody who signs"):
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_a_plan_that_nobody_runs_is_not_opened(session: Session, settings: Settings) -> None:
    pitch = CampaignFactory(status="submitted")
    session.flush()
    leave(session, campaign_id=pitch.id, actor=signer_of(pitch))
    reader = coach()
    with pytest.raises(DomainError, match="campaign_orphaned"):
        open_campaign(session, campaign_id=pitch.id, bounds=settings.campaigns, actor=reader)
    send_back(session, campaign_id=pitch.id, body="Niemand leidt dit plan.", actor=reader)
    assert mails_of(session, "campaign_returned") == []


def test_the_last_one_withdraws_a_plan_instead_of_leaving_it(session: Session) -> None:
    draft = CampaignFactory(status="draft")
    session.flush()
    with pytest.raises(DomainError, match="last_of_plan"):
        leave(session, campaign_id=draft.id, actor=signer_of(draft))


def test_nobody_reviews_what_they_run_or_ran(session: Session, settings: Settings) -> None:
    pitch = CampaignFactory(status="submitted")
    person = PersonFactory()
    session.flush()
    join(session, pitch, person)
    with pytest.raises(ForbiddenError, match="own_campaign"):
        open_campaign(
            session,
            campaign_id=pitch.id,
            bounds=settings.campaigns,
            actor=actor_of(person, "coach"),
        )
    leave(session, campaign_id=pitch.id, actor=actor_of(person))
    with pytest.raises(ForbiddenError, match="own_campaign"):
        open_campaign(
            session,
            campaign_id=pitch.id,
            bounds=settings.campaigns,
            actor=actor_of(person, "coach"),
        )


def test_a_name_shows_as_its_owner_wants(session: Session, campaign: Campaign) -> None:
    person, before = join(session, campaign), campaign.version
    for _ in range(2):
        show_name(session, campaign_id=campaign.id, is_public=True, actor=actor_of(person))
    assert campaign.version == before + 1
    assert [row.is_public for row in members_of(session, campaign.id)] == [False, True]
