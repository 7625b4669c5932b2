"""A funder remarks something, and who makes the plan makes and closes links, at the same moment."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.deeds_at_once import Alone, Build, no_deadlock
from tests.support.factories.campaigns import CampaignFactory
from tests.support.members import signer_of
from voorjebuurt.campaigns.funders import service
from voorjebuurt.campaigns.funders.models import FunderLink, FunderRemark
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError

SECRET = "s" * 40


def scene_of(session: Session) -> tuple[UUID, Actor]:
    campaign = CampaignFactory(status="draft")
    session.flush()
    return campaign.id, signer_of(campaign)


def link_for(session: Session, campaign_id: UUID, actor: Actor) -> UUID:
    return service.make_link(
        session,
        campaign_id=campaign_id,
        reader="Buurtfonds",
        last_day=clock.today() + timedelta(days=5),
        shows_members=False,
        secret_key=SECRET,
        actor=actor,
    )


def test_a_remark_comes_before_the_link_is_closed_or_not_at_all(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    campaign_id, initiator = build(scene_of)
    link_id = build(lambda session: link_for(session, campaign_id, initiator))
    token = service.token_of(SECRET, link_id)
    close = partial(service.revoke_link, campaign_id=campaign_id, link_id=link_id, actor=initiator)
    says = [
        partial(service.leave_remark, token=token, remark=service.Remark("Ida", "", body))
        for body in ("Een", "Twee", "Drie")
    ]
    results = at_once(*[alone(deed) for deed in says], alone(close))
    no_deadlock(results)
    refusals = [each for each in results if isinstance(each, DomainError)]
    assert {each.code for each in refusals} <= {"funder_link_closed"}
    with fresh_database.reading() as session:
        link = session.get_one(FunderLink, link_id)
        moments = session.scalars(select(FunderRemark.remarked_at)).all()
        assert link.revoked_at is not None
        assert len(moments) == 3 - len(refusals)
        assert all(moment <= link.revoked_at for moment in moments)


def test_two_who_make_links_at_once_never_have_more_than_ten(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    campaign_id, initiator = build(scene_of)
    for _link in range(8):
        build(lambda session: link_for(session, campaign_id, initiator))
    make = partial(link_for, campaign_id=campaign_id, actor=initiator)
    results = at_once(*[alone(make) for _each in range(4)])
    no_deadlock(results)
    assert sum(isinstance(each, DomainError) for each in results) == 2
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count(FunderLink.id))) == 10
