"""From the initiator's account to the bank's statement, over the screens."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.checklists import complete_checklist
from tests.support.factories import payouts as make
from tests.support.factories.matching import ApplicationFactory, closing_fund
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.members import join, make_signer
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.together.service import leave
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.matching.pots.service import release_match
from voorjebuurt.payouts.models import BankFile, Payee, Payout
from voorjebuurt.people.models import Person


@dataclass
class Cast:
    """A succeeded campaign, and who has to do with it, each in a browser."""

    campaign_id: str
    initiator: FlaskClient
    anna: FlaskClient
    bram: FlaskClient
    auditor: FlaskClient


@pytest.fixture
def cast(committing: Committing, signed_in: SignIn) -> Cast:
    with committing() as session:
        case = make.payable_campaign(session)
        initiator = session.get_one(Person, case.campaign.initiator_id)
        anna = with_role(session, "staff", "Anna Bakker")
        bram = with_role(session, "staff", "Bram Smit")
        auditor = with_role(session, "auditor", "Carla Groen")
    return Cast(str(case.campaign.id), *map(signed_in, (initiator, anna, bram, auditor)))


def text(client: FlaskClient, path: str, **form: str) -> str:
    """The page that a person ends at."""
    method = client.post if form else client.get
    answer = method(path, data=form or None, follow_redirects=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def give_account(cast: Cast, iban: str = "NL91 ABNA 0417 1643 00") -> str:
    path = f"/mijn/acties/{cast.campaign_id}/rekening"
    return text(cast.initiator, path, holder="Buurtgroep De Bloem", iban=iban)


def only(committing: Committing, model: type[Payee] | type[Payout] | type[BankFile]) -> str:
    with committing() as session:
        return str(session.scalars(select(model.id)).one())


def looked_at(committing: Committing, payee: str) -> None:
    """Somebody of staff did the whole list of an account."""
    with committing() as session:
        by = make.actor(make.person(session, "Dora Vis"), "staff")
        complete_checklist(session, UUID(payee), by)


def test_the_whole_way_over_the_screens(cast: Cast, committing: Committing) -> None:
    assert "Rekening" in give_account(cast) or "Account" in give_account(cast)
    payee = only(committing, Payee)
    page = text(cast.anna, f"/beheer/rekeningen/{payee}")
    assert "NL91 ABNA 0417 1643 00" in page
    text(cast.anna, f"/beheer/rekeningen/{payee}/goedkeuren", evidence="Afschrift gezien.")
    looked_at(committing, payee)
    text(cast.anna, f"/beheer/acties/{cast.campaign_id}/uitbetaling", x="x")
    payout = only(committing, Payout)
    text(cast.bram, f"/beheer/uitbetalingen/{payout}/vrijgeven", x="x")
    text(cast.bram, "/beheer/betaalbestanden", x="x")
    file = only(committing, BankFile)
    first = cast.bram.get(f"/beheer/betaalbestanden/{file}/pain001.xml")
    second = cast.anna.get(f"/beheer/betaalbestanden/{file}/pain001.xml")
    assert first.data == second.data
    assert first.headers["Content-Disposition"].startswith('attachment; filename="pain001-')
    assert b"NL91ABNA0417164300" in first.data
    today = clock.today().strftime("%d-%m-%Y")
    text(cast.anna, f"/beheer/uitbetalingen/{payout}/uitgevoerd", executed_on=today, remark="A 12")
    with committing() as session:
        payout_row = session.scalars(select(Payout)).one()
        assert (payout_row.status, payout_row.executed_on, payout_row.remark) == (
            "executed",
            clock.today(),
            "A 12",
        )
        deeds = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert deeds.count("bank_file.downloaded") == 2
    assert "900" in text(cast.initiator, f"/mijn/acties/{cast.campaign_id}/rekening")


def test_who_has_money_that_the_bank_sent_back_reads_that_and_staff_too(
    cast: Cast, committing: Committing
) -> None:
    """Not that the account is in order, which nobody need look at."""
    path = f"/mijn/acties/{cast.campaign_id}/rekening"
    give_account(cast)
    payee = only(committing, Payee)
    text(cast.anna, f"/beheer/rekeningen/{payee}/goedkeuren", evidence="Afschrift gezien.")
    looked_at(committing, payee)
    assert "U hoeft niets te doen" in text(cast.initiator, path)
    text(cast.anna, f"/beheer/acties/{cast.campaign_id}/uitbetaling", x="x")
    payout = only(committing, Payout)
    text(cast.bram, f"/beheer/uitbetalingen/{payout}/vrijgeven", x="x")
    text(cast.bram, "/beheer/betaalbestanden", x="x")
    assert "stuurde een uitbetaling" not in text(cast.anna, "/beheer/uitbetalingen")
    text(cast.anna, f"/beheer/uitbetalingen/{payout}/teruggekomen", reason="Rekening opgeheven.")
    page = text(cast.initiator, path)
    assert "De bank stuurde het geld terug" in page
    assert "U hoeft niets te doen" not in page
    desk = text(cast.initiator, f"/mijn/acties/{cast.campaign_id}")
    assert "De bank stuurde het geld terug. Kijk of de rekening nog klopt." in desk
    assert "hebben uw rekening goedgekeurd" not in desk
    assert "stuurde een uitbetaling op deze rekening terug" in text(
        cast.anna, "/beheer/uitbetalingen"
    )
    give_account(cast, "NL20 INGB 0001 2345 67")
    for after in (path, f"/mijn/acties/{cast.campaign_id}"):
        assert "De bank stuurde het geld terug" not in text(cast.initiator, after)


def test_the_account_form_keeps_what_was_typed_and_says_what_is_wrong(cast: Cast) -> None:
    path = f"/mijn/acties/{cast.campaign_id}/rekening"
    page = text(cast.initiator, path, holder="Buurtgroep De Bloem", iban="NL91 ABNA 0417 1643 01")
    assert 'value="NL91 ABNA 0417 1643 01"' in page
    assert 'value="Buurtgroep De Bloem"' in page
    assert 'id="iban-error"' in page
    assert 'href="#iban"' in page


def test_the_initiator_sees_only_a_masked_number(cast: Cast) -> None:
    page = give_account(cast)
    assert "NL91 •••• 4300" in page
    assert "0417" not in page.replace("NL91 ABNA 0417 1643 00.", "")


def test_a_refused_account_comes_back_with_the_reason(cast: Cast, committing: Committing) -> None:
    give_account(cast)
    payee = only(committing, Payee)
    text(cast.anna, f"/beheer/rekeningen/{payee}/afwijzen", reason="De naam klopt niet.")
    page = text(cast.initiator, f"/mijn/acties/{cast.campaign_id}/rekening")
    assert "De naam klopt niet." in page


def test_approving_without_evidence_is_told_at_the_field(
    cast: Cast, committing: Committing
) -> None:
    give_account(cast)
    payee = only(committing, Payee)
    answer = cast.anna.post(f"/beheer/rekeningen/{payee}/goedkeuren", data={"evidence": " "})
    assert answer.status_code == 200
    assert 'id="evidence-error"' in answer.text
    assert 'id="reason-error"' not in answer.text


def proposed(cast: Cast, committing: Committing) -> str:
    """A payout that Anna proposed."""
    give_account(cast)
    payee = only(committing, Payee)
    text(cast.anna, f"/beheer/rekeningen/{payee}/goedkeuren", evidence="Gezien.")
    looked_at(committing, payee)
    text(cast.anna, f"/beheer/acties/{cast.campaign_id}/uitbetaling", x="x")
    return only(committing, Payout)


def test_the_proposer_reads_why_not_and_has_no_button(cast: Cast, committing: Committing) -> None:
    payout = proposed(cast, committing)
    release = f"/beheer/uitbetalingen/{payout}/vrijgeven"
    assert release not in text(cast.anna, f"/beheer/uitbetalingen/{payout}")
    assert release in text(cast.bram, f"/beheer/uitbetalingen/{payout}")
    page = text(cast.anna, release, x="x")
    assert "utrecht-alert--error" in page
    assert only_status(committing) == "proposed"


def only_status(committing: Committing) -> str:
    with committing() as session:
        return session.scalars(select(Payout.status)).one()


def test_proposing_twice_tells_why_not(cast: Cast, committing: Committing) -> None:
    proposed(cast, committing)
    page = text(cast.bram, f"/beheer/acties/{cast.campaign_id}/uitbetaling", x="x")
    assert "utrecht-alert--error" in page


def test_cancelling_asks_for_a_reason(cast: Cast, committing: Committing) -> None:
    payout = proposed(cast, committing)
    page = text(cast.bram, f"/beheer/uitbetalingen/{payout}/annuleren", reason="")
    assert 'id="reason-error"' in page
    assert only_status(committing) == "proposed"
    text(cast.bram, f"/beheer/uitbetalingen/{payout}/annuleren", reason="Verkeerd.")
    assert only_status(committing) == "cancelled"


def test_a_day_in_the_future_is_told_at_the_field(cast: Cast, committing: Committing) -> None:
    payout = proposed(cast, committing)
    text(cast.bram, f"/beheer/uitbetalingen/{payout}/vrijgeven", x="x")
    text(cast.bram, "/beheer/betaalbestanden", x="x")
    page = text(
        cast.anna, f"/beheer/uitbetalingen/{payout}/uitgevoerd", executed_on="1-1-2090", remark=""
    )
    assert 'id="executed_on-error"' in page
    assert only_status(committing) == "exported"


def test_the_auditor_sees_payouts_and_can_do_nothing(cast: Cast, committing: Committing) -> None:
    payout = proposed(cast, committing)
    for path in ("/beheer", "/beheer/uitbetalingen", f"/beheer/uitbetalingen/{payout}"):
        page = text(cast.auditor, path)
        assert not re.search(r'method="post" action="/beheer', page)
        assert "NL91ABNA0417164300" not in page
    for path in ("vrijgeven", "annuleren", "uitgevoerd"):
        assert cast.auditor.post(f"/beheer/uitbetalingen/{payout}/{path}").status_code == 403
    payee = only(committing, Payee)
    assert cast.auditor.get(f"/beheer/rekeningen/{payee}").status_code == 403


def test_what_does_not_exist_is_not_found(cast: Cast) -> None:
    nothing = "01890000-0000-7000-8000-000000000000"
    for path in (
        f"/beheer/rekeningen/{nothing}",
        f"/beheer/uitbetalingen/{nothing}",
        f"/beheer/betaalbestanden/{nothing}",
        f"/beheer/betaalbestanden/{nothing}/pain001.xml",
        f"/beheer/meldingen/{nothing}",
        f"/beheer/acties/{nothing}",
    ):
        assert cast.anna.get(path).status_code == 404, path
    assert cast.anna.post(f"/beheer/uitbetalingen/{nothing}/vrijgeven").status_code == 404


def test_a_payout_that_waits_for_match_money_is_not_offered(
    cast: Cast, committing: Committing
) -> None:
    give_account(cast)
    payee = only(committing, Payee)
    text(cast.anna, f"/beheer/rekeningen/{payee}/goedkeuren", evidence="Afschrift gezien.")
    looked_at(committing, payee)
    propose = f"/beheer/acties/{cast.campaign_id}/uitbetaling"
    assert propose in text(cast.anna, "/beheer/uitbetalingen")
    with committing() as session:
        campaign = session.get_one(Campaign, UUID(cast.campaign_id))
        application = ApplicationFactory(fund=closing_fund(), campaign=campaign)
    page = text(cast.anna, "/beheer/uitbetalingen")
    assert propose not in page
    assert "De uitbetaling wacht daarop." in page
    with committing() as session:
        release_match(session, application_id=application.id, actor=SYSTEM)
    text(cast.anna, propose, x="x")
    payout = f"/beheer/uitbetalingen/{only(committing, Payout)}"
    assert f"{payout}/vrijgeven" not in text(cast.anna, payout)
    assert f"{payout}/vrijgeven" in text(cast.bram, payout)
    give_account(cast, "NL02 ABNA 0123 4567 89")
    assert f"{payout}/vrijgeven" not in text(cast.bram, payout)


def test_staff_read_who_agreed_to_an_account_and_that_its_giver_left(
    cast: Cast, committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        campaign = session.get_one(Campaign, UUID(cast.campaign_id))
        mede = join(session, campaign, make.person(session, "Mede Bewoner"))
    give_account(cast)
    payee = only(committing, Payee)
    text(signed_in(mede), f"/mijn/acties/{cast.campaign_id}/rekening/{payee}/akkoord", x="x")
    page = text(cast.anna, f"/beheer/rekeningen/{payee}")
    assert "Mede Bewoner" in page.partition("Ermee eens")[2]
    assert "leidt de actie niet meer" not in page
    with committing() as session:
        campaign = session.get_one(Campaign, UUID(cast.campaign_id))
        make_signer(session, campaign, session.get_one(Person, mede.id))
        giver = session.get_one(Payee, UUID(payee)).submitted_by
        leave(session, campaign_id=campaign.id, actor=Actor("person", giver))
    assert "leidt de actie niet meer" in text(cast.anna, f"/beheer/rekeningen/{payee}")
