"""The pages of rehearsals: asking, waiting, seeing what came of it, keeping it apart."""

import io
import json
from datetime import UTC, datetime

import pytest
from lxml import html

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.funds import desk, draft
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.places import AreaFigureFactory, MunicipalityFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.rehearsals import RehearsalFactory
from tests.support.jobs import run_jobs
from tests.support.rehearsals import LIFTING, facts
from voorjebuurt.matching.rehearsal.queries import rehearsals

NEW = "/beheer/oefeningen/nieuw"
PRESETS = {
    "rules": "preset:recommended",
    "against": "preset:first_come",
    "ceiling": "1000",
    "source": "past",
}


@pytest.fixture
def town(committing):
    """A municipality with two officers, a fund's draft and a past campaign of € 500."""
    with committing() as session:
        town = desk()
        town.fund = draft(session, town)
        AreaFigureFactory(area_code=town.buurt.code, value=30)
        one = CampaignFactory(
            neighbourhood=town.buurt,
            status="succeeded",
            title="Een bank op het plein",
            opened_at=datetime(2026, 1, 5, tzinfo=UTC),
        )
        for _ in range(5):
            PledgeFactory(campaign=one, amount_cents=10_000)
        return town


@pytest.fixture
def staff(committing, signed_in):
    """A browser in which somebody of staff is signed in."""
    with committing():
        person = PersonFactory()
        RoleGrantFactory(person_id=person.id, role="staff")
    return signed_in(person)


def shown(answer):
    """The text of a page."""
    text = html.fromstring(answer.data).xpath("//main")[0].text_content()
    return " ".join(text.replace("\xa0", " ").split())


def file(data, name="bestand.json"):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return io.BytesIO(content), name


def test_staff_rehearse_on_past_campaigns_and_see_it_under_way_and_done(
    staff, town, fresh_database, settings
):
    place = str(town.buurt.municipality_id)
    asked = staff.post(NEW, data={**PRESETS, "municipality_id": place})
    assert asked.status_code == 302, shown(asked)
    waiting = staff.get(asked.location)
    assert waiting.headers["Refresh"] == "4"
    assert "De regels worden uitgerekend" in shown(waiting)
    assert "Refresh" not in staff.get(f"{asked.location}?stil=1").headers
    run_jobs(fresh_database, settings)
    done = staff.get(asked.location)
    assert "Refresh" not in done.headers
    text = shown(done)
    for part in (
        "Oefening: Aanbevolen regels",
        "Vergeleken met: Een euro voor een euro, wie het eerst komt.",
        "Een bank op het plein",
        "Van het geld gaat 100% naar de buurten die het meest achterstaan.",
        "Hoeveel bewoners daar wonen is niet bekend.",
        "Controlegetal van de acties",
        "+€ 100",
    ):
        assert part in text
    assert "Een euro voor een euro" in shown(staff.get("/beheer/oefeningen"))


def test_an_officer_rehearses_the_draft_of_a_fund(signed_in, town, fresh_database, settings):
    officer = signed_in(town.anna)
    form = officer.get(f"/gemeente/oefeningen/nieuw?regels=draft:{town.fund.id}")
    chosen = html.fromstring(form.data).xpath("//select[@name='rules']/option[@selected]/@value")
    assert chosen == [f"draft:{town.fund.id}"]
    asked = officer.post(
        "/gemeente/oefeningen/nieuw",
        data={
            **PRESETS,
            "rules": chosen[0],
            "municipality_id": str(town.buurt.municipality_id),
        },
    )
    assert asked.status_code == 302, shown(asked)
    run_jobs(fresh_database, settings)
    assert f"Oefening: {town.fund.name}" in shown(officer.get(asked.location))
    assert town.fund.name in shown(officer.get("/gemeente/oefeningen"))


def test_files_of_rules_and_campaigns(staff, fresh_database, settings):
    data = {
        "rules": "file",
        "rules_file": file(LIFTING, "regels.json"),
        "against": "none",
        "source": "file",
        "facts_file": file(facts(), "feiten.json"),
    }
    asked = staff.post(NEW, data=data)
    assert asked.status_code == 302, shown(asked)
    run_jobs(fresh_database, settings)
    done = shown(staff.get(asked.location))
    assert "Oefening: regels.json" in done
    assert "te weinig donateurs" in done
    assert "Ter vergelijking" not in done
    kept = staff.get(f"{asked.location}/acties.json")
    assert kept.headers["Content-Disposition"] == 'attachment; filename="acties.json"'
    assert json.loads(kept.data) == facts()
    assert staff.get(f"{asked.location}/vergelijking.json").status_code == 404
    assert staff.get(f"{asked.location}/anders.json").status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ceiling": ""}, "Vul in hoeveel geld er te verdelen is."),
        ({"ceiling": "veel"}, "Vul een bedrag in"),
        ({"rules": "file"}, "Kies een bestand."),
        ({"against": "file"}, "Kies een bestand."),
        ({"source": "file"}, "Kies een bestand."),
        ({"municipality_id": ""}, "Kies de gemeente waarvan u eerdere acties wilt gebruiken."),
        ({"rules": "preset:x"}, "Ongeldige keuze"),
    ],
)
def test_what_lacks_is_told_at_its_field_and_the_rest_stays(staff, town, changes, said):
    place = str(town.buurt.municipality_id)
    refused = staff.post(NEW, data={**PRESETS, "municipality_id": place, **changes})
    assert refused.status_code == 200
    page = html.fromstring(refused.data)
    errors = page.xpath("//*[contains(@class, 'vjb-field__error')]")
    assert said.lower() in " ".join(error.text_content() for error in errors).lower()
    if "ceiling" not in changes:
        assert page.xpath("//input[@name='ceiling']/@value") == ["1000"]


