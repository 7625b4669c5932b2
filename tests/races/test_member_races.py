"""Several who run a campaign do something at the same moment."""

from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.deeds_at_once import Alone, Build, no_deadlock
from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.members import join, signer_of
from voorjebuurt.campaigns.members.models import CampaignInvitation
from voorjebuurt.campaigns.members.queries import members_of
from voorjebuurt.campaigns.members.rules import MOST_MEMBERS
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.together.invitations import accept_invitation, invite
from voorjebuurt.campaigns.together.service import ask_handover, leave, take_over
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.payouts.agreeing import agree_to_payee
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.payees import submit_payee


def codes(results: list[object]) -> list[str]:
    no_deadlock(results)
    wrong = [r for r in results if isinstance(r, Exception) and not isinstance(r, DomainError)]
    assert wrong == []
    return sorted(result.code for result in results if isinstance(result, DomainError))


def test_the_last_places_are_not_taken_twice(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    """Five were invited while there was room; then two came by other invitations."""

    def scene(session: Session) -> tuple[UUID, list[tuple[UUID, Actor]]]:
        campaign = CampaignFactory(status="live")
        session.flush()
        guest = []
        for number in range(MOST_MEMBERS - 1):
            email = f"p{number}@voorbeeld.example"
            person = PersonFactory(email=email, verified_at=clock.now())
            session.flush()
            invite(
                session,
                campaign_id=campaign.id,
                email=email,
                locale="nl",
                actor=signer_of(campaign),
            )
            row = select(CampaignInvitation.id).where(CampaignInvitation.email == email)
            guest.append((session.scalars(row).one(), actor_of(person)))
        for _ in range(3):
            join(session, campaign)
        return campaign.id, guest

    campaign_id, guest = build(scene)
    deeds = [
        alone(partial(accept_invitation, invitation_id=row_id, is_public=False, actor=actor))
        for row_id, actor in guest
    ]
    assert codes([*at_once(*deeds)]) == ["members_full"] * 3
    with fresh_database.reading() as session:
        assert len(members_of(session, campaign_id)) == MOST_MEMBERS


def test_one_who_presses_twice_joins_once(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, UUID, Actor]:
        campaign = CampaignFactory(status="live")
        person = PersonFactory(email="noor@voorbeeld.example", verified_at=clock.now())
        session.flush()
        invite(
            session,
            campaign_id=campaign.id,
            email=person.email,
            locale="nl",
            actor=signer_of(campaign),
        )
        row_id = session.scalars(select(CampaignInvitation.id)).one()
        return campaign.id, row_id, actor_of(person)

    campaign_id, row_id, actor = build(scene)
    deed = alone(partial(accept_invitation, invitation_id=row_id, is_public=False, actor=actor))
    assert codes([*at_once(deed, deed, deed)]) == []
    with fresh_database.reading() as session:
        assert len(members_of(session, campaign_id)) == 2


def test_when_all_leave_at_once_somebody_signs_or_the_campaign_says_that_nobody_does(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, list[Actor]]:
        campaign = CampaignFactory(status="live")
        session.flush()
        others = [actor_of(join(session, campaign)) for _ in range(3)]
        return campaign.id, [signer_of(campaign), *others]

    campaign_id, actors = build(scene)
    refusals = codes(
        [*at_once(*[alone(partial(leave, campaign_id=campaign_id, actor=a)) for a in actors])]
    )
    with fresh_database.reading() as session:
        campaign = session.get_one(Campaign, campaign_id)
        rest = members_of(session, campaign_id)
        if refusals == ["hand_over_first"]:
            assert [row.signs for row in rest] == [True]
            assert campaign.orphaned_at is None
        else:
            assert (refusals, rest) == ([], [])
            assert campaign.orphaned_at is not None
            assert campaign.pledges_stopped_at is not None


def test_the_last_who_leaves_twice_at_once_leaves_once(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, Actor]:
        campaign = CampaignFactory(status="live")
        session.flush()
        return campaign.id, signer_of(campaign)

    campaign_id, actor = build(scene)
    deed = alone(partial(leave, campaign_id=campaign_id, actor=actor))
    assert codes([*at_once(deed, deed)]) == []
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign_id).orphaned_at is not None


def test_who_takes_over_and_leaves_at_once_leaves_somebody_who_signs(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def scene(session: Session) -> tuple[UUID, Actor, Actor]:
        campaign = CampaignFactory(status="live")
        session.flush()
        signer, other = signer_of(campaign), actor_of(join(session, campaign))
        row = members_of(session, campaign.id)[1]
        ask_handover(session, campaign_id=campaign.id, member_id=row.id, actor=signer)
        return campaign.id, signer, other

    campaign_id, signer, other = build(scene)
    results = at_once(
        alone(partial(take_over, campaign_id=campaign_id, actor=other)),
        alone(partial(leave, campaign_id=campaign_id, actor=signer)),
    )
    assert codes([*results]) in ([], ["hand_over_first"])
    with fresh_database.reading() as session:
        campaign = session.get_one(Campaign, campaign_id)
        assert campaign.initiator_id == other.person_id
        assert campaign.orphaned_at is None


def _proposal(session: Session) -> tuple[UUID, UUID, list[Actor]]:
    case = make.payable_campaign(session)
    others = [make.actor(join(session, case.campaign)) for _ in range(2)]
    submit_payee(
        session,
        campaign_id=case.campaign.id,
        holder="Buurtgroep",
        iban=make.IBAN,
        cooling_off_days=7,
        sealer=make.SEALER,
        actor=others[0],
    )
    payee_id = session.scalars(select(Payee.id)).one()
    return case.campaign.id, payee_id, [case.initiator, *others]


def test_two_who_agree_at_once_agree_once(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    _, payee_id, (signer, _, third) = build(_proposal)
    agree = partial(agree_to_payee, payee_id=payee_id, cooling_off_days=7, sealer=make.SEALER)
    results = at_once(alone(partial(agree, actor=signer)), alone(partial(agree, actor=third)))
    assert codes([*results]) == []
    with fresh_database.reading() as session:
        payee = session.get_one(Payee, payee_id)
        assert payee.status == "submitted"
        assert payee.agreed_by in (signer.person_id, third.person_id)


def test_who_leaves_while_another_agrees_leaves_two_who_agreed_or_none(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    campaign_id, payee_id, (signer, proposer, _) = build(_proposal)
    results = at_once(
        alone(
            partial(
                agree_to_payee,
                payee_id=payee_id,
                cooling_off_days=7,
                sealer=make.SEALER,
                actor=signer,
            )
        ),
        alone(partial(leave, campaign_id=campaign_id, actor=proposer)),
    )
    refusals = codes([*results])
    with fresh_database.reading() as session:
        status = session.get_one(Payee, payee_id).status
    assert (refusals, status) in (
        ([], "submitted"),
        (["payee_proposal_over"], "proposal"),
    )
