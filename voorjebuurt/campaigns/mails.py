"""The mails about a pitch, its review and stops of giving: one for each turn, in the reader's
language."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import touched_at
from voorjebuurt.campaigns.members.acting import everybody_now, has_part, mail_turn
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.mail import links
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.queries import written_at
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
    _tell(session, campaign, "campaign_submitted", turn)
    for coach_id, email, locale in emails_with_role(session, Role.COACH):
        if has_part(session, campaign.id, coach_id):
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


def decided(session: Session, campaign: Campaign, note: ReviewNote) -> None:
    """Tell the initiator what came of the review: returned, rejected or approved."""
    is_approval = note.kind == "approved"
    _tell(
        session,
        campaign,
        f"campaign_{note.kind}",
        str(note.id),
        path=links.campaign(campaign.slug) if is_approval else links.my_campaign(campaign.id),
        body=note.body,
        last_day=clock.noon(campaign.deadline_on).isoformat() if campaign.deadline_on else None,
    )


def withdrawn(session: Session, campaign: Campaign) -> None:
    """Confirm to the initiator that the plan was taken back."""
    day = clock.noon(clock.today()).isoformat()
    _tell(session, campaign, "campaign_withdrawn", str(campaign.id), withdrawn_on=day)


def question_asked(
    session: Session, campaign: Campaign, question_id: UUID, asker: str, question: str
) -> None:
    """Tell the initiator what somebody asks about the campaign, for everybody to read."""
    _tell(
        session,
        campaign,
        "campaign_asked",
        str(question_id),
        path=links.my_question(campaign.id, question_id),
        asker=asker,
        question=question,
    )


def question_answered(
    session: Session,
    campaign: Campaign,
    reader: Reader,
    question_id: UUID,
    question: str,
    answer: str,
) -> None:
    """Tell who asked what the answer is."""
    _queue(
        session,
        reader,
        campaign,
        "campaign_question_answered",
        str(question_id),
        path=links.campaign_questions(campaign.slug),
        question=question,
        answer=answer,
    )


def question_hidden(
    session: Session, campaign: Campaign, reader: Reader, turn: str, question: str, reason: str
) -> None:
    """Tell who asked that staff keep the question off the page, and why."""
    _queue(
        session,
        reader,
        campaign,
        "campaign_question_hidden",
        turn,
        path=links.campaign(campaign.slug),
        question=question,
        reason=reason,
    )


def update_hidden(
    session: Session, campaign: Campaign, update_id: UUID, update_title: str, reason: str
) -> None:
    """Tell the initiator that staff keep an update off the page, and why."""
    _tell(
        session,
        campaign,
        "update_hidden",
        f"{update_id}:{clock.now().isoformat()}",
        path=links.my_updates(campaign.id),
        update_title=update_title,
        reason=reason,
    )


def page_words_hidden(
    session: Session, campaign: Campaign, *, what: str, turn: str, reason: str
) -> None:
    """Tell who runs a campaign which words of theirs are kept off its page (``what``), and why:
    what a ``change`` said before and after, or the reason of a ``stop``.
    """
    _tell(
        session,
        campaign,
        "page_words_hidden",
        turn,
        path=links.campaign_changes(campaign.slug) if what == "change" else None,
        what=what,
        reason=reason,
    )


def page_changed(session: Session, campaign: Campaign) -> None:
    """Tell the coach who approved the plan that its page changed since; or all of them.

    Once a day at most: the page that it leads to has all of it.
    """
    approvers = select(ReviewNote.author_id).where(
        ReviewNote.campaign_id == campaign.id, ReviewNote.kind == "approved"
    )
    approver_ids = set(session.scalars(approvers))
    coaches = emails_with_role(session, Role.COACH)
    mine = [coach for coach in coaches if coach[0] in approver_ids]
    for coach_id, email, locale in mine or coaches:
        _queue(
            session,
            Reader(email, "", locale),
            campaign,
            "campaign_changed_coach",
            f"{campaign.id}:{clock.today().isoformat()}:{coach_id}",
            path=links.campaign_changes(campaign.slug),
        )


def draft_waits(session: Session, campaign: Campaign, since: datetime) -> None:
    """Remind the initiator of a draft that nobody changed since a moment."""
    _tell_of_draft(session, campaign, "draft_waits", since)


def draft_ends(session: Session, campaign: Campaign, since: datetime, *, erase_on: date) -> None:
    """Warn the initiator on which day an untouched draft is erased."""
    _tell_of_draft(
        session, campaign, "draft_ends", since, erase_on=clock.noon(erase_on).isoformat()
    )


def draft_warned_at(session: Session, campaign: Campaign, since: datetime) -> datetime | None:
    """When the initiator was warned about a draft that nobody changed since a moment."""
    return written_at(session, f"draft_ends:{_turn(campaign, since)}")


def _tell_of_draft(
    session: Session, campaign: Campaign, template: str, since: datetime, **context: Any
) -> None:
    _tell(
        session,
        campaign,
        template,
        _turn(campaign, since),
        campaign_id=str(campaign.id),
        changed_at=since.isoformat(),
        **context,
    )


def _turn(campaign: Campaign, since: datetime) -> str:
    return f"{campaign.id}:{since.isoformat()}"


def _is_untouched(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the plan is a draft that nobody changed since the mail was written."""
    row = _campaign_of(session, context)
    if row is None or row.status != CampaignStatus.DRAFT:
        return False
    return touched_at(session, row) == datetime.fromisoformat(context["changed_at"])


