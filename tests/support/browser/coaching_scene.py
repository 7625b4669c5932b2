"""A plan of which a coach changed words, for its pages: one that waits, some that were answered."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_WORD, Values
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from voorjebuurt.campaigns.coaching import talk
from voorjebuurt.campaigns.coaching.models import CoachEdit
from voorjebuurt.campaigns.coaching.rules import EDIT_PARTS
from voorjebuurt.campaigns.coaching.service import answer_edit, edit_words
from voorjebuurt.campaigns.funders import service
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import ReviewPart
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.people.models import Person


def coaching_values(
    session: Session, people: dict[str, Person], secret_key: str
) -> dict[str, list[Values]]:
    """The addresses of its pages, for a coach and for the resident who runs it."""
    campaign = CampaignFactory(
        status="submitted", initiator=people["resident"], title=LONG_WORD[:80]
    )
    session.flush()
    coach, resident = actor_of(people["coach"], "coach"), actor_of(people["resident"])
    for changes in ({"needs": LONG_WORD, "for_whom": LONG_WORD}, {"story": f"Nu: {LONG_WORD}."}):
        words = {part: str(getattr(campaign, part)) for part in EDIT_PARTS} | changes
        edit_words(session, campaign_id=campaign.id, words=words, actor=coach)
    answer_edit(
        session,
        campaign_id=campaign.id,
        edit_id=_edit(session, campaign, "needs").id,
        is_kept=True,
        actor=resident,
    )
    talk.ask(session, campaign_id=campaign.id, body=f"Wie {LONG_WORD}?", actor=coach)
    talk.answer(session, campaign_id=campaign.id, body=LONG_WORD, actor=resident)
    own: list[Values] = [{"campaign_id": campaign.id}]
    tokens, remarks = _looks(session, campaign, resident, secret_key)
    return {
        "coach.edit_plan": own,
        "coach.show_review": own,
        "coach.show_talk": own,
        "public.look_along": [{"token": token} for token in tokens],
        "resident.answer_funder_remark": [{**own[0], "remark_id": each} for each in remarks],
        "resident.list_funder_links": own,
        "resident.show_talk": own,
        "resident.list_coach_edits": own,
        "resident.show_campaign": own,
    }


def _looks(
    session: Session, campaign: Campaign, initiator: Actor, secret_key: str
) -> tuple[list[str], list[UUID]]:
    """Two who look along: one remarked three things, of which one is answered and one is gone."""
    links = [
        service.make_link(
            session,
            campaign_id=campaign.id,
            reader=LONG_WORD[:60],
            last_day=clock.today() + timedelta(days=days),
            shows_members=days == 9,
            secret_key=secret_key,
            actor=initiator,
        )
        for days in (9, 20)
    ]
    tokens = [service.token_of(secret_key, link) for link in links]
    remarks = [
        service.leave_remark(
            session,
            token=tokens[0],
            remark=service.Remark(LONG_WORD[:60], LONG_WORD[:60], f"{body} {LONG_WORD}", part),
        )
        for body, part in (("Wat?", ReviewPart.BUDGET), ("Wie?", None), ("Waar?", None))
    ]
    service.answer_remark(
        session, campaign_id=campaign.id, remark_id=remarks[1], text=LONG_WORD, actor=initiator
    )
    service.remove_remark(session, campaign_id=campaign.id, remark_id=remarks[2], actor=initiator)
    return tokens, remarks


def _edit(session: Session, campaign: Campaign, part: str) -> CoachEdit:
    is_this = (CoachEdit.campaign_id == campaign.id, CoachEdit.part == part)
    return session.scalars(select(CoachEdit).where(*is_this)).one()
