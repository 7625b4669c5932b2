"""Officers register on their screens what came on paper, and who applied sees it."""

import re
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.applicants import FIELDS
from tests.support.attached_files import EICAR, PDF
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from tests.support.papers import day
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.decisions.paper_models import PaperFiling
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood

PAPER: dict[str, Any] = {
    **FIELDS,
    "on": day(1).isoformat(),
    "at": "10.15",
    "no_scan_reason": "Het papier is te groot.",
    "reach": "De hele straat.",
}
ON_PAPER = {name: value for name, value in PAPER.items() if name != "electronic"}


def neighbour(committing: Committing, at_desk: Desk) -> UUID:
    """A campaign in the same buurt that did not apply."""
    with committing() as session, building_in(session):
        buurt = session.get_one(Neighbourhood, at_desk.case.campaign.neighbourhood_id)
        campaign = CampaignFactory(status="succeeded", goal_cents=10_000_000, neighbourhood=buurt)
        return campaign.id


def line_of(html: str) -> str:
    match = re.search(r'name="line" value="([^"]*)"', html)
    assert match, html
    return match[1]


def file(data: bytes, name: str) -> tuple[BytesIO, str]:
    return BytesIO(data), name


def test_from_the_campaign_to_the_letter_that_confirms_it(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in)
    campaign_id = neighbour(committing, at_desk)
    assert "Een aanvraag op papier vastleggen" in page(
        at_desk.olga, f"/gemeente/acties/{campaign_id}"
    )
    assert at_desk.case.fund.name in page(at_desk.olga, f"/gemeente/acties/{campaign_id}/papier")
    path = f"/gemeente/acties/{campaign_id}/papier/{at_desk.case.fund.id}"
    check = page(at_desk.olga, path, **ON_PAPER, attachments=[file(PDF, "aanvraag.pdf")])
    assert "nummer 1 van dit fonds" in check
    assert at_desk.case.application.number in check
    assert "aanvraag.pdf" in check
    page_text = page(
        at_desk.olga, path, **ON_PAPER, send="1", line=line_of(check), version=version(check)
    )
    assert "De aanvraag is vastgelegd" in page_text
    assert "Op papier ontvangen" in page_text
    assert "1 aanvraag die er al was" in page_text
    with committing() as session:
        application = session.scalars(
            select(Application).where(Application.campaign_id == campaign_id)
        ).one()
        owner = session.get_one(Person, application.applicant_id)
        [attachment] = session.scalars(
            select(Attachment).where(Attachment.application_id == application.id)
        )
    own = page(signed_in(owner), f"/mijn/matchgeld/{application.id}")
    assert "op papier; de gemeente legde het voor u vast" in own
    assert "aanvraag.pdf" in own
    assert attachment.scan == "unscanned"
    desk_page = page(at_desk.piet, "/gemeente")
    assert "bevestiging van wat op papier kwam" in desk_page
    letter = re.search(r'href="(/gemeente/post/[^"]+)"', desk_page)
    assert letter
    assert "Molenstraat 12-3" in page(at_desk.piet, f"{letter[1]}/adres")
    assert at_desk.piet.get(f"{letter[1]}/brief.pdf").data.startswith(b"%PDF")


def version(html: str) -> str:
    match = re.search(r'name="version" value="([^"]*)"', html)
    assert match
    return match[1].replace("&#34;", '"').replace("&quot;", '"')


