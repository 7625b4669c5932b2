"""What a page offers an officer is not refused: a button is there when the service would do it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.case_steps import account, objected, pay_out
from tests.support.factories.towns import CHECKLIST
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.models import Application

CLAIM = 50_000
NL = {"Accept-Language": "nl"}
PROPOSAL = re.compile(r'href="(/gemeente/aanvragen/[^"]+/(?:besluit|voornemen)/([a-z-]+))"')
NOT_POSSIBLE = "Dit soort besluit is niet mogelijk"


def offers(browser: FlaskClient, path: str) -> dict[str, str]:
    """The kinds of decision that the page of a case offers, with their addresses."""
    answer = browser.get(path, headers=NL)
    assert answer.status_code == 200
    return {kind: href for href, kind in PROPOSAL.findall(answer.text)}


def held(committing: Committing, at_desk: Desk) -> None:
    with committing() as session:
        at_desk.case.campaign = session.get_one(Campaign, at_desk.case.campaign.id)
        at_desk.case.application = session.get_one(Application, at_desk.application_id)


def send(at_desk: Desk, committing: Committing, kind: str, cents: int, *grounds: str) -> None:
    held(committing, at_desk)
    with committing() as session:
        at_desk.case.send(session, kind, cents, *grounds)


Deed = Callable[[Desk, Committing, Path], None]


def _admitted(_desk: Desk, _committing: Committing, _folder: Path) -> None:
    """Nothing more: the application was divided and waits for a decision."""


def _award(at_desk: Desk, committing: Committing, _folder: Path) -> None:
    send(at_desk, committing, "award", CLAIM)


def _accounted(at_desk: Desk, committing: Committing, folder: Path) -> None:
    _award(at_desk, committing, folder)
    held(committing, at_desk)
    with committing() as session:
        account(session, at_desk.case, FolderStorage(folder))


def _determined(at_desk: Desk, committing: Committing, folder: Path) -> None:
    _accounted(at_desk, committing, folder)
    send(at_desk, committing, "determination", CLAIM)


def _overpaid(at_desk: Desk, committing: Committing, folder: Path) -> None:
    _accounted(at_desk, committing, folder)
    held(committing, at_desk)
    with committing() as session:
        pay_out(session, at_desk.case)
    send(at_desk, committing, "lower_determination", CLAIM - 1_000, "not_done")


def _failed(at_desk: Desk, committing: Committing, _folder: Path) -> None:
    with committing() as session:
        session.get_one(Campaign, at_desk.case.campaign.id).status = "failed"
    with committing() as session:
        settle_campaign(session, campaign_id=at_desk.case.campaign.id)


def _failed_after_award(at_desk: Desk, committing: Committing, folder: Path) -> None:
    with committing() as session:
        session.get_one(Campaign, at_desk.case.campaign.id).status = "live"
    _award(at_desk, committing, folder)
    _failed(at_desk, committing, folder)


@pytest.mark.parametrize(
    ("deed", "kinds"),
    [
        (_admitted, {"toekenning", "gedeeltelijke-toekenning", "weigering"}),
        (_award, {"intrekking", "wijziging-toekenning"}),
        (
            _accounted,
            {"vaststelling", "lagere-vaststelling", "intrekking", "wijziging-toekenning"},
        ),
        (_determined, {"wijziging-vaststelling"}),
        (_overpaid, {"terugvordering", "wijziging-vaststelling"}),
        (_failed, {"weigering"}),
        (_failed_after_award, set()),
    ],
)
def test_a_case_offers_the_decisions_that_can_be_proposed(
    committing: Committing, signed_in: SignIn, tmp_path: Path, deed: Deed, kinds: set[str]
) -> None:
    at_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    deed(at_desk, committing, tmp_path)
    hrefs = offers(at_desk.olga, at_desk.path)
    assert hrefs.keys() == kinds
    for href in hrefs.values():
        answer = at_desk.olga.get(href, headers=NL)
        assert answer.status_code == 200
        assert NOT_POSSIBLE not in answer.text, href


def test_a_campaign_that_runs_is_awarded_and_one_that_is_over_refused(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in, live=True, campaign="live")
    with committing() as session:
        application = session.get_one(Application, at_desk.application_id)
        application.status, application.admitted_at = "admitted", datetime(2026, 6, 1, tzinfo=UTC)
        campaign = session.get_one(Campaign, application.campaign_id)
    assert offers(at_desk.olga, at_desk.path).keys() >= {"toekenning", "weigering"}
    with committing() as session:
        session.get_one(Campaign, campaign.id).status = "succeeded"
    assert offers(at_desk.olga, at_desk.path).keys() == {"weigering"}
    text = words(at_desk.olga.get(at_desk.path, headers=NL))
    assert "Wijs de aanvraag af" in text
    assert "De actie was afgelopen voor de toekenning." in text
    text = words(at_desk.olga.get("/gemeente?van=alle", headers=NL))
    assert "de actie was afgelopen voor de toekenning: af te wijzen" in text


def test_one_deed_admits_and_proposes_the_award_of_a_live_fund(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in, live=True, campaign="live")
    assert "toekenning" not in offers(at_desk.olga, at_desk.path)
    with committing() as session:
        for item in CHECKLIST:
            mark_item(
                session,
                application_id=at_desk.application_id,
                item=item,
                is_met=True,
                note="",
                actor=at_desk.case.olga,
            )
    links = offers(at_desk.olga, at_desk.path)
    text = words(at_desk.olga.get(at_desk.path, headers=NL))
    assert "Klaar voor toelating en toekenning" in text
    assert "Daarna kan er niets meer worden toegekend." in text
    kind = "toekenning" if "toekenning" in links else "gedeeltelijke-toekenning"
    form = words(at_desk.olga.get(f"{at_desk.path}/besluit/{kind}", headers=NL))
    assert "toekenning van een hoogste bedrag, als de actie lukt." in form
    with committing() as session:
        assert session.get_one(Application, at_desk.application_id).status == "received"


def test_a_failed_campaign_is_to_be_refused(committing: Committing, signed_in: SignIn) -> None:
    at_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    _failed(at_desk, committing, Path())
    text = words(at_desk.olga.get(at_desk.path, headers=NL))
    assert "Wijs de aanvraag af" in text
    assert "de actie is niet gelukt: af te wijzen" in words(
        at_desk.olga.get("/gemeente?van=alle", headers=NL)
    )


def test_an_objection_whose_term_ended_is_not_lengthened(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    send(at_desk, committing, "award", CLAIM)
    held(committing, at_desk)
    with committing() as session:
        decision = session.scalars(select(Decision)).one()
        objection_id = objected(session, at_desk.case, decision).id
    path = f"/gemeente/bezwaren/{objection_id}"
    assert "/stap/extension" in at_desk.olga.get(path, headers=NL).text
    with committing() as session:
        session.get_one(Objection, objection_id).decide_by = clock.today() - timedelta(days=1)
    assert "/stap/extension" not in at_desk.olga.get(path, headers=NL).text
