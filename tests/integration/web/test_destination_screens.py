"""Where money went, on the screens: the same sums for everybody, officers, staff and auditors."""

import csv
import io
import re
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from tests.support.factories.people import PersonFactory
from tests.support.factories.places import AreaFigureFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.matching.models import Application
from voorjebuurt.places.models import Municipality

PATH = "waar-het-geld-heen-ging"


@dataclass
class Site:
    """Olga's town, with € 500 of match and € 75 of gifts for one campaign."""

    at_desk: Desk
    slug: str
    staff: FlaskClient
    auditor: FlaskClient
    resident: FlaskClient


@pytest.fixture
def site(committing: Committing, signed_in: SignIn) -> Site:
    at_desk = desk(committing, signed_in, at="divided")
    with committing() as session:
        case = at_desk.case
        code = next(iter(session.get_one(Application, at_desk.application_id).areas))
        for indicator, value in (("p_hh_120", 31), ("a_inw", 400)):
            AreaFigureFactory(area_code=code, indicator=indicator, value=value)
        campaign = session.get_one(Campaign, case.campaign.id)
        for cents in (2_500, 5_000):
            PledgeFactory(campaign=campaign, amount_cents=cents)
        decision_id = propose(
            session,
            application_id=at_desk.application_id,
            kind="award",
            amount_cents=50_000,
            grounds=[],
            reason="",
            actor=case.olga,
        )
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
        assert send_decision(session, decision_id=decision_id)
        slug = session.get_one(Municipality, case.fund.municipality_id).slug
        people = [
            with_role(session, "staff", "Anna Bakker"),
            with_role(session, "auditor", "Ad Visser"),
            PersonFactory(),
        ]
    return Site(at_desk, slug, *map(signed_in, people))


def words(browser: FlaskClient, path: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page(browser, path))
    return re.sub(r"\s+", " ", text)


def test_everybody_reads_the_same_sums(site: Site, client: FlaskClient) -> None:
    public = words(client, f"/{PATH}/{site.slug}")
    officer = words(site.at_desk.olga, f"/gemeente/{PATH}")
    staff, auditor = (
        words(each, f"/beheer/{PATH}?gemeente={site.slug}") for each in (site.staff, site.auditor)
    )
    fund = words(client, f"/fondsen/{site.at_desk.case.fund.slug}")
    for text in (public, officer, staff, auditor, fund):
        assert "Er is nu € 500 matchgeld toegekend of vastgesteld, voor 1 actie." in text
        assert "Bewoners gaven € 75 aan dezelfde acties." in text
        assert "te weinig acties om daar iets uit af te leiden" in text


def test_a_share_is_told_with_its_table_and_its_uncertainty(
    site: Site, client: FlaskClient
) -> None:
    html = page(client, f"/{PATH}/{site.slug}")
    assert "De cijfers in een tabel" in html
    text = words(client, f"/{PATH}/{site.slug}")
    assert "100% van het matchgeld ging naar buurten waar de meeste mensen weinig geld" in text
    assert "Buurten met een eigen cijfer: 1 van de 1." in text
    assert "Het zegt niets over wie meedeed" in text
    assert "Middelste gift" not in text  # two gifts: it would be what one person gave


def test_officers_choose_a_year_and_see_each_fund(site: Site) -> None:
    path, olga = f"/gemeente/{PATH}", site.at_desk.olga
    whole = words(olga, path)
    assert "Kies een jaar om de fondsen te zien." in whole
    (year,) = set(re.findall(r"jaar=(\d{4})", page(olga, path)))
    text = words(olga, f"{path}?jaar={year}")
    assert f"Per fonds, {year}" in text
    assert site.at_desk.case.fund.name in text
    for odd in ("1893", "x", "<script>", "9" * 400):
        assert "Kies een jaar" in words(olga, f"{path}?jaar={odd}")


def test_a_spreadsheet_adds_up(site: Site) -> None:
    for browser, base in ((site.at_desk.olga, "/gemeente"), (site.auditor, "/beheer")):
        answer = browser.get(f"{base}/{PATH}.csv?gemeente={site.slug}")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        lines = io.StringIO(answer.data.decode("utf-8-sig"), newline="")
        rows = list(csv.DictReader(lines, delimiter=";"))
        match = sum(float(row["match_euro"].replace(",", ".")) for row in rows)
        gifts = sum(float(row["giften_euro"].replace(",", ".")) for row in rows)
        assert (match, gifts) == (500, 75)
        assert {row["match_fonds_euro"] for row in rows} == {"500,00"}
        assert {row["middelste_gift_euro"] for row in rows} == {""}
        assert "@" not in answer.text


def test_who_may_read_what(site: Site, client: FlaskClient) -> None:
    eva = site.at_desk.eva
    for suffix in ("", ".csv"):
        path = f"/gemeente/{PATH}{suffix}"
        assert eva.get(f"{path}?gemeente={site.slug}").status_code == 404
        assert site.resident.get(path).status_code == 403
        assert site.resident.get(f"/beheer/{PATH}{suffix}").status_code == 403
        assert client.get(path).status_code == 302
    assert client.get(f"/{PATH}/bestaat-niet").status_code == 404
    assert "Er is nog geen geld toegekend" in words(eva, f"/gemeente/{PATH}")
