"""Two people at once: which forms carry what their page showed, on every page of the site."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask import session as web_session
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy.orm import Session

from tests.support.applicants import FIELDS as APPLICANT_FIELDS
from tests.support.browser.every_page import WHO, looks
from tests.support.browser.people import photo
from tests.support.browser.scene import Scene, set_scene
from tests.support.factories.base import building_in
from tests.support.factories.people import actor_of
from tests.support.factories.towns import CHECKLIST
from tests.support.faults.world import free_port, world_settings
from tests.support.fixtures_site import BROWSER, Site
from tests.support.jobs import run_jobs
from tests.support.pages import elements, words
from tests.support.recycling import Recycling
from voorjebuurt.campaigns.pictures import store_picture
from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.web.changes import CHANGES, Change
from voorjebuurt.web.guards import GUARDS
from voorjebuurt.web.kit.actors import open_session
from voorjebuurt.web.words.part_labels import PART_LABELS

EVERYBODY = sorted({who for people in WHO.values() for who in people} - {"auditor", "inspector"})
OTHER = "1;title=elsewhere"
"""A version that no page ever showed."""
CONFLICT = "Terwijl deze pagina openstond"
ELSEWHERE = {
    "officer.approve_wording": "one version is open at a time: see test_wording_screens.py",
    "officer.approve_late_penalty": "test_officer_penalties.py has its page and its conflict",
    "officer.approve_ruling_on_objection": "test_officer_objections.py has both",
    "resident.leave_campaign": "test_together_screens.py has its page and its conflict",
    "officer.propose_plan_change": "test_plan_screens.py has both",
    "officer.propose_owed_interest": "test_officer_owed_interest.py has both",
}
VERSIONED = sorted(
    name for name, change in CHANGES.items() if change is Change.VERSIONED and name not in ELSEWHERE
)
TYPED: dict[str, dict[str, str]] = {
    "resident.apply_for_match": {"consent": "y", "send": "1", **APPLICANT_FIELDS},
    "officer.answer_question": {"outcome": "reply"},
    "officer.state_intention": {
        "grounds": "will_not_happen",
        "until": (clock.today() + timedelta(days=14)).isoformat(),
    },
    "officer.register_paper_application": {
        "send": "1",
        "line": "9",
        "on": clock.today().isoformat(),
        **APPLICANT_FIELDS,
    },
    "officer.register_paper_accounting": {"on": clock.today().isoformat(), "signer": "Noor"},
    "officer.register_paper_completion": {"on": clock.today().isoformat(), **APPLICANT_FIELDS},
    "officer.decide_small_cases": {"act": "check"},
    "officer.edit_rules": {"save": "1"},
    "staff.check_payee": {"verdict": "unfit"},
    "public.change_dedication_of_gift": {
        **{"dedication": "memory", "dedication_name": "Opa Wim", "company_number": ""},
        **{"books_street": "", "books_postcode": "", "books_town": ""},
        **{"present_email": "", "present_day": ""},
    },
    "staff.decide_abuse_report": {"measure": "nothing", "answer": "Dit mag."},
    "staff.correct_page": {"title": "Een plein", "reason": "Omdat het zo is."},
    "resident.extend_campaign": {"until_on": (clock.today() + timedelta(days=35)).isoformat()},
    "resident.stop_campaign": {"sure": "1"},
    "officer.set_score": {"score": "50"},
}
"""What somebody must fill in or press beside the reasons."""


@dataclass(frozen=True)
class Town:
    """The site with everything in it."""

    app: Flask
    scene: Scene
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def browser(self, who: str) -> FlaskClient:
        """A browser in which somebody is signed in, the same one each time."""
        if who not in self.browsers:
            self.browsers[who] = self._signed_in(who)
        return self.browsers[who]

    def _signed_in(self, who: str) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base.update(BROWSER)
        if who in self.scene.people:
            person = self.scene.people[who]
            with self.app.test_request_context(environ_base=BROWSER):
                assert open_session(person.id, person.session_version, factor_at=clock.now())
                contents = dict(web_session)
            with client.session_transaction() as cookie:
                cookie.update(contents)
        return client


@dataclass(frozen=True)
class PageForm:
    """A form that posts: where to, what it carries, and the page that it stands on."""

    endpoint: str
    address: str
    fields: dict[str, list[str]]
    page: str


@pytest.fixture(scope="module")
def town(
    recycling: Recycling, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """Nobody changes anything in it: one for all."""
    home = tmp_path_factory.mktemp("town")
    with recycling.database() as shelf:
        settings = world_settings(home, free_port(), shelf.url, "http://127.0.0.1:9")
        key = store_picture(FolderStorage(settings.uploads), photo()["buffer"], max_bytes=8_000_000)
        with shelf.database.writing() as session, building_in(session):
            scene = set_scene(session, key, settings.secret_key)
            _meet_checklist(session, scene)
        run_jobs(shelf.database, settings)
        with site.on(settings, shelf.database) as app:
            yield Town(app, scene)


def _meet_checklist(session: Session, scene: Scene) -> None:
    """Let one application be ready to be admitted."""
    [values] = scene.values["officer.mark_checklist"]
    for item in CHECKLIST:
        mark_item(
            session,
            application_id=values["application_id"],
            item=item,
            is_met=True,
            note="",
            actor=actor_of(scene.people["officer"], "officer"),
        )


@pytest.fixture(scope="module")
def forms(town: Town) -> dict[str, list[PageForm]]:
    """By who sees them: the forms of all pages that change something."""
    return {who: list(_forms_of(town, who)) for who in EVERYBODY}


def _forms_of(town: Town, who: str) -> Iterator[PageForm]:
    browser, urls = town.browser(who), town.app.url_map.bind("localhost")
    for look in looks(town.app, town.scene.values, who):
        tree = document_fromstring(browser.get(look.path).text)
        for form in elements(tree, "//form[@method='post']"):
            ways = [form, *elements(form, ".//button[starts-with(@formaction, '/')]")]
            addresses = [way.get("formaction") or way.get("action") or look.path for way in ways]
            for address in addresses:
                endpoint, _values = urls.match(urlsplit(address).path, method="POST")
                yield PageForm(endpoint, address, _fields(form), look.path)


def _fields(form: HtmlElement) -> dict[str, list[str]]:
    """What a browser would send; empty text areas get a sentence, as somebody would type one."""
    fields: dict[str, list[str]] = {}
    for control in elements(form, ".//*[@name]"):
        name, kind = control.get("name", ""), control.get("type", "")
        if control.tag == "button" or kind in ("file", "submit"):
            continue
        if kind in ("checkbox", "radio") and control.get("checked") is None:
            continue
        value = control.value if isinstance(control.value, str) else control.get("value", "")
        if control.tag == "textarea" and not (value or "").strip():
            value = "Omdat het zo is."
        fields.setdefault(name, []).append(value or "")
    return fields


def test_every_form_of_the_kind_carries_what_its_page_showed(
    forms: dict[str, list[PageForm]],
) -> None:
    wrong = {
        f"{form.page}: {form.endpoint}"
        for page_forms in forms.values()
        for form in page_forms
        if CHANGES[form.endpoint] is Change.VERSIONED and "version" not in form.fields
    }
    assert not wrong, "\n".join(sorted(wrong))
    seen_endpoints = {form.endpoint for page_forms in forms.values() for form in page_forms}
    assert set(VERSIONED) <= seen_endpoints, "no page of the scene shows these"


@pytest.mark.parametrize("endpoint", VERSIONED)
def test_nothing_is_done_when_what_the_page_showed_was_changed(
    town: Town, forms: dict[str, list[PageForm]], endpoint: str
) -> None:
    """And what was typed is still there, with the version of now: once more is a decision."""
    who, form = next(
        (who, form) for who in EVERYBODY for form in forms[who] if form.endpoint == endpoint
    )
    browser = town.browser(who)
    answer = browser.post(
        form.address,
        data={**form.fields, **TYPED.get(endpoint, {}), "version": OTHER},
        follow_redirects=True,
    )
    assert answer.status_code == 200
    assert CONFLICT in answer.text, words(answer)
    texts = [value for values in form.fields.values() for value in values if "Omdat" in value]
    assert all(text in answer.text for text in texts)
    assert OTHER not in answer.text


def test_every_part_has_a_name(town: Town) -> None:
    assert all(str(label) for label in PART_LABELS.values())


def test_the_auditor_of_a_municipality_is_offered_nothing_that_refuses(town: Town) -> None:
    browser, urls = town.browser("inspector"), town.app.url_map.bind("localhost")
    wrong, count = [], 0
    for look in looks(town.app, town.scene.values, "inspector"):
        answer = browser.get(look.path)
        assert answer.status_code in look.statuses, look.path
        if not look.endpoint.startswith("officer."):
            continue
        count += 1
        main = elements(document_fromstring(answer.text), "//main")[0]
        for form in elements(main, ".//form[@method='post']"):
            wrong.append(f"{look.path}: sends {form.get('action') or look.path}")
        for link in elements(main, ".//a[starts-with(@href, '/gemeente')]"):
            endpoint, _values = urls.match(urlsplit(link.get("href", "")).path, method="GET")
            if "inspector" not in WHO[GUARDS[endpoint].name]:
                wrong.append(f"{look.path}: leads to {endpoint}")
    assert count > 15
    assert not wrong, "\n".join(wrong)
