"""Officers see who applies, aid above its ceiling, and post letters to who wants paper."""

from dataclasses import replace

from flask import Flask

from tests.support.applicants import details
from tests.support.factories.towns import admitted, divided
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.posting.queries import postings_of
from voorjebuurt.matching.applicants.service import keep_details
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.database import SETTINGS


def paper_desk(committing: Committing, signed_in: SignIn, *, aid_cents: int = 0) -> Desk:
    """A case of an undertaking that wants its letters on paper."""
    at_desk = desk(committing, signed_in)
    with committing() as session:
        application = session.get_one(Application, at_desk.application_id)
        application.undertaking = True
        keep_details(
            session,
            application=application,
            details=details(electronic=False, aid_cents=aid_cents),
            actor=at_desk.case.initiator,
        )
    return at_desk


def test_the_case_shows_who_applies_and_aid_against_its_ceiling(
    committing: Committing, signed_in: SignIn, app: Flask
) -> None:
    at_desk = paper_desk(committing, signed_in, aid_cents=29_000_000)
    html = page(at_desk.olga, at_desk.path)
    for words in ("Stichting De Molen", "111222333", "geen toestemming voor digitale", "€ 290.000"):
        assert words in html
    assert "boven het plafond" not in html
    settings: Settings = app.extensions[SETTINGS]
    lower = replace(settings.decisions, de_minimis_ceiling_cents=28_000_000)
    app.extensions[SETTINGS] = replace(settings, decisions=lower)
    assert "boven het plafond van" in page(at_desk.olga, at_desk.path)


def test_an_application_from_before_says_that_nothing_was_asked(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in)
    assert "van voordat we deze gegevens vroegen" in page(at_desk.olga, at_desk.path)


def test_a_letter_on_paper_is_printed_with_its_address_and_ticked_off(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = paper_desk(committing, signed_in)
    with committing() as session:
        application = session.get_one(Application, at_desk.application_id)
        admitted(session, application, at_desk.case.olga)
        fund = session.get_one(Fund, application.fund_id)
        divided(session, fund, {application.id: 50_000})
        decision_id = at_desk.case.send(session, "award", 50_000).id
        [posting] = postings_of(session, decision_id)
    path = f"/gemeente/besluiten/{decision_id}"
    assert "Brief posten" in page(at_desk.olga, "/gemeente")
    assert "Post deze brief" in page(at_desk.olga, path)
    letter = f"/gemeente/post/{posting.id}"
    assert f'href="{letter}"' in page(at_desk.olga, "/gemeente")
    assert at_desk.olga.get(f"{letter}/brief.pdf").data.startswith(b"%PDF")
    address = page(at_desk.olga, f"{letter}/adres")
    assert "Molenstraat 12-3" in address
    assert "1234 AB" in address
    for name in ("", "/adres", "/brief.pdf"):
        assert at_desk.eva.get(f"{letter}{name}").status_code == 404
    assert at_desk.eva.post(f"{letter}/gepost").status_code == 404
    assert "Deze brief is gepost" in page(at_desk.olga, f"{letter}/gepost", x="x")
    assert f'href="{letter}"' not in page(at_desk.olga, "/gemeente")
