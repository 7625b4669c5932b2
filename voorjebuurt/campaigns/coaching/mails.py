"""The mails about what a coach changed in a plan."""

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.coaching.models import CoachEdit
from voorjebuurt.campaigns.members.acting import everybody_now
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person


def words_edited(session: Session, campaign: Campaign, edit: CoachEdit) -> None:
    """Tell who runs a plan that a coach changed words of it; once, until they said yes or no."""
    for person in everybody_now(session, campaign):
        _queue(
            session,
            campaign,
            "coach_edit_waits",
            edit,
            person,
            links.my_coach_edits(campaign.id),
        )


def edits_answered(session: Session, campaign: Campaign, edit: CoachEdit) -> None:
    """Tell the coach that nothing of what they changed waits any more."""
    editor = session.get_one(Person, edit.edited_by)
    _queue(session, campaign, "coach_edit_answered", edit, editor, links.review(campaign.id))


def _queue(
    session: Session, campaign: Campaign, template: str, edit: CoachEdit, reader: Person, path: str
) -> None:
    queue_mail(
        session,
        key=f"{template}:{edit.id}:{reader.id}",
        template=template,
        recipient=reader.email,
        locale=reader.locale,
        name=reader.name,
        title=campaign.title,
        path=path,
    )
