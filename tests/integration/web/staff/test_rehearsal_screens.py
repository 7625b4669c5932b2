"""The pages of rehearsals: asking, waiting, seeing what came of it, keeping it apart."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.funds import Desk, desk, draft
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.places import AreaFigureFactory, MunicipalityFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.rehearsals import RehearsalFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from tests.support.pages import elements
from tests.support.rehearsals import LIFTING, facts
from voorjebuurt.kernel.db import Database
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.rehearsal.queries import rehearsals
from voorjebuurt.settings import Settings

NEW = "/beheer/oefeningen/nieuw"
PRESETS = {
    "rules": "preset:recommended",
    "against": "preset:first_come",
    "ceiling": "1000",
    "source": "past",
}


@dataclass
class Town(Desk):
    """The same with a draft that Anna wrote."""

    fund: Fund


@pytest.fixture
def town(committing: Committing) -> Town:
    """A municipality with two officers, a fund's draft and a past campaign of € 500."""
    with committing() as session:
        at = desk()
        town = Town(at.buurt, at.anna, at.bram, draft(session, at))
        AreaFigureFactory(area_code=town.buurt.code, value=30)
        campaign = CampaignFactory(
            neighbourhood=town.buurt,
            status="succeeded",
            title="Een bank op het plein",
            opened_at=datetime(2026, 1, 5, tzinfo=UTC),
        )
        for _ in range(5):
            PledgeFactory(campaign=campaign, amount_cents=10_000)
        return town


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    """A browser in which somebody of staff is signed in."""
    with committing():
        person = PersonFactory()
        RoleGrantFactory(person_id=person.id, role="staff")
    return signed_in(person)


def shown(answer: TestResponse) -> str:
    """The text of a page."""
    text = elements(html.fromstring(answer.data), "//main")[0].text_content()
    return " ".join(text.replace("\xa0", " ").split())


def file(data: object, name: str = "bestand.json") -> tuple[BytesIO, str]:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return io.BytesIO(content), name


def test_staff_rehearse_on_past_campaigns_and_see_it_under_way_and_done(
    staff: FlaskClient, town: Town, fresh_database: Database, settings: Settings
) -> None:
    place = str(town.buurt.municipality_id)
    answer = staff.post(NEW, data={**PRESETS, "municipality_id": place})
    assert answer.status_code == 302, shown(answer)
    waiting = staff.get(answer.location)
    assert waiting.headers["Refresh"] == "4"
    assert "De regels worden uitgerekend" in shown(waiting)
    assert "Refresh" not in staff.get(f"{answer.location}?stil=1").headers
    run_jobs(fresh_database, settings)
    page = staff.get(answer.location)
    assert "Refresh" not in page.headers
    text = shown(page)
    for part in (
        "Proefberekening: Aanbevolen regels",
        "Vergeleken met: Een euro voor een euro, wie het eerst komt.",
        "Een bank op het plein",
        "100% van het geld gaat naar buurten waar de meeste mensen weinig geld hebben.",
        "Hoeveel bewoners daar wonen is niet bekend.",
        "Controlecode van de acties",
        "+€ 100",
    ):
        assert part in text
    assert "Een euro voor een euro" in shown(staff.get("/beheer/oefeningen"))


def test_an_officer_rehearses_the_draft_of_a_fund(
    signed_in: SignIn, town: Town, fresh_database: Database, settings: Settings
) -> None:
    officer = signed_in(town.anna)
    form = officer.get(f"/gemeente/oefeningen/nieuw?regels=draft:{town.fund.id}")
    choice = html.fromstring(form.data).xpath("//select[@name='rules']/option[@selected]/@value")
    assert choice == [f"draft:{town.fund.id}"]
    answer = officer.post(
        "/gemeente/oefeningen/nieuw",
        data={
            **PRESETS,
            "rules": choice[0],
            "municipality_id": str(town.buurt.municipality_id),
        },
    )
    assert answer.status_code == 302, shown(answer)
    run_jobs(fresh_database, settings)
    assert f"Proefberekening: {town.fund.name}" in shown(officer.get(answer.location))
    assert town.fund.name in shown(officer.get("/gemeente/oefeningen"))


def test_files_of_rules_and_campaigns(
    staff: FlaskClient, fresh_database: Database, settings: Settings
) -> None:
    data = {
        "rules": "file",
        "rules_file": file(LIFTING, "regels.json"),
        "against": "none",
        "source": "file",
        "facts_file": file(facts(), "feiten.json"),
    }
    answer = staff.post(NEW, data=data)
    assert answer.status_code == 302, shown(answer)
    run_jobs(fresh_database, settings)
    text = shown(staff.get(answer.location))
    assert "Proefberekening: regels.json" in text
    assert "te weinig donateurs" in text
    assert "Ter vergelijking" not in text
    download = staff.get(f"{answer.location}/acties.json")
    assert download.headers["Content-Disposition"] == 'attachment; filename="acties.json"'
    assert json.loads(download.data) == facts()
    assert staff.get(f"{answer.location}/vergelijking.json").status_code == 404
    assert staff.get(f"{answer.location}/anders.json").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ceiling": ""}, "Vul in hoeveel geld er te verdelen is."),
        ({"ceiling": "veel"}, "Vul een bedrag in"),
        ({"rules": "file"}, "Kies een bestand."),
        ({"against": "file"}, "Kies een bestand."),
        ({"source": "file"}, "Kies een bestand."),
        ({"municipality_id": ""}, "Kies de gemeente waarvan u eerdere acties wilt gebruiken."),
        ({"rules": "preset:x"}, "deze keuze is er niet meer"),
    ],
)
def test_what_lacks_is_told_at_its_field_and_the_rest_stays(
    staff: FlaskClient, town: Town, changes: dict[str, str], words: str
) -> None:
    place = str(town.buurt.municipality_id)
    answer = staff.post(NEW, data={**PRESETS, "municipality_id": place, **changes})
    assert answer.status_code == 200
    page = html.fromstring(answer.data)
    errors = elements(page, "//*[contains(@class, 'vjb-field__error')]")
    assert words.lower() in " ".join(error.text_content() for error in errors).lower()
    if "ceiling" not in changes:
        assert page.xpath("//input[@name='ceiling']/@value") == ["1000"]


