"""Funds for everybody: what is left, the rules, who decided what and why, where it went."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.certain import certain
from tests.support.factories.cases import decided
from tests.support.factories.funds import (
    CEILING,
    INDICATORS,
    REASON_WITHOUT_REHEARSAL,
    desk,
    draft,
    published,
)
from tests.support.factories.rounds import CLOSING, applied, closed, figures, officer_of
from tests.support.fixtures_site import Committing
from voorjebuurt.decisions.rules import grounds
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.funds.drafts import save_ruleset
from voorjebuurt.matching.funds.publication import publish_version
from voorjebuurt.matching.funds.schedule import open_fund
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.rounds.service import divide_round
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import AreaShape
from voorjebuurt.rulebook.presets import recommended
from voorjebuurt.web.words.fund_labels import PUBLIC_GROUNDS

EQUITY = {"indicator": "p_hh_120", "bands": [{"at_least": 25, "factor": "3/2"}]}
SQUARE = {"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52], [5.1, 52.1], [5, 52]]]}


def words(answer: TestResponse) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.text).replace("\xa0", " ")
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def story(committing: Committing) -> tuple[Fund, list[str]]:
    """A fund that was divided and decided: one award in a poor buurt, one refusal elsewhere."""
    with clock.at(CLOSING + timedelta(days=7)), committing() as session:
        fund = closed({"equity": EQUITY, "ceiling_cents": 100_000})
        poor, other = applied(fund, 20_000), applied(fund)
        codes = [next(iter(application.areas)) for application in (poor, other)]
        source = figures(session, **dict(zip(codes, ("31.5", "4.0"), strict=True)))
        for code in codes:
            session.add(AreaShape(import_id=source.id, area_code=code, geometry=SQUARE))
        session.flush()
        divide_round(session, fund_id=fund.id, actor=officer_of(fund))
        award = decided(poor)
        decided(other, "refusal", 0, grounds=["false_application"], reason="Onjuiste cijfers.")
        officers = [session.get_one(Person, person_id).name for person_id in (award.proposed_by,)]
    return fund, officers


def test_drafts_and_withdrawn_funds_are_nobodys(
    client: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        fund = draft(session, desk())
    assert client.get(f"/fondsen/{fund.slug}").status_code == 404
    assert fund.name not in client.get("/fondsen").text
    assert "Er is nu geen fonds open" in client.get("/fondsen").text


def test_a_published_fund_tells_its_rules_before_it_opens(
    client: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        fund = published(session, desk(), name="Buurtfonds Zuid")
    assert "Buurtfonds Zuid" in client.get("/fondsen").text
    page = words(client.get(f"/fondsen/{fund.slug}"))
    for part in (
        "€ 25.000 over van € 25.000",
        "Per donateur telt hoogstens € 100 mee",
        "Aanvragen kan van",
        "De actie ligt in onze gemeente",
        "Subsidieregeling Buurtfonds Waterdal 2026",
        "Nog niets besloten",
    ):
        assert part in page
    english = words(client.get(f"/fondsen/{fund.slug}?taal=en"))
    assert "€100" in english
    assert "The fund divides at most €25,000." in english


def test_an_open_fund_says_how_to_apply(client: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        fund = published(session, desk())
        with clock.at(certain(fund.opens_at)):
            open_fund(session, fund_id=fund.id, actor=SYSTEM)
    page = client.get(f"/fondsen/{fund.slug}").text
    assert "U vraagt aan vanaf de pagina van uw eigen actie." in page
    assert 'href="/mijn/acties"' in page


def test_versions_are_told_with_what_changed(client: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        at = desk()
        fund = published(session, at)
        rules = recommended(CEILING * 2)
        save_ruleset(session, fund_id=fund.id, rules=rules, indicators=INDICATORS, actor=at.writer)
        publish_version(
            session,
            fund_id=fund.id,
            change="De raad legde geld bij.",
            unrehearsed_reason=REASON_WITHOUT_REHEARSAL,
            indicators=INDICATORS,
            actor=at.publisher,
        )
    page = words(client.get(f"/fondsen/{fund.slug}"))
    assert "De raad legde geld bij." in page
    assert "over van € 50.000" in page


def test_decisions_stand_with_amount_day_and_reason_and_no_persons(
    client: FlaskClient, story: tuple[Fund, list[str]]
) -> None:
    fund, officers = story
    page = client.get(f"/fondsen/{fund.slug}")
    text = words(page)
    assert "€ 300" in text
    assert "beslissen twee ambtenaren van" in text
    assert re.search(r"8 jun\.? 2026", text)
    assert "Om een reden die in de brief staat." in text
    for private in (*officers, "Onjuiste cijfers.", "false_application"):
        assert private not in page.text


def test_where_the_money_went_by_band_and_on_a_map_with_a_table(
    client: FlaskClient, story: tuple[Fund, list[str]]
) -> None:
    fund, _ = story
    page = client.get(f"/fondsen/{fund.slug}")
    text = words(page)
    assert "100% van het geld ging naar buurten waar de meeste mensen weinig geld hebben." in text
    assert "25% of meer" in text
    assert "vjb-town__area--4" in page.text
    assert "Geld per buurt" in text


def test_every_ground_has_a_text_for_everybody() -> None:
    codes = {
        ground.code
        for kind in grounds.__dict__.values()
        if isinstance(kind, str)
        for ground in grounds.grounds_for(kind)
    }
    assert codes == PUBLIC_GROUNDS.keys()
