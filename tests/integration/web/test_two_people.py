"""What one sees, another changes, and the first then presses: nothing happens unread."""

import inspect
import re
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import fields
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.funds import Desk, desk, details, draft, in_days
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.models import BudgetLine, Campaign
from voorjebuurt.decisions.cases.parts import case_parts
from voorjebuurt.kernel.db import Database
from voorjebuurt.matching.applications.service import Statement
from voorjebuurt.matching.funds.drafts import change_fund, save_ruleset
from voorjebuurt.matching.models import Fund
from voorjebuurt.people.models import Person
from voorjebuurt.rulebook.presets import recommended

REASON = "De gemeenteraad wil dat het fonds op 1 maart open is."
STORY = "Wij willen een moestuin, met bakken op hoogte."


def version_of(page: TestResponse) -> str:
    """What the form of a page carries."""
    return certain(re.search(r'name="version" value="([^"]+)"', page.text))[1]


@pytest.fixture
def at(committing: Committing) -> Desk:
    """A municipality with its two officers."""
    with committing():
        return desk()


@pytest.fixture
def fund(committing: Committing, at: Desk) -> Fund:
    """A draft that Anna wrote: € 50,000 from next month on."""
    with committing() as session:
        return draft(session, at, recommended(5_000_000))


@pytest.fixture
def bram(at: Desk, signed_in: SignIn) -> FlaskClient:
    """The browser of the officer who publishes."""
    return signed_in(at.bram)


def status_of(database: Database, fund_id: UUID) -> str:
    with database.reading() as session:
        return session.get_one(Fund, fund_id).status


def raise_ceiling(committing: Committing, at: Desk, fund: Fund) -> None:
    """Anna makes it € 900,000, with another last day."""
    with committing() as session:
        changes = details(closes_on=in_days(300))
        change_fund(session, fund_id=fund.id, details=changes, actor=at.writer)
        rules = recommended(90_000_000)
        save_ruleset(
            session, fund_id=fund.id, rules=rules, indicators={"p_hh_120"}, actor=at.writer
        )


def test_a_fund_that_changed_meanwhile_is_not_published(
    bram: FlaskClient, at: Desk, fund: Fund, committing: Committing, fresh_database: Database
) -> None:
    path = f"/gemeente/fondsen/{fund.id}/publiceren"
    page = bram.get(path)
    assert "€ 50.000" in words(page)
    raise_ceiling(committing, at, fund)

    form = {"unrehearsed_reason": REASON, "version": version_of(page)}
    answer = bram.post(path, data=form)

    assert status_of(fresh_database, fund.id) == "draft"
    text = words(answer)
    assert "Terwijl deze pagina openstond, is dit veranderd:" in text
    assert "Laatste dag" in text
    assert "Plafond" in text
    assert at.anna.name in text
    assert "€ 900.000" in text
    assert REASON in text

    bram.post(path, data={"unrehearsed_reason": REASON, "version": version_of(answer)})
    assert status_of(fresh_database, fund.id) == "published"


def test_what_is_saved_while_somebody_presses_counts_as_changed(
    bram: FlaskClient, at: Desk, fund: Fund, fresh_database: Database
) -> None:
    """The page is compared under the lock: a save that is not committed yet is waited for."""
    path = f"/gemeente/fondsen/{fund.id}/publiceren"
    form = {"unrehearsed_reason": REASON, "version": version_of(bram.get(path))}
    with ThreadPoolExecutor(1) as pool:
        with fresh_database.writing() as session:
            changes = details(closes_on=in_days(300))
            change_fund(session, fund_id=fund.id, details=changes, actor=at.writer)
            session.flush()
            pressing = pool.submit(bram.post, path, data=form)
            assert wait([pressing], timeout=0.5).not_done, "it waits for the lock"
        answer = pressing.result(timeout=10)
    assert "Terwijl deze pagina openstond" in answer.text
    assert status_of(fresh_database, fund.id) == "draft"


@pytest.fixture
def coach(committing: Committing) -> Person:
    with committing():
        person: Person = PersonFactory(name="Karim")
        RoleGrantFactory(person_id=person.id, role="coach")
    return person


