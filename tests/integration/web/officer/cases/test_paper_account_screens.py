"""An officer registers on their screen an account of the money that came on paper."""

import re
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.attached_files import PDF
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from tests.support.papers import day
from voorjebuurt.decisions.models import Accounting
from voorjebuurt.decisions.paper_models import PaperFiling
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

CLAIM = 50_000
PAPER: dict[str, Any] = {
    "on": day(0).isoformat(),
    "no_scan_reason": "Het papier is te groot.",
    "signer": "Noor de Wit",
    "story": "De bomen staan er.",
    "lines-0-label": "Zes bomen",
    "lines-0-amount": "400,00",
    "lines-1-label": "Aarde",
    "lines-1-amount": "80",
}


def awarded(committing: Committing, signed_in: SignIn, **fields: Any) -> Desk:
    """The award was sent, and the money is the campaign's."""
    at_desk = desk(committing, signed_in, at="divided", claim=CLAIM, **fields)
    with committing() as session:
        at_desk.case.application = session.get_one(Application, at_desk.application_id)
        at_desk.case.send(session, "award", CLAIM)
    return at_desk


def version(html: str) -> str:
    match = re.search(r'name="version" value="([^"]*)"', html)
    assert match
    return match[1].replace("&#34;", '"').replace("&quot;", '"')


def test_from_the_case_to_the_determination(committing: Committing, signed_in: SignIn) -> None:
    at_desk = awarded(committing, signed_in)
    path = f"{at_desk.path}/papier/verantwoording"
    label = "Een verantwoording op papier vastleggen"
    assert label in page(at_desk.olga, at_desk.path)
    form = page(at_desk.olga, path)
    scan = (BytesIO(PDF), "bonnen.pdf")
    row = page(at_desk.olga, path, **PAPER, attachments=[scan], add="1")
    assert 'name="lines-3-label"' in row
    assert "bonnen.pdf" in row
    assert "€ 480" in row
    wrong = page(at_desk.olga, path, **{**PAPER, "signer": "", "story": ""})
    assert {name for name in ("signer", "story") if f'id="{name}-error"' not in wrong} == set()
    answer = page(at_desk.olga, path, **{**PAPER, "no_scan_reason": ""}, version=version(form))
    assert "De verantwoording is vastgelegd" in answer
    assert "Een verantwoording op papier" in answer
    assert "Dit kwam op papier." in answer
    assert "Stel het matchgeld vast" in answer
    assert "Zes bomen" in answer
    with committing() as session:
        account = session.scalars(select(Accounting)).one()
        owner = session.get_one(Person, at_desk.case.application.applicant_id)
    assert account.spent_cents == 48_000
    own = page(signed_in(owner), f"/mijn/matchgeld/{at_desk.application_id}")
    assert "De gemeente legde uw verantwoording op papier vast" in own
    assert "bonnen.pdf" in own


def test_where_only_what_was_done_is_asked_it_has_no_amounts(
    committing: Committing, signed_in: SignIn
) -> None:
    bands = [{"from_cents": 0, "way": "activities"}]
    at_desk = awarded(committing, signed_in, draft_arrangements=bands)
    path = f"{at_desk.path}/papier/verantwoording"
    form = page(at_desk.olga, path)
    assert "lines-0-label" not in form
    assert "bonnen" not in form
    answer = page(at_desk.olga, path, **PAPER, version=version(form))
    assert "De verantwoording is vastgelegd" in answer
    with committing() as session:
        assert session.scalars(select(Accounting.spent_cents)).one() is None


def test_the_same_paper_by_two_officers_is_registered_once(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = awarded(committing, signed_in)
    path = f"{at_desk.path}/papier/verantwoording"
    first = page(at_desk.olga, path)
    page(at_desk.olga, path, **PAPER, version=version(first))
    second = page(at_desk.olga, path)
    page(at_desk.olga, path, **PAPER, version=version(second))
    late = page(at_desk.piet, path, **PAPER, version=version(second))
    assert "vastgelegd. De aanvrager" not in late
    assert "De bomen staan er." in late, "what was typed stays"
    with committing() as session:
        assert len(session.scalars(select(PaperFiling)).all()) == 2


@pytest.mark.parametrize("status", ["received", "direct", "ex_officio"])
def test_without_an_account_to_come_there_is_no_form(
    committing: Committing, signed_in: SignIn, status: str
) -> None:
    at_desk = (
        desk(committing, signed_in)
        if status == "received"
        else awarded(committing, signed_in, draft_arrangements=[{"from_cents": 0, "way": status}])
    )
    path = f"{at_desk.path}/papier/verantwoording"
    assert at_desk.olga.get(path).headers["Location"].endswith(at_desk.path)
    assert "papier/verantwoording" not in page(at_desk.olga, at_desk.path)


def test_no_officer_of_elsewhere_and_no_resident(committing: Committing, signed_in: SignIn) -> None:
    at_desk = awarded(committing, signed_in)
    path = f"{at_desk.path}/papier/verantwoording"
    with committing() as session:
        owner = session.get_one(Person, at_desk.case.application.applicant_id)
    assert at_desk.eva.get(path).status_code == 404
    assert signed_in(owner).get(path).status_code == 403
