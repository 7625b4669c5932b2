"""What can be reported, as everybody sees it now; None for what nobody can read."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.abuse.rules import AbuseThing
from voorjebuurt.campaigns.funders.models import FunderRemark
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.queries import is_shown
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.queries import is_tribute
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.queries import COUNTS
from voorjebuurt.pledges.rules import GiftPart

_ON_PAGE = Campaign.status.in_(sorted(PUBLIC))


class ShownThing(NamedTuple):
    """A thing that everybody can read, the campaign on whose page it is, and its words."""

    kind: AbuseThing
    id: UUID
    campaign_id: UUID
    title: str
    slug: str
    words: str


def shown_thing(session: Session, kind: AbuseThing, thing_id: UUID) -> ShownThing | None:
    """The thing as its page shows it now. What a funder remarked is read by few: see the screen."""
    statement = _WORDS[kind](thing_id)
    if kind is not AbuseThing.FUNDER_REMARK:  # it stands at a plan that is not public
        statement = statement.where(_ON_PAGE)
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    campaign_id, title, slug, *words = row
    return ShownThing(kind, thing_id, campaign_id, title, slug, "\n\n".join(filter(None, words)))


def _campaign(thing_id: UUID) -> Select[*tuple[Any, ...]]:
    return select(
        Campaign.id,
        Campaign.title,
        Campaign.slug,
        Campaign.title.label("heading"),
        Campaign.summary,
        Campaign.story,
    ).where(Campaign.id == thing_id)


def _update(thing_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Campaign.id, Campaign.title, Campaign.slug, CampaignUpdate.title, CampaignUpdate.body
        )
        .join(CampaignUpdate, CampaignUpdate.campaign_id == Campaign.id)
        .where(CampaignUpdate.id == thing_id, is_shown())
    )


def _question(thing_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Campaign.id,
            Campaign.title,
            Campaign.slug,
            CampaignQuestion.name,
            CampaignQuestion.text,
            CampaignQuestion.answer,
        )
        .join(CampaignQuestion, CampaignQuestion.campaign_id == Campaign.id)
        .where(
            CampaignQuestion.id == thing_id,
            CampaignQuestion.confirmed_at.is_not(None),
            CampaignQuestion.hidden_at.is_(None),
        )
    )


def _gift_message(thing_id: UUID) -> Select[*tuple[Any, ...]]:
    """The message, and whose memory or on whose behalf it is: as far as the page shows them."""
    has_message = and_(Pledge.message != "", ~_is_hidden())
    return (
        select(
            Campaign.id,
            Campaign.title,
            Campaign.slug,
            case((has_message, Pledge.message), else_=""),
            case((is_tribute(), Dedication.name), else_=""),
            case((is_tribute(), Dedication.words), else_=""),
        )
        .join(Pledge, Pledge.campaign_id == Campaign.id)
        .outerjoin(Dedication, Dedication.pledge_id == Pledge.id)
        .where(Pledge.id == thing_id, or_(has_message, is_tribute()), COUNTS)
    )


def _funder_remark(thing_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(Campaign.id, Campaign.title, Campaign.slug, FunderRemark.name, FunderRemark.body)
        .join(FunderRemark, FunderRemark.campaign_id == Campaign.id)
        .where(FunderRemark.id == thing_id, FunderRemark.removed_at.is_(None))
    )


def _is_hidden() -> ColumnElement[bool]:
    return exists().where(
        and_(HiddenWords.pledge_id == Pledge.id, HiddenWords.part == GiftPart.MESSAGE.value)
    )


_WORDS: Mapping[AbuseThing, Callable[[UUID], Select[*tuple[Any, ...]]]] = {
    AbuseThing.CAMPAIGN: _campaign,
    AbuseThing.UPDATE: _update,
    AbuseThing.QUESTION: _question,
    AbuseThing.GIFT_MESSAGE: _gift_message,
    AbuseThing.FUNDER_REMARK: _funder_remark,
}
