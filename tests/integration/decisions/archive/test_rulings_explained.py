"""A decision on an objection is explained, and what was changed behind its back shows."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, ruled
from tests.support.factories.towns import Town
from tests.support.objections import AWARD, NOW, divided_town, heard_objection, judges
from voorjebuurt.decisions.archive.ruling_explanation import (
    ruling_as_json,
    ruling_explanation_of,
    ruling_lines,
)
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.intake.service import Objector, register_objection
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import NotFoundError


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    return divided_town(session)


@pytest.fixture
def ruling(session: Session, case: Town) -> ObjectionRuling:
    """A refusal is revoked on the objections of the applicant and of a neighbour."""
    two = judges(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    lead = heard_objection(session, case, two[0], refusal)
    other_id = register_objection(
        session,
        decision_id=refusal.id,
        grounds="Wij willen het ook.",
        channel="letter",
        received_on=clock.today(),
        posted_on=None,
        objector=Objector("Buurvrouw", "Duinlaan 4"),
        actor=two[0],
    )
    heard(session, session.get_one(Objection, other_id), two[0])
    return ruled(session, lead, "upheld", AWARD, by=two, joined=[other_id])


def test_what_was_decided_and_every_letter_come_out_again(
    session: Session, ruling: ObjectionRuling
) -> None:
    explanation = ruling_explanation_of(session, ruling.number)
    assert explanation.same
    lines = "\n".join(ruling_lines(explanation, "nl")).replace("\u00a0", " ")
    new = explanation.snapshot.replacement
    assert new is not None
    assert f"Beslissing {ruling.number} op bezwaar" in lines
    assert "Uitkomst: gegrond." in lines
    assert f"In de plaats komt besluit {new['number']}: toekenning, € 500,00." in lines
    assert lines.count("opnieuw gemaakt") == 2
    assert "ANDERS" not in lines
    assert ruling_as_json(explanation)["same"] is True


def test_an_objection_leads_to_the_decision_on_it(
    session: Session, ruling: ObjectionRuling
) -> None:
    for key in (ruling.objection_id, *ruling.joined):
        number = session.scalar(text("SELECT number FROM objections WHERE id = :id"), {"id": key})
        assert ruling_explanation_of(session, str(number)).snapshot.number == ruling.number
    with pytest.raises(NotFoundError):
        ruling_explanation_of(session, "BZ-1999-0001")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("objection_rulings SET reason = 'Anders.'", "ruling"),
        ("objection_rulings SET replacement = replacement || ' '", "replacement"),
        ("joined_letters SET snapshot_sha256 = 'x'", "own_snapshot"),
        ("joined_letters SET letter = letter || 'x'::bytea", "own_letter_kept"),
    ],
)
def test_what_was_changed_behind_its_back_shows(
    session: Session, ruling: ObjectionRuling, change: str, code: str
) -> None:
    session.flush()
    session.execute(text(f"ALTER TABLE {change.split()[0]} DISABLE TRIGGER USER"))
    session.execute(text(f"UPDATE {change}"))
    session.expire_all()
    explanation = ruling_explanation_of(session, ruling.number)
    assert not explanation.same
    assert code in {check.code for check in explanation.checks if not check.same}