def test_somebody_who_came_in_between_shows_the_line_again(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in)
    campaign_id = neighbour(committing, at_desk)
    path = f"/gemeente/acties/{campaign_id}/papier/{at_desk.case.fund.id}"
    check = page(at_desk.olga, path, **ON_PAPER)
    again = page(at_desk.olga, path, **ON_PAPER, send="1", line="1", version=version(check))
    assert "Controleer de aanvraag op papier" in again
    with committing() as session:
        assert session.scalars(select(PaperFiling)).all() == []


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in)
    campaign_id = neighbour(committing, at_desk)
    path = f"/gemeente/acties/{campaign_id}/papier/{at_desk.case.fund.id}"
    form = page(at_desk.olga, path)
    assert "Hoogstens" in form
    assert "MB" in form
    wrong = page(at_desk.olga, path, **{**ON_PAPER, "at": "laat", "no_scan_reason": ""})
    assert "Vul een tijd in" in wrong
    missing = page(at_desk.olga, path, **{**ON_PAPER, "no_scan_reason": ""})
    assert "Voeg een scan van het papier toe" in missing
    assert "De hele straat." in missing
    later = page(at_desk.olga, path, **{**ON_PAPER, "on": day(-1).isoformat()})
    assert "niet later dan nu" in later
    hostile = page(at_desk.olga, path, **ON_PAPER, attachments=[file(EICAR, "scan.pdf")])
    assert "scan.pdf: " in hostile
    assert "<script>" not in page(
        at_desk.olga, path, **{**ON_PAPER, "no_scan_reason": "<script>alert(1)</script>"}
    ).split("</head>")[1].replace("<script src", "")


def test_everything_that_is_wrong_is_told_at_once_at_its_field(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in)
    campaign_id = neighbour(committing, at_desk)
    path = f"/gemeente/acties/{campaign_id}/papier/{at_desk.case.fund.id}"
    bad_values = {
        "on": day(-1).isoformat(),
        "at": "laat",
        "no_scan_reason": "",
        "reach": "",
        "undertaking": "y",
        "legal_form": "foundation",
        "organisation": "",
        "kvk": "12",
        "rsin": "123",
        "house_number": "geen",
        "postcode": "0000",
        "signing_right": "self",
        "signer": "",
        "note": "Dit blijft staan.",
    }
    wrong = page(at_desk.olga, path, **{**ON_PAPER, **bad_values})
    fields = {*bad_values, "de_minimis", "aid_cents"} - {"undertaking", "legal_form", "note"}
    assert {name for name in fields if f'id="{name}-error"' not in wrong} == set()
    assert "Dit blijft staan." in wrong
    assert wrong.count("Vul een tijd in") == 2, "at its field, and in the list above"
    for what in ("aanvulling", "intrekking"):
        other = f"{at_desk.path}/papier/{what}"
        again = page(at_desk.olga, other, **{**ON_PAPER, **bad_values, "note": ""})
        names = {"on", "at", "no_scan_reason", "signer"}
        names |= {"kvk", "postcode", "note"} if what == "aanvulling" else set()
        assert {name for name in names if f'id="{name}-error"' not in again} == set(), what


def test_no_officer_of_elsewhere_and_no_resident(committing: Committing, signed_in: SignIn) -> None:
    at_desk = desk(committing, signed_in)
    campaign_id = neighbour(committing, at_desk)
    paths = (
        f"/gemeente/acties/{campaign_id}/papier",
        f"/gemeente/acties/{campaign_id}/papier/{at_desk.case.fund.id}",
        f"{at_desk.path}/papier/aanvulling",
        f"{at_desk.path}/papier/intrekking",
    )
    with committing() as session:
        noor = session.get_one(Person, at_desk.case.campaign.initiator_id)
    resident = signed_in(noor)
    for path in paths:
        assert at_desk.eva.get(path).status_code == 404
        assert resident.get(path).status_code == 403


@pytest.mark.parametrize("what", ["aanvulling", "intrekking"])
def test_a_completion_and_a_withdrawal_are_registered_once(
    committing: Committing, signed_in: SignIn, what: str
) -> None:
    at_desk = desk(committing, signed_in)
    path = f"{at_desk.path}/papier/{what}"
    form = {**ON_PAPER, "on": day(0).isoformat(), "at": "", "note": "Zie het papier."}
    before = page(at_desk.olga, path)
    if what == "aanvulling":
        form["version"] = version(before)
    page_text = page(at_desk.olga, path, **form, attachments=[file(PDF, "brief.pdf")])
    assert "is vastgelegd" in page_text
    assert "brief.pdf" in page_text
    page(at_desk.piet, path, **form)
    with committing() as session:
        assert len(session.scalars(select(PaperFiling)).all()) == 1
