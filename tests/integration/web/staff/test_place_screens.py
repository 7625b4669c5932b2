"""Staff give official files, watch them being read, read the report, and roll them back."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.certain import certain
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.place_files import SES, STATLINE
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.places.models import PlaceImport
from voorjebuurt.places.tasks import run_import
from voorjebuurt.places.uploads import uploaded_files
from voorjebuurt.settings import Settings
from voorjebuurt.worker.run_waiting import JobRun, run_waiting_jobs

LIST, ADD = "/beheer/gebieden", "/beheer/gebieden/inlezen"


@pytest.fixture
def anna(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        MunicipalityFactory(code="GM7701", name="Testdam")
        person = with_role(session, "staff", "Anna Bakker")
    return signed_in(person)


@pytest.fixture
def work(fresh_database: Database, settings: Settings) -> Callable[[], list[JobRun]]:
    """Lets the worker do what waits."""
    return lambda: list(run_waiting_jobs(Runtime(fresh_database, settings)))


def give(
    browser: FlaskClient, content: str = STATLINE, name: str = "kwb-2024.csv", **fields: Any
) -> TestResponse:
    data = {
        "vintage": "2024",
        "source": "CBS",
        "municipality": "",
        **fields,
        "file": (io.BytesIO(content.encode()), name),
    }
    return browser.post(ADD, data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("name", ["a\x00b.csv", "a\u202eb\u200b.csv", "a\ud7ff" * 500 + ".csv"])
def test_a_file_may_have_any_name(anna: FlaskClient, name: str) -> None:
    answer = give(anna, name=name)
    assert answer.status_code == 302
    page = anna.get(answer.location).text
    assert "\x00" not in page
    assert "\u202e" not in page


def test_from_upload_to_report_to_rollback(
    anna: FlaskClient, work: Callable[[], list[JobRun]], settings: Settings
) -> None:
    answer = give(anna)
    assert answer.status_code == 302
    path = answer.location
    waiting = anna.get(path)
    assert 0 < int(waiting.headers["Refresh"]) <= 10
    assert '<progress class="vjb-work" id="voortgang" max="100" value="0">' in waiting.text
    assert "Refresh" not in anna.get(f"{path}?stil=1").headers
    assert [job.error for job in work()] == [None]
    assert list(uploaded_files(settings)) == []
    report = anna.get(path)
    assert "Refresh" not in report.headers
    for words in (
        "Ingelezen",
        "Nieuwe wijken en buurten",
        "Van een andere gemeente",
        "p_hh_120 ← ",
    ):
        assert words in report.text
    assert "Nooit gebruikt (herkomst, nationaliteit of religie)" in report.text
    assert "kwb-2024.csv" in anna.get(LIST).text
    question = anna.get(f"{path}/terugdraaien")
    assert "Bestand terugdraaien?" in question.text
    assert "Geef een reden." in anna.post(f"{path}/terugdraaien", data={"reason": " "}).text
    after = anna.post(
        f"{path}/terugdraaien", data={"reason": "Verkeerd jaar"}, follow_redirects=True
    )
    assert "Reden: Verkeerd jaar" in after.text
    assert "Teruggedraaid" in anna.get(LIST).text
    again = anna.post(f"{path}/terugdraaien", data={"reason": "Nog eens"})
    assert "Dit bestand was al teruggedraaid." in again.text


def test_what_is_wrong_further_on_in_a_file_is_told_on_its_page(
    anna: FlaskClient, work: Callable[[], list[JobRun]]
) -> None:
    path = give(anna, STATLINE.replace("20,8", "20,8%")).location
    work()
    page = anna.get(path).text
    assert "Het bestand is geweigerd" in page
    assert "Regel 5: &#39;20,8%&#39; in kolom" in page
    assert "Er is niets veranderd" in page


@pytest.mark.parametrize(
    ("content", "fields", "words"),
    [
        ("%PDF-1.7", {}, "Dit is geen tekst, werkblad of kaart."),
        ("a;b\n1;2\n", {}, "staan geen bekende kolommen"),
        (STATLINE, {"vintage": "1893"}, "Vul een jaar in vanaf 2000, en niet in de toekomst."),
        (STATLINE, {"vintage": "tweeduizend"}, "Vul een jaar in, bijvoorbeeld 2024."),
        (STATLINE, {"vintage": ""}, "Vul het jaar in."),
        (STATLINE, {"source": " "}, "Vul in wie dit bestand uitgeeft."),
    ],
)
def test_what_is_wrong_at_once_is_told_at_the_field(
    anna: FlaskClient, settings: Settings, content: str, fields: dict[str, str], words: str
) -> None:
    page = give(anna, content, source_typed="x", **fields)
    assert page.status_code == 200
    assert words in page.text
    assert "Er klopt nog iets niet" in page.text
    assert 'aria-invalid="true"' in page.text
    assert list(uploaded_files(settings)) == []


def test_typed_things_are_kept_and_the_file_is_asked_for_again(anna: FlaskClient) -> None:
    page = give(anna, vintage="1893", source="Gemeente Testdam").text
    assert 'value="1893"' in page
    assert 'value="Gemeente Testdam"' in page
    assert "Kies het bestand nog een keer" in page


def test_no_file_is_told(anna: FlaskClient) -> None:
    page = anna.post(ADD, data={"vintage": "2024", "source": "CBS", "municipality": ""})
    assert "Kies een bestand." in page.text


def test_the_same_file_again_is_told_with_the_day(
    anna: FlaskClient, work: Callable[[], list[JobRun]]
) -> None:
    give(anna)
    work()
    page = give(anna).text
    assert "Dit bestand is al ingelezen op" in page


def test_one_municipality_is_chosen_from_those_registered(
    anna: FlaskClient, work: Callable[[], list[JobRun]], committing: Committing
) -> None:
    with committing():
        MunicipalityFactory(code="GM7802", name="Elders")
    path = give(anna, municipality="GM7802").location
    work()
    with committing() as session:
        assert session.scalars(select(PlaceImport.scope)).all() == ["GM7802"]
    assert "Van een andere gemeente" in anna.get(path).text


def test_an_auditor_looks_and_changes_nothing(
    anna: FlaskClient, work: Callable[[], list[JobRun]], committing: Committing, signed_in: SignIn
) -> None:
    path = give(anna).location
    work()
    with committing() as session:
        carla = with_role(session, "auditor", "Carla Groen")
    auditor = signed_in(carla)
    assert "Bestand terugdraaien" not in auditor.get(path).text
    assert ADD not in auditor.get(LIST).text
    assert auditor.get(ADD).status_code == 403


def test_a_large_body_is_only_taken_from_staff(
    anna: FlaskClient, client: FlaskClient, app: Flask
) -> None:
    large = STATLINE + "\n" * (11 * 1024 * 1024)
    assert give(client, large).location.startswith("/inloggen")
    assert give(anna, large).status_code == 302


def test_progress_shows_while_it_runs(
    anna: FlaskClient, committing: Committing, fresh_database: Database, settings: Settings
) -> None:
    import_id = give(anna).location.rpartition("/")[2]
    with committing() as session:
        running = session.get(PlaceImport, import_id)
        certain(running).status, certain(running).progress = "running", 42
    page = anna.get(f"{LIST}/{import_id}").text
    assert re.search(r'value="42">42\s?%</progress>', page)
    assert "42" in certain(re.search(r'role="status">(.*?)</p>', page))[1]
    run_import(Runtime(fresh_database, settings), import_id=import_id)
    assert "Wat erin stond" in anna.get(f"{LIST}/{import_id}").text


def test_a_file_of_another_year_is_refused_with_both_years(
    anna: FlaskClient, work: Callable[[], list[JobRun]]
) -> None:
    path = give(anna, SES, "ses.csv").location
    work()
    assert "Dit bestand gaat over 2019, niet over 2024." in anna.get(path).text


def test_staff_open_the_site_for_a_municipality(anna: FlaskClient) -> None:
    address = "/beheer/gebieden/gemeente"
    assert address in anna.get(LIST).text
    answer = anna.post(address, data={"code": "363", "name": "Amsterdam"})
    assert "GM en vier cijfers" in answer.text
    assert 'value="Amsterdam"' in answer.text, "what was typed stays"
    assert anna.post(address, data={"code": "GM0363", "name": "Amsterdam"}).location == LIST
    assert "Amsterdam" in anna.get(LIST).text
    twice = anna.post(address, data={"code": "GM0363", "name": "Mokum"})
    assert "staat al op deze website" in twice.text