def giving_stopped(session: Session, campaign: Campaign, stopped_at: datetime) -> None:
    """Tell the initiator that nobody can give for now. The reason is for staff only."""
    _tell_of_stop(session, campaign, "campaign_paused", stopped_at)


def giving_resumed(session: Session, campaign: Campaign, stopped_at: datetime) -> None:
    """Tell the initiator that people can give again; ``stopped_at`` is when that stopped."""
    _tell_of_stop(session, campaign, "campaign_resumed", stopped_at)


def stop_context(campaign: Campaign, stopped_at: datetime) -> dict[str, str | None]:
    """What a mail says of a stop of giving, and what tells later whether it still holds."""
    last_day = campaign.deadline_on
    return {
        "stopped_at": stopped_at.isoformat(),
        "deadline_on": last_day.isoformat() if last_day else None,
    }


def _tell_of_stop(
    session: Session, campaign: Campaign, template: str, stopped_at: datetime
) -> None:
    _tell(
        session,
        campaign,
        template,
        f"{campaign.id}:{stopped_at.isoformat()}",
        campaign_id=str(campaign.id),
        **stop_context(campaign, stopped_at),
    )


def _is_stopped_since(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether giving is stopped as it was when the mail was written."""
    row = _campaign_of(session, context)
    return row is not None and row.pledges_stopped_at == datetime.fromisoformat(
        context["stopped_at"]
    )


def _takes_gifts(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether people can give: it was not stopped again, and the campaign is not over."""
    row = _campaign_of(session, context)
    return row is not None and row.status == CampaignStatus.LIVE and row.pledges_stopped_at is None


def _campaign_of(session: Session, context: Mapping[str, Any]) -> Campaign | None:
    return session.get(Campaign, UUID(context["campaign_id"]))


for _template in ("draft_waits", "draft_ends"):
    still_true(_template)(_is_untouched)
for _template in ("campaign_paused", "campaign_paused_donor"):
    still_true(_template)(_is_stopped_since)
for _template in ("campaign_resumed", "campaign_resumed_donor"):
    still_true(_template)(_takes_gifts)


def _tell(
    session: Session,
    campaign: Campaign,
    template: str,
    turn: str,
    **context: Any,
) -> None:
    """A mail to everybody who runs the campaign."""
    for person in everybody_now(session, campaign):
        own_turn = turn + mail_turn(campaign, person)
        _queue(session, _reader(person), campaign, template, own_turn, **context)


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
