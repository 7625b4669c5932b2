"""Proposing, approving, sending back and recalling over the screens, with the letters."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.people import RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import RoleGrant
from voorjebuurt.settings import Settings

CLAIM = 50_000
REFUSAL = {
    "grounds": "will_not_happen",
    "reason": "Het plein wordt verkocht.",
    "exception": "urgency",
    "exception_reason": "Het geld vervalt morgen.",
}


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in, at="divided", claim=CLAIM)


def any_decision(committing: Committing) -> bool:
    with committing() as session:
        return session.scalar(select(Decision.id).limit(1)) is not None


def the_decision(committing: Committing) -> Decision:
    """The one that was proposed last."""
    with committing() as session:
        return certain(
            session.scalars(select(Decision).order_by(Decision.proposed_at.desc())).first()
        )


def proposed(at_desk: Desk, committing: Committing) -> str:
    """The address of an award that Olga proposed."""
    page(at_desk.olga, f"{at_desk.path}/besluit/toekenning", x="x")
    return f"/gemeente/besluiten/{the_decision(committing).id}"


def approved(at_desk: Desk, committing: Committing) -> str:
    path = proposed(at_desk, committing)
    page(at_desk.piet, f"{path}/goedkeuren", x="x")
    return path


def test_the_case_leads_to_the_decision_that_was_computed(at_desk: Desk) -> None:
    page_text = page(at_desk.olga, at_desk.path)
    assert "Stel een besluit voor" in page_text
    assert page_text.index("besluit/toekenning") < page_text.index("besluit/weigering")
    assert "€ 500" in page_text


def test_the_letter_is_read_before_anything_is_proposed(
    at_desk: Desk, committing: Committing
) -> None:
    path = f"{at_desk.path}/besluit/weigering"
    page_text = page(at_desk.olga, path, preview="1", **REFUSAL)
    assert "vjb-letter" in page_text
    assert "Het plein wordt verkocht." in page_text.partition("vjb-letter")[2]
    assert "artikel 4:35, eerste lid, onder a, Awb" in page_text
    assert not any_decision(committing)


def test_a_refusal_needs_a_ground_and_a_reason(at_desk: Desk, committing: Committing) -> None:
    path = f"{at_desk.path}/besluit/weigering"
    page_text = page(at_desk.olga, path, reason="Geen goed plan.")
    assert 'id="grounds-error"' in page_text
    assert "Geen goed plan." in page_text
    page_text = page(at_desk.olga, path, grounds="will_not_happen", reason="")
    assert 'id="reason-error"' in page_text
    assert re.search(r'checked[^>]*value="will_not_happen"', page_text)
    assert not any_decision(committing)


@pytest.mark.parametrize("amount", ["", "veel", "0", "500", "1000", "-5"])
def test_a_partial_award_is_less_than_the_claim(
    at_desk: Desk, committing: Committing, amount: str
) -> None:
    path = f"{at_desk.path}/besluit/gedeeltelijke-toekenning"
    page_text = page(at_desk.olga, path, amount=amount, grounds="ceiling", reason="Het geld is op.")
    assert 'id="amount-error"' in page_text
    assert f'value="{amount}"' in page_text
    assert not any_decision(committing)


def test_a_partial_award_with_its_amount(at_desk: Desk, committing: Committing) -> None:
    path = f"{at_desk.path}/besluit/gedeeltelijke-toekenning"
    page(at_desk.olga, path, amount="499,99", grounds="ceiling", reason="Het geld is op.")
    decision = the_decision(committing)
    assert (decision.kind, decision.amount_cents, decision.grounds) == (
        "partial_award",
        49_999,
        ["ceiling"],
    )


def test_a_kind_that_is_none_or_not_possible(at_desk: Desk) -> None:
    assert at_desk.olga.get(f"{at_desk.path}/besluit/gratie").status_code == 404
    page_text = page(at_desk.olga, f"{at_desk.path}/besluit/vaststelling", x="x")
    assert "error-summary" in page_text


def test_a_second_officer_reads_and_approves(at_desk: Desk, committing: Committing) -> None:
    path = proposed(at_desk, committing)
    own = page(at_desk.olga, path)
    assert f"{path}/goedkeuren" not in own
    assert "U stelde dit besluit zelf voor." in own
    page_text = page(at_desk.piet, path)
    assert f"{path}/goedkeuren" in page_text
    assert "vjb-letter" in page_text
    page_text = page(at_desk.piet, f"{path}/goedkeuren", x="x")
    assert "Gaat over 30 minuten weg" in page_text
    assert the_decision(committing).status == "approved"


def test_who_proposed_can_not_approve_by_the_address_either(
    at_desk: Desk, committing: Committing
) -> None:
    path = proposed(at_desk, committing)
    assert "utrecht-alert--error" in page(at_desk.olga, f"{path}/goedkeuren", x="x")
    assert the_decision(committing).status == "proposed"


def test_a_mandate_that_is_too_low_is_told_beforehand(
    at_desk: Desk, committing: Committing
) -> None:
    with committing() as session:
        grant = session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == at_desk.case.piet.person_id)
        ).one()
        grant.revoked_at = clock.now()
        session.flush()
        RoleGrantFactory(
            person_id=grant.person_id,
            role="officer",
            municipality_id=grant.municipality_id,
            mandate_limit_cents=CLAIM - 1,
        )
    path = proposed(at_desk, committing)
    page_text = page(at_desk.piet, path)
    assert "€ 499,99" in page_text
    assert f"{path}/goedkeuren" not in page_text


def test_a_decision_shows_the_mandate_it_was_approved_under(
    at_desk: Desk, committing: Committing
) -> None:
    path = approved(at_desk, committing)
    with committing() as session:
        grant = session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == at_desk.case.piet.person_id)
        ).one()
        limit = certain(grant.mandate_limit_cents)
        grant.revoked_at = clock.now()
    page_text = page(at_desk.olga, path).partition("Mandaat van toen")[2]
    assert f"€ {limit // 100:,}".replace(",", ".") in page_text[:120]


def test_a_proposal_is_sent_back_with_a_reason(at_desk: Desk, committing: Committing) -> None:
    path = proposed(at_desk, committing)
    assert 'id="reason-error"' in page(at_desk.piet, f"{path}/terugsturen", reason=" ")
    page_text = page(at_desk.piet, f"{path}/terugsturen", reason="Het bedrag klopt niet.")
    assert "Het bedrag klopt niet." in page_text
    assert the_decision(committing).status == "dismissed"
    assert "Stel een besluit voor" in page(at_desk.olga, at_desk.path)


def test_who_takes_a_proposal_of_their_own_back_is_told_of_no_colleague(
    at_desk: Desk, committing: Committing
) -> None:
    path = proposed(at_desk, committing)
    assert "Uw collega leest uw reden" in page(at_desk.piet, f"{path}/terugsturen")
    assert "Trek het voorstel in" in page(at_desk.olga, path)
    form = page(at_desk.olga, f"{path}/terugsturen")
    assert "Uw collega" not in form
    assert "Uw reden blijft bij de zaak staan." in form
    assert "Uw voorstel is ingetrokken" in page(at_desk.olga, f"{path}/terugsturen", reason="Fout.")
    assert the_decision(committing).status == "dismissed"


def test_an_approved_decision_is_recalled(at_desk: Desk, committing: Committing) -> None:
    path = approved(at_desk, committing)
    page_text = page(at_desk.olga, f"{path}/terughalen", reason="Er kwam nieuws.")
    assert "Er kwam nieuws." in page_text
    assert the_decision(committing).status == "recalled"


def test_one_that_could_not_be_sent_says_so(at_desk: Desk, committing: Committing) -> None:
    path = approved(at_desk, committing)
    assert "kon niet weg" not in page(at_desk.olga, path)
    with clock.at(clock.now() + timedelta(minutes=46)):
        page_text = page(at_desk.olga, path)
    assert "kon niet weg" in page_text
    assert f"{path}/terughalen" in page_text


def test_after_the_time_to_recall_it_is_sent_with_its_letter(
    at_desk: Desk, committing: Committing, fresh_database: Database, settings: Settings
) -> None:
    path = approved(at_desk, committing)
    draft = at_desk.olga.get(f"{path}/brief.pdf")
    with clock.at(clock.now() + timedelta(minutes=31)):
        run_jobs(fresh_database, settings)
    decision = the_decision(committing)
    assert decision.status == "sent"
    letter = at_desk.olga.get(f"{path}/brief.pdf")
    assert letter.headers["Content-Type"] == "application/pdf"
    assert letter.headers["Content-Disposition"] == f'inline; filename="{decision.number}.pdf"'
    with committing() as session:
        assert letter.data == session.get_one(Decision, decision.id).letter
    assert draft.data.startswith(b"%PDF-")
    assert draft.data != letter.data
    assert "vjb-letter" in page(at_desk.olga, f"{path}/brief")
    page_text = page(at_desk.olga, path)
    assert f"{path}/terughalen" not in page_text
    assert "Wacht op de verantwoording" in page(at_desk.olga, at_desk.path)


def test_another_municipality_sees_no_decision_and_no_letter(
    at_desk: Desk, committing: Committing
) -> None:
    path = proposed(at_desk, committing)
    for part in ("", "/brief", "/brief.pdf", "/terugsturen", "/terughalen"):
        assert at_desk.eva.get(path + part).status_code == 404, part
    assert at_desk.eva.post(f"{path}/goedkeuren").status_code == 404
