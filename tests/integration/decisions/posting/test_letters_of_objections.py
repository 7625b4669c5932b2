"""Letters about objections go by post to who wants paper, and to who has no account here."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.case_steps import heard, objected, ruled
from tests.support.factories.rounds import given
from tests.support.factories.towns import Town, admitted, divided, officer, town
from voorjebuurt.decisions.case_letters.models import CaseLetter
from voorjebuurt.decisions.case_letters.service import contents_of
from voorjebuurt.decisions.letters.courses import case_letter
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.intake.service import Objector, register_objection
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection
from voorjebuurt.decisions.objections.proceedings.notices import notice_pdf
from voorjebuurt.decisions.objections.proceedings.steps import record_step
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.overviews.posted_letters import posted_pdf
from voorjebuurt.decisions.posting.queries import postings_of_case
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.mail.models import MailMessage
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


def objected_by_neighbour(session: Session, case: Town, rosa: Actor) -> Objection:
    """An objection of somebody else to the award, registered by an officer."""
    decision = case.send(session, "award", 50_000)
    objection_id: UUID = register_objection(
        session,
        decision_id=decision.id,
        grounds="Wij hebben er last van.",
        channel="letter",
        received_on=clock.today(),
        posted_on=None,
        objector=Objector("Bewoners Duinlaan", "Duinlaan 4\n2042 AA  ZONNEDAM"),
        actor=rosa,
    )
    return session.get_one(Objection, objection_id)


def others_letters(session: Session, case: Town) -> dict[str, str]:
    """What the applicant reads on paper of objections of others, by kind."""
    statement = select(CaseLetter).where(CaseLetter.application_id == case.application.id)
    return {
        row.kind: case_letter(*contents_of(session, row)).text for row in session.scalars(statement)
    }


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("rejected", "Ons besluit blijft zoals het was."),
        ("partly_upheld", "Ons besluit geldt niet meer."),
    ],
)
def test_an_applicant_who_wants_paper_reads_of_the_objection_of_somebody_else(
    session: Session, outcome: str, sentence: str
) -> None:
    """Awb 7:2, 7:12: they may be heard, and know what was decided."""
    case = case_on_paper(session)
    place = case.fund.municipality_id
    two = officer(session, place, "Rosa"), officer(session, place, "Bram")
    given(case.campaign, 50_000, at=clock.now() - timedelta(days=1))
    objection = objected_by_neighbour(session, case, two[0])
    later = clock.today() + timedelta(days=14)
    for kind, note in (
        (StepKind.INVITATION, StepNote(clock.today(), until=later, place="14.00 uur, raadhuis")),
        (StepKind.EXTENSION, StepNote(clock.today(), body="Het is druk.")),
    ):
        record_step(session, objection_id=objection.id, kind=kind, note=note, actor=two[0])
    heard(session, objection, two[0])
    new = Replacement("award", 50_000, (), "De reden was niet goed.")
    ruled(session, objection, outcome, new if outcome == "partly_upheld" else None, by=two)
    letters = others_letters(session, case)
    assert set(letters) == {"other_objection", "other_hearing", "other_extension", "other_ruling"}
    for text in letters.values():
        assert text.count(objection.number) >= 2
        assert "Bewoners Duinlaan" not in text
    assert "14.00 uur, raadhuis" in letters["other_hearing"]
    assert "Het is druk." in letters["other_extension"]
    assert sentence in letters["other_ruling"]
    more_time = select(MailMessage).where(MailMessage.template == "objection_extended")
    assert session.scalars(more_time).one().context["own"] is False
    own = [each for each in postings_of_case(session, case.application.id) if "other" in each.kind]
    assert {posting.kind for posting in own} == set(letters)
    for posting in own:
        assert posting.address.startswith("Stichting De Molen\nNoor de Wit\nMolenstraat 12-3")
        assert (posted_pdf(session, posting, two[0]) or b"").startswith(b"%PDF")


@pytest.mark.parametrize("is_heard", [False, True])
def test_that_an_objection_was_withdrawn_is_written_to_who_objected_and_who_applied(
    session: Session, is_heard: bool
) -> None:
    """Awb 6:21; the hearing that was still to come is off."""
    case = case_on_paper(session)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    given(case.campaign, 50_000, at=clock.now() - timedelta(days=1))
    objection = objected_by_neighbour(session, case, rosa)
    later = clock.today() + timedelta(days=14)
    note = StepNote(clock.today(), until=later, place="14.00 uur, raadhuis")
    record_step(session, objection_id=objection.id, kind=StepKind.INVITATION, note=note, actor=rosa)
    if is_heard:
        heard(session, objection, rosa)
    withdraw_objection(session, objection_id=objection.id, reason="Per brief.", actor=rosa)
    text = others_letters(session, case)["other_withdrawal"]
    assert f"{objection.number}.\n\nDat bezwaar is op" in text
    assert "Bewoners Duinlaan" not in text
    assert ("gaat niet door" in text) is not is_heard
    query = select(MailMessage).where(MailMessage.template == "objection_withdrawn")
    mail = session.scalars(query).one()
    assert (mail.context["own"], bool(mail.context["hearing_on"])) == (False, not is_heard)
    letters = {
        posting.kind: posting
        for posting in postings_of_case(session, case.application.id)
        if "withdrawal" in posting.kind
    }
    assert set(letters) == {"other_withdrawal", "objection_withdrawal"}
    assert letters["objection_withdrawal"].address.startswith("Bewoners Duinlaan")
    assert letters["other_withdrawal"].address.startswith("Stichting De Molen")
    for posting in letters.values():
        assert (posted_pdf(session, posting, rosa) or b"").startswith(b"%PDF")


def test_what_an_officer_withdrew_for_an_applicant_on_paper_is_confirmed_on_paper(
    session: Session,
) -> None:
    case = case_on_paper(session)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    assert notice_pdf(session, objection.id, "withdrawal", rosa) is None
    withdraw_objection(session, objection_id=objection.id, reason="Per brief.", actor=rosa)
    assert "objection_withdrawal" in kinds(session, case)
    assert "other_withdrawal" not in others_letters(session, case)


def test_who_withdrew_online_needs_no_letter(session: Session) -> None:
    case = case_on_paper(session)
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    withdraw_objection(session, objection_id=objection.id, actor=case.initiator)
    assert not [kind for kind in kinds(session, case) if "withdrawal" in kind]


def test_who_reads_mails_has_no_letter_of_the_objection_of_somebody_else(session: Session) -> None:
    case = case_on_paper(session, electronic=True)
    objected_by_neighbour(session, case, officer(session, case.fund.municipality_id, "Rosa"))
    assert others_letters(session, case) == {}
    assert kinds(session, case) == ["objection_receipt"]
