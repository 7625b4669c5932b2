"""Reading campaigns: one for its desk or its page, lists as rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, bindparam, case, exists, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.members.acting import runs
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.rules import (
    CampaignKind,
    CampaignStatus,
    Gap,
    PitchFacts,
    gaps,
)
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.places.queries import current
from voorjebuurt.settings import CampaignSettings

OPEN = ("live", "closing")


class DraftRow(NamedTuple):
    """A draft that can be gone on with."""

    id: UUID
    title: str


class OwnCampaignRow(NamedTuple):
    """A campaign in its initiator's own list (eurocents)."""

    id: UUID
    slug: str
    title: str
    status: str
    theme: str | None
    neighbourhood: str | None
    goal_cents: int | None
    closes_at: datetime | None
    created_at: datetime


class QueueRow(NamedTuple):
    """A pitch that waits for a coach. ``waiting_for``: whose turn it is, coach or initiator."""

    id: UUID
    title: str
    initiator_name: str
    municipality: str
    neighbourhood: str | None
    goal_cents: int
    submitted_at: datetime
    deadline_on: date
    waiting_for: str
    coach_id: UUID | None
    coach: str | None


class NoteRow(NamedTuple):
    """Something said in review."""

    id: UUID
    kind: str
    body: str
    at: datetime
    author_id: UUID
    author_name: str
    part: str | None


class CountRow(NamedTuple):
    """How many open campaigns there are in a neighbourhood."""

    code: str
    name: str
    campaigns: int
    municipality_id: UUID
    municipality: str


