"""Letters about objections go by post to who wants paper, and to who has no account here."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.case_steps import heard, objected, ruled
from tests.support.factories.towns import Town, admitted, divided, officer, town
from voorjebuurt.decisions.objections.intake.service import Objector, register_objection
from voorjebuurt.decisions.objections.proceedings.steps import record_step
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.overviews.posted_letters import posted_pdf
from voorjebuurt.decisions.posting.queries import postings_of_case
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applicants.service import keep_details


def case_on_paper(session: Session, *, electronic: bool = False) -> Town:
    """A case whose applicant gets letters by post, or not."""
    case = town(session)
    keep_details(
        session,
        application=case.application,
        details=details(electronic=electronic),
        actor=case.initiator,
    )
    admitted(session, case.application, case.olga)
    divided(session, case.fund, {case.application.id: 50_000})
    return case


def kinds(session: Session, case: Town) -> list[str]:
    return [posting.kind for posting in postings_of_case(session, case.application.id)]


def test_every_letter_of_an_objection_of_who_wants_paper_is_posted(session: Session) -> None:
    case = case_on_paper(session)
    place = case.fund.municipality_id
    two = officer(session, place, "Rosa"), officer(session, place, "Bram")
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    later = clock.today() + timedelta(days=14)
    for kind, note in (
        (StepKind.QUESTION, StepNote(clock.today(), until=later, detail="authority")),
        (StepKind.INVITATION, StepNote(clock.today(), until=later, place="14.00 uur, raadhuis")),
        (StepKind.EXTENSION, StepNote(clock.today(), body="Het is druk.")),
        (StepKind.COMPLETION, StepNote(clock.today(), body="Noor de Wit.")),
    ):
        record_step(session, objection_id=objection.id, kind=kind, note=note, actor=two[0])
    heard(session, objection, two[0])
    new = Replacement("refusal", 0, ("rule",), "Om een andere reden.")
    ruled(session, objection, "partly_upheld", new, by=two)
    assert sorted(kinds(session, case)) == [
        "decision",
        "decision",
        "objection_extension",
        "objection_invitation",
        "objection_question",
        "objection_receipt",
        "ruling",
    ]
    for posting in postings_of_case(session, case.application.id):
        assert posting.address.startswith("Stichting De Molen\nNoor de Wit\nMolenstraat 12-3")
        pdf = posted_pdf(session, posting, two[0])
        assert pdf
        assert pdf.startswith(b"%PDF"), posting.kind


def test_who_agreed_to_electronic_letters_gets_none_by_post(session: Session) -> None:
    case = case_on_paper(session, electronic=True)
    objected(session, case, case.send(session, "refusal", 0, "requirement"))
    assert kinds(session, case) == []


def test_another_party_and_who_acts_for_somebody_get_theirs_by_post(session: Session) -> None:
    case = case_on_paper(session, electronic=True)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    decision = case.send(session, "award", 50_000)
    for objector in (
        Objector("Bewoners Duinlaan", "Duinlaan 4\n2042 AA  ZONNEDAM"),
        Objector("Buurman", "Duinlaan 6\n2042 AA  ZONNEDAM", "mr. De Haan", "Postbus 1"),
    ):
        register_objection(
            session,
            decision_id=decision.id,
            grounds="Wij hebben er last van.",
            channel="letter",
            received_on=clock.today(),
            posted_on=None,
            objector=objector,
            actor=rosa,
        )
    assert [posting.address for posting in postings_of_case(session, case.application.id)] == [
        "Bewoners Duinlaan\nDuinlaan 4\n2042 AA  ZONNEDAM",
        "mr. De Haan\nPostbus 1\nnamens Buurman",
    ]