def test_a_plan_that_changed_since_it_was_read_does_not_go_live(
    coach: Person, signed_in: SignIn, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        pitch: Campaign = CampaignFactory(
            status="submitted", goal_cents=100_000, minimum_cents=100_000
        )
    browser, path = signed_in(coach), f"/coach/acties/{pitch.id}"
    page = browser.get(path)
    with committing() as session:  # it went back, and came again
        campaign = session.get_one(Campaign, pitch.id)
        campaign.goal_cents = campaign.minimum_cents = 9_000_000
        campaign.story = "Koop nu goedkope zonnebrillen."
    form = {"body": "Mooi plan.", "version": version_of(page)}
    for deed in ("goedkeuren", "terugsturen", "afwijzen"):
        answer = browser.post(f"{path}/{deed}", data=form)
        assert "Terwijl deze pagina openstond" in answer.text
        assert "Mooi plan." in answer.text
        assert "Doelbedrag" in words(answer)
        with fresh_database.reading() as session:
            assert session.get_one(Campaign, pitch.id).status == "submitted"


@pytest.fixture
def pitch(committing: Committing) -> Campaign:
    with committing():
        campaign: Campaign = CampaignFactory(status="draft", story="Het eerste verhaal.")
    return campaign


def own_browser(pitch: Campaign, signed_in: SignIn, database: Database) -> FlaskClient:
    with database.reading() as session:
        return signed_in(session.get_one(Person, pitch.initiator_id))


def test_phone_and_laptop_do_not_overwrite_each_other(
    pitch: Campaign, signed_in: SignIn, fresh_database: Database
) -> None:
    phone, laptop = (own_browser(pitch, signed_in, fresh_database) for _ in range(2))
    path = f"/mijn/acties/{pitch.id}/verhaal"
    pages = [browser.get(path) for browser in (phone, laptop)]
    fields = {"worse_off": "Niemand.", "picture_key": "", "picture_alt": ""}
    forms = [{**fields, "version": version_of(page)} for page in pages]
    phone.post(path, data={**forms[0], "story": "Getikt in de bus."})

    answer = laptop.post(path, data={**forms[1], "story": STORY})

    assert STORY in answer.text, "what was typed is still there"
    text = words(answer)
    assert "Getikt in de bus." in text, "and what it says now stands beside it"
    assert "Dat deed u zelf, in een ander venster of op een ander apparaat" in text
    assert story_of(fresh_database, pitch) == "Getikt in de bus."

    laptop.post(path, data={**fields, "story": STORY, "version": version_of(answer)})
    assert story_of(fresh_database, pitch) == STORY


def test_who_works_on_another_step_is_in_nobodys_way(
    pitch: Campaign, signed_in: SignIn, committing: Committing, fresh_database: Database
) -> None:
    browser, path = (
        own_browser(pitch, signed_in, fresh_database),
        f"/mijn/acties/{pitch.id}/verhaal",
    )
    version = version_of(browser.get(path))
    with committing() as session:
        session.get_one(Campaign, pitch.id).summary = "Iets anders."
    fields = {"worse_off": "Niemand.", "picture_key": "", "picture_alt": ""}
    answer = browser.post(path, data={**fields, "story": STORY, "version": version})
    assert answer.status_code == 302
    assert story_of(fresh_database, pitch) == STORY


def story_of(database: Database, pitch: Campaign) -> str:
    with database.reading() as session:
        return session.get_one(Campaign, pitch.id).story


def test_the_rows_of_a_budget_that_changed_can_be_read(
    pitch: Campaign, signed_in: SignIn, committing: Committing, fresh_database: Database
) -> None:
    browser = own_browser(pitch, signed_in, fresh_database)
    path = f"/mijn/acties/{pitch.id}/begroting"
    version = version_of(browser.get(path))
    with committing() as session:
        session.get_one(Campaign, pitch.id).budget = [
            BudgetLine(position=0, label="Aarde en zaden", amount_cents=12_345)
        ]
    form = {"lines-0-what": "Bomen", "lines-0-amount": "100", "goal": "100", "minimum": "50"}
    form |= {"kind": "all_or_nothing", "deadline": in_days(40).isoformat()}
    answer = browser.post(path, data={**form, "version": version})
    assert "Aarde en zaden: € 123,45" in words(answer)


def test_all_that_an_applicant_declares_is_compared() -> None:
    source = inspect.getsource(case_parts)
    assert [field.name for field in fields(Statement) if f'"{field.name}"' not in source] == [
        "groups"
    ], "groups stand in groups_parts"