_desk = (
    select(
        Campaign.id,
        Campaign.slug,
        Campaign.title,
        Campaign.status,
        Campaign.theme,
        Neighbourhood.name,
        Campaign.goal_cents,
        Campaign.closes_at,
        Campaign.created_at,
    )
    .outerjoin(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
    .where(runs(bindparam("person_id", type_=Uuid())))
    .order_by(Campaign.created_at.desc(), Campaign.id.desc())
)
_notes = (
    select(
        ReviewNote.id,
        ReviewNote.kind,
        ReviewNote.body,
        ReviewNote.at,
        ReviewNote.author_id,
        Person.name,
        ReviewNote.part,
    )
    .join(Person, Person.id == ReviewNote.author_id)
    .where(ReviewNote.campaign_id == bindparam("campaign_id"))
    .order_by(ReviewNote.at, ReviewNote.id)
)
_last_word = (
    select(ReviewNote.kind)
    .where(
        ReviewNote.campaign_id == Campaign.id,
        ReviewNote.at >= Campaign.submitted_at,
        ReviewNote.kind != "advice",  # it waits for nobody
    )
    .order_by(ReviewNote.at.desc(), ReviewNote.id.desc())
    .limit(1)
    .scalar_subquery()
)
_Coach = aliased(Person)
_queue = (
    select(
        Campaign.id,
        Campaign.title,
        Person.name,
        Municipality.name,
        Neighbourhood.name,
        Campaign.goal_cents,
        Campaign.submitted_at,
        Campaign.deadline_on,
        case((_last_word == "question", "initiator"), else_="coach"),
        Campaign.coach_id,
        _Coach.name,
    )
    .join(Person, Person.id == Campaign.initiator_id)
    .outerjoin(_Coach, _Coach.id == Campaign.coach_id)
    .join(Municipality, Municipality.id == Campaign.municipality_id)
    .outerjoin(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
    .where(Campaign.status == CampaignStatus.SUBMITTED.value)
    .order_by(Campaign.submitted_at, Campaign.id)
)
_name = func.array_agg(aggregate_order_by(Neighbourhood.name, Neighbourhood.vintage.desc()))
_by_neighbourhood = (
    select(
        Neighbourhood.code,
        _name[1].label("name"),
        func.count(Campaign.id),
        Municipality.id.label("municipality_id"),
        Municipality.name.label("municipality"),
    )
    .join(Municipality, Municipality.id == Neighbourhood.municipality_id)
    .outerjoin(
        Campaign, (Campaign.neighbourhood_id == Neighbourhood.id) & Campaign.status.in_(OPEN)
    )
    # A campaign counts where it is, also when its neighbourhood was registered for another year.
    .where(Neighbourhood.kind == "buurt", or_(current(), Campaign.id.is_not(None)))
    .group_by(Neighbourhood.code, Municipality.id)
    .order_by(func.unaccent(func.lower(_name[1])), Neighbourhood.code)
)


def is_unclaimed(session: Session, campaign_id: UUID) -> bool:
    """Whether it was begun by a guest, with an address that was not confirmed for it yet."""
    names = select(Campaign.guest_name).where(Campaign.id == campaign_id)
    return session.scalar(names) is not None


def municipality_id(session: Session, campaign_id: UUID) -> UUID | None:
    """The municipality a campaign belongs to."""
    return session.scalar(select(Campaign.municipality_id).where(Campaign.id == campaign_id))


def is_guest_draft(session: Session, campaign_id: UUID) -> bool:
    """Whether a campaign is a draft that nobody confirmed as theirs yet."""
    is_theirs = select(Campaign.id).where(
        Campaign.id == campaign_id,
        Campaign.status == CampaignStatus.DRAFT,
        Campaign.guest_name.is_not(None),
    )
    return session.scalar(is_theirs) is not None


def campaigns_of(session: Session, person_id: UUID) -> Sequence[OwnCampaignRow]:
    """A person's own campaigns, newest first."""
    return [OwnCampaignRow._make(row) for row in session.execute(_desk, {"person_id": person_id})]


def drafts(
    session: Session, *, person_id: UUID | None, campaign_ids: Collection[UUID]
) -> Sequence[DraftRow]:
    """Drafts of a person and those with these ids, the newest first."""
    statement = select(Campaign.id, Campaign.title).where(
        Campaign.status == CampaignStatus.DRAFT.value,
        or_(
            runs(person_id),
            Campaign.id.in_(campaign_ids),
        ),
    )
    rows = session.execute(statement.order_by(Campaign.created_at.desc(), Campaign.id))
    return [DraftRow._make(row) for row in rows]


def review_notes(session: Session, campaign_id: UUID) -> Sequence[NoteRow]:
    """What was said in review, oldest first."""
    return [NoteRow._make(row) for row in session.execute(_notes, {"campaign_id": campaign_id})]


def review_queue(
    session: Session,
    *,
    municipality_id: UUID | None = None,
    coach_id: UUID | None = None,
    is_free: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> Sequence[QueueRow]:
    """Every pitch in review, the one that waits longest first.

    ``coach_id``: those that this coach took; ``is_free``: those that nobody did.
    """
    statement = _queue.limit(limit).offset(offset)
    if municipality_id is not None:
        statement = statement.where(Campaign.municipality_id == municipality_id)
    if coach_id is not None:
        statement = statement.where(Campaign.coach_id == coach_id)
    if is_free:
        statement = statement.where(Campaign.coach_id.is_(None))
    return [QueueRow._make(row) for row in session.execute(statement)]


def open_remarks(session: Session, campaign_id: UUID) -> Sequence[tuple[str, str]]:
    """What coaches asked about parts of a plan since it was handed in: part and words.

    Handing it in again is the answer to all of it.
    """
    statement = (
        select(ReviewNote.part, ReviewNote.body)
        .join(Campaign, Campaign.id == ReviewNote.campaign_id)
        .where(
            ReviewNote.campaign_id == campaign_id,
            ReviewNote.part.is_not(None),
            ReviewNote.at >= Campaign.submitted_at,
            Campaign.status.in_([CampaignStatus.SUBMITTED, CampaignStatus.RETURNED]),
        )
        .order_by(ReviewNote.at, ReviewNote.id)
    )
    return [(row[0] or "", row[1]) for row in session.execute(statement)]


def queue_towns(session: Session) -> Sequence[tuple[UUID, str]]:
    """The municipalities that have a pitch in review, by name."""
    has_pitch = exists().where(
        Campaign.municipality_id == Municipality.id,
        Campaign.status == CampaignStatus.SUBMITTED.value,
    )
    statement = select(Municipality.id, Municipality.name).where(has_pitch)
    return [(row[0], row[1]) for row in session.execute(statement.order_by(Municipality.name))]


def coach_of(session: Session, campaign_id: UUID) -> tuple[UUID, str] | None:
    """Which coach took the pitch to review it, and their name."""
    statement = select(Person.id, Person.name).join(Campaign, Campaign.coach_id == Person.id)
    row = session.execute(statement.where(Campaign.id == campaign_id)).one_or_none()
    return None if row is None else (row[0], row[1])


def neighbourhood_counts(session: Session) -> Sequence[CountRow]:
    """Every neighbourhood by name, with its number of open campaigns."""
    return [CountRow._make(row) for row in session.execute(_by_neighbourhood)]


def open_counts(session: Session, municipality_id: UUID) -> Mapping[str, int]:
    """How many open campaigns there are in each neighbourhood (its code) that has any."""
    statement = (
        select(Neighbourhood.code, func.count())
        .join(Campaign, Campaign.neighbourhood_id == Neighbourhood.id)
        .where(Campaign.municipality_id == municipality_id, Campaign.status.in_(OPEN))
        .group_by(Neighbourhood.code)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def picture_keys(session: Session) -> frozenset[str]:
    """The keys of all pictures that campaigns use."""
    statement = select(Campaign.picture_key).where(Campaign.picture_key.is_not(None))
    return frozenset(key for key in session.scalars(statement) if key)


def pitch_facts(campaign: Campaign) -> PitchFacts:
    """What a pitch says so far, for the rules."""
    return PitchFacts(
        title=campaign.title,
        summary=campaign.summary,
        for_whom=campaign.for_whom,
        theme=campaign.theme,
        has_place=campaign.neighbourhood_id is not None,
        kind=CampaignKind(campaign.kind),
        budget_cents=sum(line.amount_cents for line in campaign.budget),
        goal_cents=campaign.goal_cents,
        minimum_cents=campaign.minimum_cents,
        deadline_on=campaign.deadline_on,
        story=campaign.story,
        worse_off=campaign.worse_off,
        leftovers=campaign.leftovers,
        has_picture=campaign.picture_key is not None,
        picture_alt=campaign.picture_alt,
    )


def pitch_gaps(session: Session, campaign_id: UUID, bounds: CampaignSettings) -> list[Gap]:
    """What keeps a pitch from being submitted today, in the order of its steps."""
    campaign = session.get_one(Campaign, campaign_id)
    return gaps(pitch_facts(campaign), bounds, today=clock.today())
