"""Officers' screens of funds: from a name to a public fund, and what is refused on the way."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.funds import (
    CEILING,
    INDICATORS,
    REASON_WITHOUT_REHEARSAL,
    Desk,
    desk,
    draft,
    in_days,
    published,
    rehearsal_of,
)
from tests.support.factories.matching import ApplicationFactory, closing_fund
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.matching.funds.drafts import save_ruleset
from voorjebuurt.matching.funds.rehearsals import note_rehearsal
from voorjebuurt.matching.funds.schedule import open_fund
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.rulebook.presets import first_come, recommended

LIVE = first_come(CEILING) | {"moment": "live"}


@pytest.fixture
def at(committing: Committing) -> Desk:
    """A municipality with its two officers."""
    with committing():
        return desk()


@pytest.fixture
def anna(at: Desk, signed_in: SignIn) -> FlaskClient:
    """The browser of the officer who drafts."""
    return signed_in(at.anna)


@pytest.fixture
def bram(at: Desk, signed_in: SignIn) -> FlaskClient:
    """The browser of the officer who publishes."""
    return signed_in(at.bram)


def kept(database: Database, fund_id: UUID) -> Fund:
    with database.reading() as session:
        return session.get_one(Fund, fund_id)


def words(answer: TestResponse) -> str:
    """What the page says, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_a_fund_begins_with_a_name_a_ceiling_and_rules(
    anna: FlaskClient, fresh_database: Database
) -> None:
    form = {"name": "Groenfonds", "ceiling_cents": "12.500", "preset": "recommended"}
    answer = anna.post("/gemeente/fondsen/nieuw", data=form)
    assert answer.status_code == 302
    fund = kept(fresh_database, UUID(answer.location.split("/")[3]))
    assert (fund.name, fund.status, fund.live) == ("Groenfonds", "draft", False)
    assert '"ceiling_cents":1250000' in fund.draft_rules
    assert "Groenfonds" in anna.get("/gemeente/fondsen").text


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"name": "", "ceiling_cents": "100"}, "Geef het fonds een naam."),
        ({"name": "Fonds X", "ceiling_cents": "veel"}, "Vul een bedrag in"),
        ({"name": "Fonds X", "ceiling_cents": "0"}, "Vul een bedrag boven nul in."),
    ],
)
def test_a_bad_start_is_told_and_kept(anna: FlaskClient, form: dict[str, str], error: str) -> None:
    answer = anna.post("/gemeente/fondsen/nieuw", data={**form, "preset": "first_come"})
    assert answer.status_code == 200
    assert error in answer.text
    assert f'value="{form["ceiling_cents"]}"' in answer.text


