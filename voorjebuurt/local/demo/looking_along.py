"""Others who look at a campaign: a funder before it is live, and who reports its page."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.abuse import reporting
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.rules import AbuseReason, AbuseThing
from voorjebuurt.campaigns.funders import service as funders
from voorjebuurt.campaigns.funders.models import FunderLink, FunderRemark
from voorjebuurt.campaigns.rules import ReviewPart
from voorjebuurt.local.demo.episode_stories import FunderStory, ReportStory
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story, email_of
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.secret_links import secret_context


def show_funders(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """A link for each, what they remark by it, and the answer; each step once."""
    for funder in story.episodes.funders:
        link_id = _link(stage, story, campaign_id, funder)
        remark_id = _remark(stage, link_id, funder)
        if funder.answer:
            _answer(stage, story, campaign_id, remark_id, funder)


def _link(stage: Stage, story: Story, campaign_id: UUID, funder: FunderStory) -> UUID:
    with stage.scene(funder.day, 9, 10) as session:
        statement = select(FunderLink.id).where(
            FunderLink.campaign_id == campaign_id, FunderLink.reader == funder.reader
        )
        return session.scalar(statement) or funders.make_link(
            session,
            campaign_id=campaign_id,
            reader=funder.reader,
            last_day=stage.today + timedelta(funder.until),
            shows_members=True,
            secret_key=stage.runtime.settings.secret_key,
            actor=initiator(session, story.initiator),
        )


def _remark(stage: Stage, link_id: UUID, funder: FunderStory) -> UUID:
    with stage.scene(funder.day, 15, 35) as session:
        funders.note_look(session, link_id)
        part = ReviewPart(funder.part) if funder.part else None
        remark = funders.Remark(funder.name, funder.organisation, funder.remark, part)
        token = funders.token_of(stage.runtime.settings.secret_key, link_id)
        return funders.leave_remark(session, token=token, remark=remark)


def _answer(
    stage: Stage, story: Story, campaign_id: UUID, remark_id: UUID, funder: FunderStory
) -> None:
    with stage.scene(funder.day, 20, 45) as session:
        if session.get_one(FunderRemark, remark_id).answered_at is None:
            funders.answer_remark(
                session,
                campaign_id=campaign_id,
                remark_id=remark_id,
                text=funder.answer,
                actor=initiator(session, story.initiator),
            )


def report(stage: Stage, campaign_id: UUID, story: ReportStory) -> None:
    """Somebody reports the page, and follows the link that shows that the address is theirs."""
    with stage.scene(story.day, 21, 20) as session:
        words = reporting.Reporting(
            AbuseReason(story.reason), story.text, email_of(story.reporter), "nl"
        )
        reporting.report_abuse(
            session, thing=AbuseThing.CAMPAIGN, thing_id=campaign_id, reporting=words
        )
    with stage.scene(story.day, 21, 30) as session:
        row = _report(session, campaign_id, story)
        if row is not None and row.confirmed_at is None:
            reporting.confirm_report(session, token=_token(stage, session, row.id))


def _report(session: Session, campaign_id: UUID, story: ReportStory) -> AbuseReport | None:
    return session.scalar(
        select(AbuseReport).where(
            AbuseReport.campaign_id == campaign_id, AbuseReport.text == story.text
        )
    )


def _token(stage: Stage, session: Session, report_id: UUID) -> str:
    """The secret of the link that was mailed, made again."""
    key = f"{reporting.CONFIRM_TEMPLATE}:{report_id}"
    mail = session.scalars(select(MailMessage).where(MailMessage.key == key)).one()
    link = secret_context(session, stage.runtime.settings.secret_key, mail)
    return str(link["path"]).rpartition("/")[2]
