"""Match money of a campaign that several run: all act for the applicant, and who signs is it."""

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.members import join, make_signer
from voorjebuurt.campaigns.together.service import leave
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.mail.queries import written_at
from voorjebuurt.matching.applications.mails import to_applicant
from voorjebuurt.matching.applications.ownership import applicants_of
from voorjebuurt.matching.applications.rows import own_application
from voorjebuurt.matching.applications.signers import follow_signer


def test_who_runs_the_campaign_too_acts_for_its_applicant_and_is_mailed(session: Session) -> None:
    application = ApplicationFactory(campaign=(campaign := CampaignFactory(status="live")))
    person = join(session, campaign)
    assert applicants_of(session, application.id) == {application.applicant_id, person.id}
    assert own_application(session, application.id, actor_of(person)) is application
    with pytest.raises(ForbiddenError, match="not_your_campaign"):
        own_application(session, application.id, actor_of(PersonFactory()))
    mail = {"key": "x", "template": "match_amount_fixed"}
    assert to_applicant(session, application, **mail)
    assert not to_applicant(session, application, **mail)
    assert written_at(session, f"x:{person.id}") is not None
    leave(session, campaign_id=campaign.id, actor=actor_of(person))
    with pytest.raises(ForbiddenError, match="not_your_campaign"):
        own_application(session, application.id, actor_of(person))


def test_another_who_signs_becomes_the_applicant_of_what_is_open(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    application = ApplicationFactory(campaign=campaign)
    former, person = application.applicant_id, join(session, campaign)
    make_signer(session, campaign, person)
    for _ in range(2):
        follow_signer(session, campaign_id=campaign.id)
    assert (application.applicant_id, former) != (former, person.id)
    assert application.applicant_id == person.id


def test_what_is_closed_stays_with_who_signed_it(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    application = ApplicationFactory(campaign=campaign)
    application.status, former = "determined", application.applicant_id
    make_signer(session, campaign, join(session, campaign))
    follow_signer(session, campaign_id=campaign.id)
    assert application.applicant_id == former


def test_of_what_nobody_runs_the_applicant_stays_the_same(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    application = ApplicationFactory(campaign=campaign)
    former = application.applicant_id
    leave(session, campaign_id=campaign.id, actor=Actor("person", campaign.initiator_id))
    follow_signer(session, campaign_id=campaign.id)
    assert application.applicant_id == former
    assert applicants_of(session, application.id) == {former}
    assert applicants_of(session, None) == frozenset()