@pytest.mark.parametrize(
    ("field", "content", "words"),
    [
        ("rules_file", b"\xff{", "rules: "),
        ("rules_file", {"schema": "matchregel/1"}, "rules.base: "),
        ("facts_file", {"applications": [{"id": 1}] * 9}, "En nog"),
    ],
)
def test_files_that_do_not_validate_are_told_with_their_paths(
    staff: FlaskClient,
    field: str,
    content: bytes | dict[str, str] | dict[str, list[dict[str, int]]],
    words: str,
) -> None:
    data = {
        "rules": "file",
        "rules_file": file(LIFTING),
        "against": "none",
        "source": "file",
        "facts_file": file(facts()),
        field: file(content),
    }
    answer = staff.post(NEW, data=data)
    errors = elements(html.fromstring(answer.data), f"//*[@id='{field}-error']")[0].text_content()
    assert words in errors


def test_a_municipality_without_past_campaigns_is_told_so(
    staff: FlaskClient, committing: Committing
) -> None:
    with committing():
        empty = MunicipalityFactory()
    answer = staff.post(NEW, data={**PRESETS, "municipality_id": str(empty.id)})
    assert "nog geen afgelopen acties" in shown(answer)


def test_an_officer_uses_only_the_own_municipality_and_its_funds(
    signed_in: SignIn, town: Town, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        elsewhere = desk()
        theirs = draft(session, elsewhere, name="Fonds van elders")
        rehearsal = RehearsalFactory(municipality_id=elsewhere.buurt.municipality_id)
    officer = signed_in(town.anna)
    assert "Fonds van elders" not in shown(officer.get("/gemeente/oefeningen/nieuw"))
    for change in (
        {"rules": f"draft:{theirs.id}", "municipality_id": str(town.buurt.municipality_id)},
        {"municipality_id": str(elsewhere.buurt.municipality_id)},
        {"municipality_id": ""},
    ):
        officer.post("/gemeente/oefeningen/nieuw", data={**PRESETS, **change})
    with fresh_database.reading() as session:
        assert [row.id for row in rehearsals(session, limit=9)] == [rehearsal.id]
    assert officer.get(f"/gemeente/oefeningen/{rehearsal.id}").status_code == 404
    assert officer.get(f"/gemeente/oefeningen/{rehearsal.id}/acties.json").status_code == 404


def test_an_auditor_looks_and_asks_nothing(committing: Committing, signed_in: SignIn) -> None:
    with committing():
        person = PersonFactory()
        RoleGrantFactory(person_id=person.id, role="auditor")
        rehearsal = RehearsalFactory()
    auditor = signed_in(person)
    assert "Een bank" in shown(auditor.get(f"/beheer/oefeningen/{rehearsal.id}"))
    assert "Nieuwe proefberekening" not in shown(auditor.get("/beheer/oefeningen"))
    assert auditor.get(NEW).status_code == 403


def test_a_failed_rehearsal_says_why(staff: FlaskClient, committing: Committing) -> None:
    fault = {"path": "rules.base", "nl": "Dit ontbreekt.", "en": "This is missing."}
    with committing():
        rehearsal = RehearsalFactory(status="failed", failure="refused", faults=[fault])
    text = shown(staff.get(f"/beheer/oefeningen/{rehearsal.id}"))
    assert "Er is geen uitkomst" in text
    assert "rules.base: Dit ontbreekt." in text


def test_many_campaigns_are_shown_a_page_at_a_time(
    staff: FlaskClient, committing: Committing
) -> None:
    with committing():
        rehearsal = RehearsalFactory()
        outcome = dict(certain(rehearsal.outcome))
        rows = [{**outcome["campaigns"][1], "id": str(i), "title": f"Actie {i}"} for i in range(70)]
        many = RehearsalFactory(outcome={**outcome, "campaigns": rows})
    first = staff.get(f"/beheer/oefeningen/{many.id}")
    second = shown(staff.get(f"/beheer/oefeningen/{many.id}?pagina=2"))
    assert "Nog 58 acties met een kleiner verschil" in shown(first)
    assert "Waar gaat het geld heen?" in shown(first)
    assert "Waar gaat het geld heen?" not in second
    assert "Alle acties" in second


def test_english_readers_get_english(staff: FlaskClient, committing: Committing) -> None:
    with committing():
        rehearsal = RehearsalFactory()
    staff.set_cookie("taal", "en")
    text = shown(staff.get(f"/beheer/oefeningen/{rehearsal.id}", headers={"Accept-Language": "en"}))
    assert "Where does the money go?" in text
    assert "15% to less than 25%" in text
