"""Questions about a fund in every state, for the pages that show them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_EMAIL, LONG_WORD, Values
from tests.support.factories.matching import closing_fund
from tests.support.mailed_links import mailed_token
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.questions import service as questions
from voorjebuurt.matching.questions.states import QuestionOutcome
from voorjebuurt.places.models import Neighbourhood


def question_values(
    session: Session, buurt: Neighbourhood, officer: Actor
) -> dict[str, list[Values]]:
    """One that nobody confirmed, one that waits, and one with each outcome."""
    fund = closing_fund(municipality=None, municipality_id=buurt.municipality_id)
    ids, tokens = [], []
    for number in range(5):
        question_id = questions.ask(
            session,
            fund_id=fund.id,
            text=f"{LONG_WORD} mag een school ook meedoen? ({number})",
            email=f"q{number}.{LONG_EMAIL}",
            locale="nl",
        )
        ids.append(question_id)
        mail = select(MailMessage).where(
            MailMessage.key == f"{questions.CONFIRM_TEMPLATE}:{question_id}"
        )
        tokens.append(mailed_token(session, session.scalars(mail).one()))
    for token in tokens[1:]:
        questions.confirm(session, token=token)
    for question_id, outcome in zip(ids[2:], QuestionOutcome, strict=True):
        questions.answer(
            session,
            question_id=question_id,
            outcome=outcome,
            text=f"Ja, dat mag. {LONG_WORD}",
            public_text=f"Mag een school meedoen? {LONG_WORD}",
            actor=officer,
        )
    return {
        "public.ask_about_fund": [{"slug": fund.slug}],
        "public.show_fund": [{"slug": fund.slug}],
        "public.confirm_question": [{"token": token} for token in (*tokens, "x" * 43)],
        "officer.answer_question": [{"question_id": each} for each in ids[1:]],
    }
