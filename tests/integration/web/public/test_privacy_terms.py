"""The page about privacy says what the timers do, in figures of the same settings."""

import re
from dataclasses import fields, replace

import pytest
from flask.testing import FlaskClient

from tests.support.fixtures_site import Site
from voorjebuurt.campaigns.questions.service import ASKER_DAYS
from voorjebuurt.kernel.db import Database
from voorjebuurt.owndata.hold_kinds import HoldKind
from voorjebuurt.settings import Settings
from voorjebuurt.settings.retention import RetentionSettings

OF_NO_PERSON = {"import_days"}
"""Official files tell of areas."""


WORDS_OF_HOLDS = {
    HoldKind.BLOCK: "uw account is geblokkeerd",
    HoldKind.ROLE: "u hier een rol hebt",
    HoldKind.REVIEW: "een coach uw plan bekijkt",
    HoldKind.CAMPAIGN: "uw actie loopt",
    HoldKind.PAYOUT: "nog niet is uitbetaald",
    HoldKind.CASE: "over uw aanvraag",
    HoldKind.ACCOUNT: "moet verantwoorden",
    HoldKind.OBJECTION: "of bezwaar beslist",
    HoldKind.DEBT: "of terugbetalen",
    HoldKind.SIGN_IN: "Met uw account",
}


@pytest.fixture
def retention() -> RetentionSettings:
    """Every term another number of days."""
    names = [field.name for field in fields(RetentionSettings)]
    return RetentionSettings(**{name: 401 + number for number, name in enumerate(names)})


def test_every_term_of_the_settings_is_on_the_page(
    settings: Settings, retention: RetentionSettings, fresh_database: Database, site: Site
) -> None:
    other_settings = replace(
        settings,
        retention=retention,
        campaigns=replace(settings.campaigns, draft_erase_days=399),
        decisions=replace(settings.decisions, retention_years=23),
    )
    with site.on(other_settings, fresh_database) as app:
        page = app.test_client().get("/privacy").text
    numbers = {int(number) for number in re.findall(r"<dd>\s*(\d+) dagen\s*</dd>", page)}
    of_people = {
        getattr(retention, field.name)
        for field in fields(retention)
        if field.name not in OF_NO_PERSON
    }
    assert numbers == {*of_people, 399, 7, ASKER_DAYS}
    assert "minstens 23 jaar" in page


def test_one_day_is_a_day(
    settings: Settings, retention: RetentionSettings, fresh_database: Database, site: Site
) -> None:
    other_settings = replace(settings, retention=replace(retention, unconfirmed_mail_days=1))
    with site.on(other_settings, fresh_database) as app:
        assert re.search(r"<dd>\s*1 dag\s*</dd>", app.test_client().get("/privacy").text)


def test_all_that_keeps_somebody_from_being_erased_is_on_the_page(client: FlaskClient) -> None:
    page = client.get("/privacy").text
    assert set(WORDS_OF_HOLDS) == set(HoldKind)
    assert [kind for kind, words in WORDS_OF_HOLDS.items() if words not in page] == []
    assert "laten wissen wanneer u wilt" not in page, "not while something keeps them"
