"""From an empty site to a fund that is measured by real slices of CBS: by command and by screen."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.staff import with_role
from tests.support.factories.towns import admitted, applied, divided, officer, town_fund
from tests.support.fixtures_site import Committing, SignIn
from tests.support.source import SHARED
from voorjebuurt.decisions.destinations.service import Destinations, destinations
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.places.queries import municipality_by_slug
from voorjebuurt.settings import Settings
from voorjebuurt.worker.run_waiting import run_waiting_jobs

SLICES = SHARED / "cbs"
FILES = (
    ("amsterdam_kwb2023_income_raw.csv", 2023),
    ("amsterdam_kwb2024_population_raw.csv", 2024),
    ("amsterdam_ses_woa_2019_statline_raw.csv", 2019),
    ("amsterdam_buurten_simplified.geojson", 2024),
)
POOR, RICH = "BU0363TG01", "BU0363MA02"
RESIDENTS = 900_000
Register = Callable[[], None]

pytestmark = pytest.mark.skipif(not SLICES.is_dir(), reason=f"no CBS slices in {SLICES}")


@pytest.fixture
def by_command(fresh_database_url: str, tmp_path: Path) -> Register:
    """As an operator: ``places register``, then ``places import`` for each file."""
    environment = {
        "PATH": os.environ["PATH"],
        "VJB_ENV": "test",
        "VJB_HOME": str(tmp_path / "home"),
        "DATABASE_URL": fresh_database_url,
    }

    def places(*arguments: str) -> None:
        result = subprocess.run(
            [sys.executable, "-m", "voorjebuurt", "places", *arguments],
            capture_output=True,
            text=True,
            timeout=300,
            env=environment,
        )
        assert result.returncode == 0, result.stderr

    def register() -> None:
        places("register", "GM0363", "Amsterdam")
        for name, year in FILES:
            places("import", str(SLICES / name), "--vintage", str(year))

    return register


@pytest.fixture
def by_screen(
    committing: Committing, signed_in: SignIn, fresh_database: Database, settings: Settings
) -> Register:
    """As staff: *Gemeente toevoegen*, then each file, that the worker reads."""

    def register() -> None:
        with committing() as session:
            anna = with_role(session, "staff", "Anna Bakker")
        browser = signed_in(anna)
        answer = browser.post(
            "/beheer/gebieden/gemeente", data={"code": "GM0363", "name": "Amsterdam"}
        )
        assert answer.status_code == 302, answer.text
        for name, year in FILES:
            data = {
                "vintage": str(year),
                "source": "CBS",
                "municipality": "",
                "file": (io.BytesIO((SLICES / name).read_bytes()), name),
            }
            path = "/beheer/gebieden/inlezen"
            answer = browser.post(path, data=data, content_type="multipart/form-data")
            assert answer.status_code == 302, answer.text
            jobs = list(run_waiting_jobs(Runtime(fresh_database, settings)))
            assert [job.error for job in jobs if job.error] == []
            assert "Ingelezen" in browser.get(answer.location).text

    return register


@pytest.mark.parametrize("way", ["by_command", "by_screen"])
def test_amsterdam_goes_in_from_an_empty_site_and_a_fund_is_measured_by_it(
    way: str, request: pytest.FixtureRequest, committing: Committing, client: FlaskClient
) -> None:
    with committing() as session:
        assert session.scalar(select(func.count()).select_from(Municipality)) == 0
    request.getfixturevalue(way)()
    with committing() as session:
        amsterdam = certain(municipality_by_slug(session, "amsterdam"))
        fund = town_fund(amsterdam.id, name="Buurtfonds Amsterdam")
        olga, piet = (officer(session, amsterdam.id, name) for name in ("Olga", "Piet"))
        rows = []
        for code in (POOR, RICH):
            buurt = certain(
                session.scalar(
                    select(Neighbourhood).where(
                        Neighbourhood.code == code, Neighbourhood.vintage == 2024
                    )
                )
            )
            campaign = CampaignFactory(
                status="succeeded",
                neighbourhood=None,
                neighbourhood_id=buurt.id,
                municipality_id=amsterdam.id,
                goal_cents=10_000_000,
            )
            row = applied(session, fund, campaign)
            admitted(session, row, olga)
            rows.append(row)
        divided(session, fund, {row.id: 25_000 for row in rows})
        for row in rows:
            decision_id = propose(
                session,
                application_id=row.id,
                kind="award",
                amount_cents=25_000,
                grounds=[],
                reason="",
                actor=olga,
            )
            approve(session, decision_id=decision_id, recall_minutes=0, actor=piet)
            assert send_decision(session, decision_id=decision_id)
        figures, slug = destinations(session, municipality_id=amsterdam.id), fund.slug
    measured_by_the_slices(figures)
    for path in (f"/fondsen/{slug}", "/waar-het-geld-heen-ging/amsterdam"):
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).text))
        assert "50% van het matchgeld ging naar buurten" in text
        assert "van de 517." in text


def measured_by_the_slices(figures: Destinations) -> None:
    """Five bands with about a fifth of all residents each; one award in the first, one not."""
    baseline = figures.baseline
    assert (figures.indicator, figures.source, len(figures.bands)) == ("p_hh_120", "fifths", 5)
    assert baseline.total > RESIDENTS
    for residents in baseline.residents:
        assert 0.15 < residents / baseline.total < 0.25
    assert baseline.areas == 517
    assert baseline.own + baseline.around == 517
    assert baseline.own > baseline.around > 0
    line = figures.total.line
    assert line.match_cents == 50_000
    assert line.cells[0].match_cents + line.cells[1].match_cents == 25_000