@pytest.mark.parametrize(
    ("field", "content", "said"),
    [
        ("rules_file", b"\xff{", "rules: "),
        ("rules_file", {"schema": "matchregel/1"}, "rules.base: "),
        ("facts_file", {"applications": [{"id": 1}] * 9}, "En nog"),
    ],
)
def test_files_that_do_not_validate_are_told_with_their_paths(staff, field, content, said):
    data = {
        "rules": "file",
        "rules_file": file(LIFTING),
        "against": "none",
        "source": "file",
        "facts_file": file(facts()),
        field: file(content),
    }
    refused = staff.post(NEW, data=data)
    errors = html.fromstring(refused.data).xpath(f"//*[@id='{field}-error']")[0].text_content()
    assert said in errors


def test_a_municipality_without_past_campaigns_is_told_so(staff, committing):
    with committing():
        empty = MunicipalityFactory()
    refused = staff.post(NEW, data={**PRESETS, "municipality_id": str(empty.id)})
    assert "nog geen afgelopen acties" in shown(refused)


def test_an_officer_uses_only_the_own_municipality_and_its_funds(
    signed_in, town, committing, fresh_database
):
    with committing() as session:
        elsewhere = desk()
        theirs = draft(session, elsewhere, name="Fonds van elders")
        rehearsed = RehearsalFactory(municipality_id=elsewhere.buurt.municipality_id)
    officer = signed_in(town.anna)
    assert "Fonds van elders" not in shown(officer.get("/gemeente/oefeningen/nieuw"))
    for change in (
        {"rules": f"draft:{theirs.id}", "municipality_id": str(town.buurt.municipality_id)},
        {"municipality_id": str(elsewhere.buurt.municipality_id)},
        {"municipality_id": ""},
    ):
        officer.post("/gemeente/oefeningen/nieuw", data={**PRESETS, **change})
    with fresh_database.reading() as session:
        assert [row.id for row in rehearsals(session, limit=9)] == [rehearsed.id]
    assert officer.get(f"/gemeente/oefeningen/{rehearsed.id}").status_code == 404
    assert officer.get(f"/gemeente/oefeningen/{rehearsed.id}/acties.json").status_code == 404


def test_an_auditor_looks_and_asks_nothing(committing, signed_in):
    with committing():
        person = PersonFactory()
        RoleGrantFactory(person_id=person.id, role="auditor")
        one = RehearsalFactory()
    auditor = signed_in(person)
    assert "Een bank" in shown(auditor.get(f"/beheer/oefeningen/{one.id}"))
    assert "Nieuwe oefening" not in shown(auditor.get("/beheer/oefeningen"))
    assert auditor.get(NEW).status_code == 403


def test_a_failed_rehearsal_says_why(staff, committing):
    fault = {"path": "rules.base", "nl": "Dit ontbreekt.", "en": "This is missing."}
    with committing():
        one = RehearsalFactory(status="failed", failure="refused", faults=[fault])
    text = shown(staff.get(f"/beheer/oefeningen/{one.id}"))
    assert "Er is geen uitkomst" in text
    assert "rules.base: Dit ontbreekt." in text


def test_many_campaigns_are_shown_a_page_at_a_time(staff, committing):
    with committing():
        one = RehearsalFactory()
        told = dict(one.outcome)
        rows = [{**told["campaigns"][1], "id": str(i), "title": f"Actie {i}"} for i in range(70)]
        many = RehearsalFactory(outcome={**told, "campaigns": rows})
    first = staff.get(f"/beheer/oefeningen/{many.id}")
    second = shown(staff.get(f"/beheer/oefeningen/{many.id}?pagina=2"))
    assert "Nog 58 acties met een kleiner verschil" in shown(first)
    assert "Waar gaat het geld heen?" in shown(first)
    assert "Waar gaat het geld heen?" not in second
    assert "Alle acties" in second


def test_english_readers_get_english(staff, committing):
    with committing():
        one = RehearsalFactory()
    staff.set_cookie("taal", "en")
    text = shown(staff.get(f"/beheer/oefeningen/{one.id}", headers={"Accept-Language": "en"}))
    assert "Where does the money go?" in text
    assert "15% to less than 25%" in text
