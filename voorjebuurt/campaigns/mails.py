"""The mails about a pitch and its review: one for each turn, in the reader's own language."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.mail import links
from voorjebuurt.mail.secret_links import LINK_ID
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import emails_with_role, roles_of
from voorjebuurt.people.rules import DRAFT_LINK_DAYS, Role
from voorjebuurt.people.signin import DRAFT_TEMPLATE, make_link


class Reader(NamedTuple):
    """Whom a mail is for, and their language."""

    email: str
    name: str
    locale: str


def drafted(session: Session, campaign: Campaign, actor: Actor) -> None:
    """Tell the owner of an address that a draft was begun for it, with a link that leads to it.

    The first link signs its reader in, once; the second one holds no secret and lasts. Whoever
    began it may have typed the address of somebody else, who gets none of their words.
    """
    initiator = _initiator(session, campaign)
    page, lasts = links.my_campaign(campaign.id), timedelta(days=DRAFT_LINK_DAYS)
    link = {"path": page}  # who works here signs in anew: a link that lasts opens too much
    if not roles_of(session, initiator.id):
        email = initiator.email
        link_id = make_link(session, email=email, next_path=page, lasts=lasts, actor=actor)
        link = {LINK_ID: str(link_id)}
    queue_mail(
        session,
        key=f"campaign_draft:{campaign.id}",
        template=DRAFT_TEMPLATE,
        recipient=initiator.email,
        locale=initiator.locale,
        page_path=page,
        expires_on=clock.noon(clock.today() + lasts).isoformat(),
        **link,
    )


def submitted(session: Session, campaign: Campaign) -> None:
    """Tell the initiator that the pitch arrived, and the coaches that it waits."""
    initiator = _initiator(session, campaign)
    turn = f"{campaign.id}:{campaign.version}"
    _queue(session, _reader(initiator), campaign, "campaign_submitted", turn)
    for coach_id, email, locale in emails_with_role(session, Role.COACH):
        if coach_id == campaign.initiator_id:
            continue  # nobody reviews their own campaign
        _queue(
            session,
            Reader(email, "", locale),
            campaign,
            "review_waiting",
            f"{turn}:{coach_id}",
            path=links.review(campaign.id),
            initiator_name=initiator.name or initiator.email,
        )


def asked(session: Session, campaign: Campaign, note: ReviewNote) -> None:
    """Tell the initiator what the coach asks."""
    _queue(
        session,
        _reader(_initiator(session, campaign)),
        campaign,
        "campaign_question",
        str(note.id),
        body=note.body,
    )


def answered(session: Session, campaign: Campaign, note: ReviewNote) -> None:
    """Tell every coach who asked something about this pitch that there is an answer."""
    asked_by = select(ReviewNote.author_id).where(
        ReviewNote.campaign_id == campaign.id, ReviewNote.kind == "question"
    )
    for coach in session.scalars(select(Person).where(Person.id.in_(asked_by))).all():
        _queue(
            session,
            _reader(coach),
            campaign,
            "review_answered",
            f"{note.id}:{coach.id}",
            path=links.review(campaign.id),
            body=note.body,
        )


def decided(session: Session, campaign: Campaign, note: ReviewNote) -> None:
    """Tell the initiator what came of the review: returned, rejected or approved."""
    is_approval = note.kind == "approved"
    _queue(
        session,
        _reader(_initiator(session, campaign)),
        campaign,
        f"campaign_{note.kind}",
        str(note.id),
        path=links.campaign(campaign.slug) if is_approval else links.my_campaign(campaign.id),
        body=note.body,
        last_day=clock.noon(campaign.deadline_on).isoformat() if campaign.deadline_on else None,
    )


def _queue(
    session: Session,
    reader: Reader,
    campaign: Campaign,
    template: str,
    turn: str,
    *,
    path: str | None = None,
    **context: Any,
) -> None:
    queue_mail(
        session,
        key=f"{template}:{turn}",
        template=template,
        recipient=reader.email,
        locale=reader.locale,
        name=reader.name,
        title=campaign.title,
        path=path or links.my_campaign(campaign.id),
        **context,
    )


def _reader(person: Person) -> Reader:
    return Reader(person.email, person.name, person.locale)


def _initiator(session: Session, campaign: Campaign) -> Person:
    person = session.get(Person, campaign.initiator_id)
    if person is None:
        raise InvariantError(f"campaign {campaign.id} has no initiator")
    return person
