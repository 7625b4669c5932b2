"""Asking for a rehearsal, running it as a job, and keeping what came of it."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.funds import desk, draft
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.places import (
    AreaFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.rehearsals import RehearsalFactory
from tests.support.fixtures_site import Committing
from tests.support.jobs import run_jobs
from tests.support.rehearsals import LIFTING, PLAIN, POOR, facts
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.matching.funds.rehearsals import last_rehearsal
from voorjebuurt.matching.models import Fund, Rehearsal
from voorjebuurt.matching.rehearsal import runner as running
from voorjebuurt.matching.rehearsal.comparison import NOTHING_BESIDE
from voorjebuurt.matching.rehearsal.computing import BrokenError, Computing, compute
from voorjebuurt.matching.rehearsal.queries import (
    rehearsal_input,
    rehearsal_municipality,
    rehearsal_view,
    rehearsals,
)
from voorjebuurt.matching.rehearsal.requests import FactsText, RulesetText, ask_rehearsal
from voorjebuurt.places.models import Municipality
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.settings import Settings

RULES = RulesetText(json.dumps(LIFTING), "recommended")
AGAINST = RulesetText(json.dumps(PLAIN), "Oud fonds")
FACTS = FactsText(json.dumps(facts()), "feiten.json")


def ask(session: Any, **others: Any) -> Rehearsal:
    fields = {"municipality_id": None, "rules": RULES, "against": AGAINST, "facts": FACTS}
    actor = others.pop("actor", None) or actor_of(PersonFactory(name="Chantal"), "staff")
    return ask_rehearsal(
        session, **{**fields, "indicators": ("p_hh_120",), "actor": actor, **others}
    )


@pytest.fixture
def town(committing: Committing) -> Municipality:
    """A municipality with two past campaigns: an early one where people are well off."""
    with committing():
        town = MunicipalityFactory(code="GM7701", name="Testdam")
        kwb = PlaceImportFactory(filename="kwb-2024.csv")
        history = (("BU77010102", 6, 3000, "Feest"), ("BU77010101", 31, 1000, "Bank"))
        for day, (code, figure, residents, title) in enumerate(history):
            place = NeighbourhoodFactory(municipality=town, code=code, parent_code="WK770101")
            for indicator, value in (("p_hh_120", figure), ("a_inw", residents)):
                AreaFigureFactory(
                    place_import=kwb, area_code=code, indicator=indicator, value=Decimal(value)
                )
            campaign = CampaignFactory(
                neighbourhood=place,
                status="succeeded",
                title=title,
                opened_at=datetime(2026, 1, 5 + day, tzinfo=UTC),
            )
            for _ in range(2):
                PledgeFactory(campaign=campaign, amount_cents=20_000)
        return town


def test_past_campaigns_are_rehearsed_and_kept_with_their_hashes(
    fresh_database: Database, settings: Settings, town: Municipality
) -> None:
    with fresh_database.writing() as session:
        rehearsal = ask(session, municipality_id=town.id, facts=None, actor=_staff(session))
        assert (rehearsal.status, rehearsal.progress, rehearsal.facts) == ("waiting", 0, None)
    assert run_jobs(fresh_database, settings) == ["matching.rehearse"]
    with fresh_database.reading() as session:
        view = rehearsal_view(session, rehearsal.id)
        assert view is not None
        assert (view.row.status, view.row.progress, view.row.source) == ("done", 100, "past")
        assert view.ruleset_sha256 == jsontext.sha256(LIFTING)
        assert view.against_sha256 == jsontext.sha256(PLAIN)
        input_text = rehearsal_input(session, rehearsal.id, "facts")
        assert hashlib.sha256(certain(input_text).encode()).hexdigest() == view.facts_sha256
        changes = {row["title"]: row["change"] for row in certain(view.outcome)["campaigns"]}
        assert changes == {"Feest": "loses", "Bank": "comes_in"}
        assert certain(view.outcome)["bands"]["residents"] == 4000
        (file,) = certain(view.outcome)["files"]
        assert file["filename"] == "kwb-2024.csv"


def test_only_done_rehearsals_of_exactly_these_rules_count(
    fresh_database: Database, settings: Settings, town: Municipality
) -> None:
    with fresh_database.writing() as session:
        rehearsal = ask(session, municipality_id=town.id, facts=None, actor=_staff(session))
        sha256 = rehearsal.ruleset_sha256
        assert last_rehearsal(session, ruleset_sha256=sha256, municipality_id=town.id) is None
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        last_id = last_rehearsal(session, ruleset_sha256=sha256, municipality_id=town.id)
        assert last_id == rehearsal.id
        other = jsontext.sha256({**LIFTING, "ceiling_cents": 40_001})
        assert last_rehearsal(session, ruleset_sha256=other, municipality_id=town.id) is None
        assert last_rehearsal(session, ruleset_sha256=sha256, municipality_id=uuid4()) is None


def test_a_draft_of_exactly_these_rules_is_rehearsed_then(
    fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    with committing() as session:
        at = desk()
        fund = draft(session, at)
        PledgeFactory(campaign=CampaignFactory(neighbourhood=at.buurt, status="succeeded"))
        place, rules = at.buurt.municipality_id, RulesetText(fund.draft_rules, fund.name)
        rehearsal = ask(session, municipality_id=place, rules=rules, facts=None, actor=at.writer)
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        row = session.get_one(Fund, fund.id)
        assert (row.status, row.rehearsal_id) == ("rehearsed", rehearsal.id)


def test_a_file_of_facts_is_rehearsed(fresh_database: Database, settings: Settings) -> None:
    with fresh_database.writing() as session:
        rehearsal = ask(session, actor=_staff(session), against=None)
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        view = rehearsal_view(session, rehearsal.id)
        assert certain(view).row.facts_name == "feiten.json"
        assert certain(view).row.has_against is False
        assert len(certain(certain(view).outcome)["campaigns"]) == 4
        assert certain(certain(view).outcome)["files"] == []


def test_what_is_done_does_not_change_any_more(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session:
        rehearsal = ask(session, actor=_staff(session))
    run_jobs(fresh_database, settings)
    with pytest.raises(IntegrityError), fresh_database.writing() as session:
        session.get_one(Rehearsal, rehearsal.id).outcome = {}
    with pytest.raises(IntegrityError), fresh_database.writing() as session:
        session.delete(session.get_one(Rehearsal, rehearsal.id))


def test_a_rehearsal_runs_again_after_its_worker_was_killed(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session:
        rehearsal = ask(session, actor=_staff(session))
        rehearsal.status, rehearsal.progress = "running", 60
    runtime = Runtime(fresh_database, settings)
    running.run_rehearsal(runtime, rehearsal.id)
    running.run_rehearsal(runtime, rehearsal.id)
    with fresh_database.reading() as session:
        assert certain(rehearsal_view(session, rehearsal.id)).row.status == "done"
        statement = select(AuditEvent).where(AuditEvent.action == "rehearsal.done")
        assert len(session.scalars(statement).all()) == 1


def test_when_it_breaks_whoever_waits_is_told(
    fresh_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    with fresh_database.writing() as session:
        rehearsal = ask(session, actor=_staff(session))
    monkeypatch.setattr(running, "compute", broken)
    with pytest.raises(ZeroDivisionError):
        running.run_rehearsal(Runtime(fresh_database, settings), rehearsal.id)
    with fresh_database.reading() as session:
        view = rehearsal_view(session, rehearsal.id)
        assert (certain(view).row.status, certain(view).failure, certain(view).outcome) == (
            "failed",
            "broken",
            None,
        )


def test_one_that_takes_too_long_is_ended_and_nothing_of_it_is_kept(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session:
        rehearsal = ask(session, actor=_staff(session))
    haste = replace(settings, matching=replace(settings.matching, rehearsal_seconds=0))
    running.run_rehearsal(Runtime(fresh_database, haste), rehearsal.id)
    with fresh_database.reading() as session:
        view = certain(rehearsal_view(session, rehearsal.id))
        assert (view.row.status, view.failure, view.outcome) == ("failed", "time", None)
        events = session.scalars(
            select(AuditEvent.reason).where(AuditEvent.action == "rehearsal.failed")
        )
        assert events.all() == ["time"]


def test_what_is_computed_aside_breaks_without_a_word_of_the_facts() -> None:
    computing = Computing({"rules": RULES.text, "facts": FACTS.text}, ("p_hh_120",), NOTHING_BESIDE)
    with pytest.raises(BrokenError) as error:
        compute(
            replace(
                computing, beside=replace(NOTHING_BESIDE, residents=cast(Any, {POOR: "geheim"}))
            ),
            seconds=60,
            progress=lambda _: None,
        )
    assert str(error.value).startswith("TypeError in ")
    assert "geheim" not in str(error.value)


def test_rules_that_meanwhile_are_not_allowed_are_told(
    fresh_database: Database, settings: Settings
) -> None:
    """Between asking and running, an indicator left the allowlist."""
    with fresh_database.writing() as session:
        rules = RulesetText(json.dumps({**LIFTING, "ceiling_cents": 1}))
        rehearsal = ask(session, rules=rules, actor=_staff(session))
        rehearsal.rules = rehearsal.rules.replace("p_hh_120", "p_origin")
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        view = rehearsal_view(session, rehearsal.id)
        assert (certain(view).row.status, certain(view).failure) == ("failed", "refused")
        assert certain(view).faults[0]["path"] == "rules.equity.indicator"
        assert certain(view).faults[0]["nl"] != certain(view).faults[0]["en"]


def test_campaigns_that_are_gone_when_it_runs_are_told(
    fresh_database: Database, settings: Settings, town: Municipality
) -> None:
    with fresh_database.writing() as session:
        rehearsal = ask(session, municipality_id=town.id, facts=None, actor=_staff(session))
        rehearsal.municipality_id = None
    with fresh_database.writing() as session:
        elsewhere = session.get_one(Rehearsal, rehearsal.id)
        elsewhere.municipality_id = _place(session)
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        assert certain(rehearsal_view(session, rehearsal.id)).failure == "no_campaigns"


def test_all_that_does_not_validate_is_told_at_once(session: Session) -> None:
    with pytest.raises(RefusedError) as error:
        ask(session, rules=RulesetText("{"), facts=FactsText("["))
    assert [fault.path for fault in error.value.faults] == ["rules", "facts"]
    with pytest.raises(RefusedError) as error:
        ask(session, against=RulesetText("{}"), facts=FactsText('{"applications": 1}'))
    roots = {fault.path.partition(".")[0] for fault in error.value.faults}
    assert roots == {"against", "facts"}
    assert session.scalars(select(Rehearsal)).all() == []


def test_a_rehearsal_needs_something_to_try_the_rules_on(session: Session) -> None:
    with pytest.raises(DomainError, match="rehearsal_place_missing"):
        ask(session, facts=None)
    with pytest.raises(DomainError, match="no_past_campaigns"):
        ask(session, facts=None, municipality_id=MunicipalityFactory().id)


def test_the_list_has_the_latest_first_and_only_what_may_be_seen(session: Session) -> None:
    here, elsewhere = MunicipalityFactory(name="Hier"), MunicipalityFactory()
    by_place = [ask(session, municipality_id=place) for place in (here.id, elsewhere.id, None)]
    everything = rehearsals(session, limit=9)
    assert [row.id for row in everything] == [rehearsal.id for rehearsal in reversed(by_place)]
    (mine,) = rehearsals(session, municipality_ids=[here.id], limit=9)
    assert (mine.municipality, mine.asked_by, mine.rules_name) == ("Hier", "Chantal", "recommended")
    assert rehearsal_municipality(session, by_place[0].id) == here.id
    assert rehearsal_municipality(session, uuid4()) is None
    assert rehearsal_view(session, uuid4()) is None


def _staff(session: Any) -> Any:
    person = PersonFactory.build(name="Chantal")
    session.add(person)
    session.flush()
    return actor_of(person, "staff")


def _place(session: Any) -> Any:
    place = MunicipalityFactory.build()
    session.add(place)
    session.flush()
    return place.id


def test_of_one_municipality_three_wait_at_once(session: Session) -> None:
    here, elsewhere = MunicipalityFactory(), MunicipalityFactory()
    for status in ("waiting", "running", "waiting"):
        RehearsalFactory(municipality_id=here.id, status=status)
    RehearsalFactory(municipality_id=here.id)

    with pytest.raises(DomainError) as refusal:
        ask(session, municipality_id=here.id)
    assert (refusal.value.code, refusal.value.field) == ("rehearsals_at_once", "rules")
    assert ask(session, municipality_id=elsewhere.id).status == "waiting"
    assert ask(session, municipality_id=None).status == "waiting"