def test_details_are_saved_with_gaps_and_the_page_tells_them(
    anna: FlaskClient, at: Desk, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        fund = draft(session, at)
    form = {
        "name": "Buurtfonds",
        "purpose": "",
        "sender": "",
        "opens_on": in_days(3).isoformat(),
        "closes_on": in_days(40).isoformat(),
        "scope": "some",
        "area_codes": [at.buurt.code],
        "prepaid": "no",
        "decision_weeks": "6",
        "checklist": "In de gemeente\n\n Plan is openbaar \n",
    }
    answer = anna.post(f"/gemeente/fondsen/{fund.id}/gegevens", data=form)
    assert answer.status_code == 302
    now = kept(fresh_database, fund.id)
    assert now.checklist == ["In de gemeente", "Plan is openbaar"]
    assert (now.area_codes, now.prepaid, now.decision_weeks) == ([at.buurt.code], False, 6)
    page = anna.get(f"/gemeente/fondsen/{fund.id}")
    assert "Vertel waar het fonds voor is." in page.text
    assert "Vul in wat er boven aan de brieven staat." in page.text
    assert at.buurt.name in page.text


def test_wrong_details_are_told_at_the_field_and_nothing_typed_is_lost(
    anna: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = draft(session, at)
    form = {
        "name": "Buurtfonds",
        "purpose": "Voor iedereen",
        "opens_on": in_days(9).isoformat(),
        "closes_on": in_days(3).isoformat(),
        "scope": "some",
        "decision_weeks": "zes",
        "checklist": "Alleen dit",
    }
    page = anna.post(f"/gemeente/fondsen/{fund.id}/gegevens", data=form)
    assert "Kies minstens één wijk of buurt." in page.text
    assert "Vul een heel getal in" in page.text
    for value in ("Voor iedereen", "Alleen dit", 'value="zes"', in_days(3).isoformat()):
        assert value in page.text
    right = {**form, "scope": "all", "decision_weeks": "6"}
    page = anna.post(f"/gemeente/fondsen/{fund.id}/gegevens", data=right)
    assert "De laatste dag ligt voor de eerste dag." in page.text


def test_an_area_of_another_municipality_is_refused(
    anna: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = draft(session, at)
        elsewhere = NeighbourhoodFactory()
    form = {"name": "X", "scope": "some", "area_codes": [elsewhere.code], "decision_weeks": "8"}
    page = anna.post(f"/gemeente/fondsen/{fund.id}/gegevens", data=form)
    assert "Kies gebieden van uw eigen gemeente uit de lijst." in page.text


def test_who_wrote_it_last_is_told_to_ask_a_colleague(
    anna: FlaskClient, bram: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = draft(session, at)
    address = f"/gemeente/fondsen/{fund.id}"
    assert "een collega moet het lezen en publiceren" in anna.get(address).text
    assert f"{address}/publiceren" in bram.get(address).text
    form = {"unrehearsed_reason": REASON_WITHOUT_REHEARSAL}
    assert "Een collega moet het publiceren." in anna.post(f"{address}/publiceren", data=form).text


def test_the_question_shows_all_that_is_frozen_and_asks_why_it_was_not_rehearsed(
    bram: FlaskClient, at: Desk, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        fund = draft(session, at)
    address = f"/gemeente/fondsen/{fund.id}/publiceren"
    page = words(bram.get(address))
    for part in (
        "Subsidieregeling Buurtfonds Waterdal 2026",
        "De actie ligt in onze gemeente",
        "Postbus 1, 1234 AB Waterdal",
        "Het fonds verdeelt hoogstens €\xa025.000.",
        "Niemand kan het nog wijzigen",
    ):
        assert part.replace("\xa0", " ") in page.replace("\xa0", " ")
    assert "Deze regels zijn niet doorgerekend." in bram.post(address, data={}).text
    answer = bram.post(
        address, data={"unrehearsed_reason": REASON_WITHOUT_REHEARSAL}, follow_redirects=True
    )
    assert "Het fonds is gepubliceerd." in answer.text
    assert kept(fresh_database, fund.id).status == "published"
    assert REASON_WITHOUT_REHEARSAL in answer.text


def test_a_draft_with_gaps_has_no_question_yet(
    bram: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = draft(session, at, sender="")
    answer = bram.get(f"/gemeente/fondsen/{fund.id}/publiceren")
    assert answer.location == f"/gemeente/fondsen/{fund.id}"


def test_a_rehearsed_draft_needs_no_reason(
    bram: FlaskClient, at: Desk, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        fund = draft(session, at)
        note_rehearsal(session, rehearsal_id=rehearsal_of(session, fund).id)
    address = f"/gemeente/fondsen/{fund.id}/publiceren"
    assert "Precies deze regels zijn doorgerekend." in bram.get(address).text
    assert bram.post(address, data={}).status_code == 302
    assert kept(fresh_database, fund.id).status == "published"


def test_rehearsing_without_past_campaigns_says_so(
    anna: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = draft(session, at)
    page = anna.post(f"/gemeente/fondsen/{fund.id}/oefenen", follow_redirects=True)
    assert "vjb-flashes" in page.text
    assert "Nog niet doorgerekend." in page.text


def test_a_new_version_shows_what_changes_and_asks_what_for(
    bram: FlaskClient, at: Desk, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        fund = published(session, at)
        save_ruleset(
            session,
            fund_id=fund.id,
            rules=recommended(CEILING * 2),
            indicators=INDICATORS,
            actor=at.writer,
        )
    address = f"/gemeente/fondsen/{fund.id}"
    assert "een nieuwe versie wacht op publicatie" in bram.get(address).text
    page = bram.get(f"{address}/nieuwe-versie")
    assert re.search(r"<del>[^<]*25\.000", page.text)
    assert re.search(r"<ins>[^<]*50\.000", page.text)
    form = {"unrehearsed_reason": REASON_WITHOUT_REHEARSAL}
    wrong = bram.post(f"{address}/nieuwe-versie", data=form)
    assert "Vertel wat er verandert, en waarom." in wrong.text
    assert REASON_WITHOUT_REHEARSAL in wrong.text
    form["change"] = "De raad legde geld bij."
    answer = bram.post(f"{address}/nieuwe-versie", data=form, follow_redirects=True)
    assert "De raad legde geld bij." in answer.text
    with fresh_database.reading() as session:
        assert session.query(FundVersion).count() == 2


def test_a_fund_that_has_not_opened_is_withdrawn_with_a_reason(
    anna: FlaskClient, at: Desk, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        fund = published(session, at)
    address = f"/gemeente/fondsen/{fund.id}/intrekken"
    assert "Geef een reden." in anna.post(address, data={"reason": " "}).text
    anna.post(address, data={"reason": "De raad besloot anders."})
    assert kept(fresh_database, fund.id).status == "withdrawn"
    assert "De raad besloot anders." in anna.get(f"/gemeente/fondsen/{fund.id}").text


def test_a_live_fund_with_money_left_keeps_its_period(
    anna: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = published(session, at, LIVE)
        with clock.at(certain(fund.opens_at)):
            open_fund(session, fund_id=fund.id, actor=SYSTEM)
    page = anna.post(f"/gemeente/fondsen/{fund.id}/sluiten", data={"reason": "Op is op"})
    assert "Mensen rekenen op de periode" in page.text
    assert "Op is op" in page.text


def test_two_municipalities_do_not_see_each_others_funds(
    anna: FlaskClient, at: Desk, committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        elsewhere = desk()
        theirs = draft(session, elsewhere, name="Fonds van de buurgemeente")
        draft(session, at, name="Ons fonds")
    own = anna.get("/gemeente/fondsen").text
    assert "Ons fonds" in own
    assert "Fonds van de buurgemeente" not in own
    for path in ("", "/gegevens", "/regels", "/publiceren", "/nieuwe-versie", "/intrekken"):
        assert anna.get(f"/gemeente/fondsen/{theirs.id}{path}").status_code == 404
        assert signed_in(elsewhere.anna).get("/gemeente/fondsen").status_code == 200


def test_a_closed_fund_is_divided_when_nobody_waits(
    anna: FlaskClient, at: Desk, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        fund = closing_fund(
            {"divide": {"kind": "lottery"}},
            municipality=None,
            municipality_id=at.buurt.municipality_id,
            status="closed",
            lottery_source="De slotkoers van de AEX",
        )
        campaign = CampaignFactory(status="live", title="Een groen plein")
        waiting = ApplicationFactory(fund=fund, campaign=campaign, status="received")
    address = f"/gemeente/fondsen/{fund.id}"
    assert "1 aanvraag wacht nog op toelaten of afwijzen." in anna.get(address).text
    page = anna.post(f"{address}/verdelen", data={"lottery_seed": "912,34"})
    assert "Er wachten nog 1 aanvragen." in page.text
    assert 'value="912,34"' in page.text
    with committing() as session:
        session.get_one(Application, waiting.id).status = "admitted"
    page = anna.post(f"{address}/verdelen", data={"lottery_seed": ""})
    assert "Vul het getal voor de loting in." in page.text
    assert "De slotkoers van de AEX" in page.text
    answer = anna.post(
        f"{address}/verdelen", data={"lottery_seed": "912,34"}, follow_redirects=True
    )
    assert "Het geld is verdeeld." in answer.text
    assert "Getal van de loting: 912,34." in answer.text
    assert "Een groen plein" in answer.text
    assert kept(fresh_database, fund.id).status == "divided"
    assert anna.get(f"{address}/verdelen").status_code == 404
