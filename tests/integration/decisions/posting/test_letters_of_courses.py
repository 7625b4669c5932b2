"""What an applicant must know on the way goes by post to who wants paper, and to nobody else."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.factories.towns import Town, admitted, divided, town
from voorjebuurt.decisions.case_letters.models import CaseLetter
from voorjebuurt.decisions.case_letters.service import contents_of
from voorjebuurt.decisions.letters.courses import case_letter
from voorjebuurt.decisions.overviews.posted_letters import posted_pdf
from voorjebuurt.decisions.posting.queries import Posting, postings_of_case
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.decisions.terms.extensions import extend_term
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.decisions.views.answers import drop_intention, extend_views
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applicants.service import keep_details

WEEK = timedelta(days=7)


def case_with(session: Session, **changes: Any) -> Town:
    """A case whose applicant said who applies."""
    case = town(session)
    keep_details(
        session, application=case.application, details=details(**changes), actor=case.initiator
    )
    return case


def intended(session: Session, case: Town) -> UUID:
    """A refusal that is intended, of which the applicant can give their views for two weeks."""
    admitted(session, case.application, case.olga)
    divided(session, case.fund, {case.application.id: 50_000})
    return state_intention(
        session,
        application_id=case.application.id,
        kind="refusal",
        amount_cents=0,
        grounds=["will_not_happen"],
        reason="Er is geen vergunning.",
        until=clock.today() + 2 * WEEK,
        actor=case.olga,
    )


def ask(session: Session, case: Town) -> None:
    """Ask for the budget, within two weeks."""
    ask_completion(
        session,
        application_id=case.application.id,
        missing="De begroting",
        until=clock.today() + 2 * WEEK,
        actor=case.olga,
    )


def lengthen(session: Session, case: Town, intention_id: UUID, until: date) -> None:
    """Give more time for views."""
    extend_views(
        session, intention_id=intention_id, until=until, reason="U bent ziek", actor=case.olga
    )


def posted(session: Session, case: Town, kind: str) -> list[Posting]:
    """The letters of one kind that go by post."""
    postings = postings_of_case(session, case.application.id)
    return [posting for posting in postings if posting.kind == kind]


def words(session: Session, posting: Posting) -> str:
    """What the letter says."""
    letter = session.get_one(CaseLetter, posting.subject_id)
    return case_letter(*contents_of(session, letter)).text


def test_the_question_to_complete_it_goes_by_post(session: Session) -> None:
    case = case_with(session, electronic=False)
    ask(session, case)
    [posting] = posted(session, case, "completion_question")
    assert (posting.number, posting.posted_at) == (case.application.number, None)
    assert "De begroting" in words(session, posting)
    assert (posted_pdf(session, posting, case.piet) or b"").startswith(b"%PDF")


def test_a_longer_term_to_decide_goes_by_post(session: Session) -> None:
    case = case_with(session, electronic=False)
    before = case.application.decide_by
    extend_term(
        session,
        application_id=case.application.id,
        until=before + WEEK,
        reason="Wij wachten op advies",
        actor=case.olga,
    )
    [posting] = posted(session, case, "term_extension")
    assert f"{before.day} " in words(session, posting)
    assert "Wij wachten op advies" in words(session, posting)


def test_each_extension_of_views_has_a_letter_of_its_own(session: Session) -> None:
    case = case_with(session, electronic=False)
    intention_id = intended(session, case)
    lengthen(session, case, intention_id, clock.today() + 3 * WEEK)
    lengthen(session, case, intention_id, clock.today() + 5 * WEEK)
    first, second = posted(session, case, "views_extension")
    assert words(session, first) != words(session, second)
    assert "artikel 4:7" in words(session, first)


def test_that_nothing_is_intended_any_more_goes_by_post(session: Session) -> None:
    case = case_with(session, electronic=False)
    drop_intention(
        session,
        intention_id=intended(session, case),
        reason="De vergunning is er",
        actor=case.olga,
    )
    [posting] = posted(session, case, "intention_end")
    assert "De vergunning is er" in words(session, posting)


def test_what_changes_later_changes_no_letter(session: Session) -> None:
    case = case_with(session, electronic=False)
    ask(session, case)
    [posting] = posted(session, case, "completion_question")
    before = words(session, posting)
    keep_details(
        session,
        application=case.application,
        details=details(electronic=False, organisation="Stichting Anders"),
        actor=case.initiator,
    )
    assert words(session, posting) == before
    with pytest.raises(IntegrityError, match="append"), session.begin_nested():
        session.execute(text("UPDATE case_letters SET number = 'x'"))


@pytest.mark.parametrize("has_details", [True, False])
def test_who_agreed_or_was_never_asked_reads_the_mail_only(
    session: Session, has_details: bool
) -> None:
    case = case_with(session) if has_details else town(session)
    ask(session, case)
    assert postings_of_case(session, case.application.id) == []
    assert session.scalars(select(CaseLetter)).all() == []
