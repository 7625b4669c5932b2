"""Own words at the same moment: one version is begun, approved once, and never changed by it."""

from uuid import UUID

from sqlalchemy import func, select

from tests.support.at_once import at_once, without_errors
from tests.support.factories.base import building_in
from tests.support.factories.own_words import TEXTS, proposed_words
from tests.support.factories.people import appointer
from tests.support.factories.places import MunicipalityFactory
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.ownwords import service
from voorjebuurt.ownwords.models import OwnWords
from voorjebuurt.ownwords.wording import read_wording


def three_officers(database: Database) -> tuple[UUID, list[Actor]]:
    with database.writing() as session, building_in(session):
        place_id: UUID = MunicipalityFactory().id
        return place_id, [appointer(session, place_id) for _ in range(3)]


def test_two_who_begin_at_once_write_the_same_version(fresh_database: Database) -> None:
    place_id, (first, second, _) = three_officers(fresh_database)

    def begun(actor: Actor) -> UUID:
        with fresh_database.writing() as session:
            return service.begin(session, municipality_id=place_id, actor=actor)

    ids = without_errors(at_once(lambda: begun(first), lambda: begun(second)))
    assert len(set(ids)) == 1
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OwnWords)) == 1


def test_an_approval_meets_a_return(fresh_database: Database) -> None:
    """Either it counts as it was, or it is a draft again: never both, and no word is lost."""
    place_id, (writer, second, third) = three_officers(fresh_database)
    with fresh_database.writing() as session:
        wording_id = proposed_words(session, place_id, writer)

    def approved() -> None:
        with fresh_database.writing() as session:
            service.approve(session, wording_id=wording_id, actor=second)

    def returned() -> None:
        with fresh_database.writing() as session:
            service.give_back(session, wording_id=wording_id, remark="Nee", actor=third)

    results = at_once(approved, returned)
    refusals = [each for each in results if isinstance(each, Exception)]
    assert [type(each) for each in refusals] == [TransitionError]
    with fresh_database.reading() as session:
        row = session.get_one(OwnWords, wording_id)
        assert (row.status == "approved") == (row.approved_by == second.person_id)
        assert (row.status == "draft") == (row.remark == "Nee")


def test_two_sections_written_at_once_are_both_kept(fresh_database: Database) -> None:
    place_id, (first, second, _) = three_officers(fresh_database)
    with fresh_database.writing() as session:
        wording_id = service.begin(session, municipality_id=place_id, actor=first)

    def written(kind: str, actor: Actor) -> None:
        with fresh_database.writing() as session:
            service.write(
                session,
                wording_id=wording_id,
                changes={"court": TEXTS["court"]} if kind == "award" else {},
                parts=(kind, {"opening": kind}),
                actor=actor,
            )

    without_errors(at_once(lambda: written("award", first), lambda: written("refusal", second)))
    with fresh_database.reading() as session:
        words = read_wording(session.get_one(OwnWords, wording_id).words)
    assert words.part("award", "opening") == "award"
    assert words.part("refusal", "opening") == "refusal"
    assert words.court == TEXTS["court"]
