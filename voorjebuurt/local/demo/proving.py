"""An officer asks for proof of what was awarded, and the initiator shows it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.inquiries.answers import answer_inquiry
from voorjebuurt.decisions.inquiries.questions import ProofQuestion, ask_for_proof
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.rules.inquiries import InquiryGround
from voorjebuurt.kernel import clock
from voorjebuurt.local.demo.applying import application_of
from voorjebuurt.local.demo.fund_stories import FundStory, Proof
from voorjebuurt.local.demo.funding import officer
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story

_DAYS = 28
"""How long the initiator gets to answer."""


def ask_to_show(
    stage: Stage, story: Story, proof: Proof, fund: FundStory, campaign_id: UUID, fund_id: UUID
) -> None:
    """The question on its day, and the answer on another; the officer has yet to look at it."""
    with stage.scene(proof.on, 11, 20) as session:
        application = application_of(session, campaign_id, fund_id)
        if application is not None and _inquiry(session, application.id) is None:
            question = ProofQuestion(
                InquiryGround.CAUSE.value,
                proof.cause,
                proof.asked,
                clock.today() + timedelta(days=_DAYS),
            )
            actor = officer(stage, fund.editor)
            ask_for_proof(session, application_id=application.id, question=question, actor=actor)
    with stage.scene(proof.answered, 20, 40) as session:
        application = application_of(session, campaign_id, fund_id)
        inquiry = None if application is None else _inquiry(session, application.id)
        if inquiry is not None and inquiry.answered_at is None:
            author = initiator(session, story.initiator)
            answer_inquiry(session, inquiry_id=inquiry.id, answer=proof.answer, actor=author)


def _inquiry(session: Session, application_id: UUID) -> Inquiry | None:
    return session.scalar(select(Inquiry).where(Inquiry.application_id == application_id))
