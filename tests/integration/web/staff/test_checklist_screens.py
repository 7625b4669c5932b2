"""The list of an account over the screens: looked at, waived, read by auditors; and the week."""

import io
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.attached_files import PDF
from tests.support.factories import payouts as make
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.payouts.checklist.models import PayeeTick, PayeeWaiver
from voorjebuurt.payouts.checklist.queries import is_checked
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.payees import verify_payee
from voorjebuurt.payouts.proposals import propose_payout
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}
SECOND_LOOKS = "/beheer/tweede-paar-ogen"
SLUGS = ("naam", "inschrijving", "rekeninghouder", "tekenen", "sancties")


@dataclass
class Cast:
    """A payout that Anna proposed to an account at which nobody looked yet."""

    payee_id: UUID
    payout_id: UUID
    campaign_id: UUID
    initiator: FlaskClient
    anna: FlaskClient
    bram: FlaskClient
    auditor: FlaskClient

    @property
    def path(self) -> str:
        return f"/beheer/rekeningen/{self.payee_id}/controlelijst"


@pytest.fixture
def cast(committing: Committing, signed_in: SignIn) -> Cast:
    with committing() as session:
        case = make.payable_campaign(session)
        case.campaign.title = "Bomen op het plein"
        payee = make.submit(session, case)
        verify_payee(session, payee_id=payee.id, evidence="Gezien.", actor=case.anna)
        anna = with_role(session, "staff", "Anna Bakker")
        bram = with_role(session, "staff", "Bram Smit")
        auditor = with_role(session, "auditor", "Carla Groen")
        by = make.actor(anna, "staff")
        payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=by)
        initiator = session.get_one(Person, case.campaign.initiator_id)
    people = map(signed_in, (initiator, anna, bram, auditor))
    return Cast(payee.id, payout_id, case.campaign.id, *people)


def page(client: FlaskClient, path: str, **form: object) -> str:
    answer = (client.post if form else client.get)(
        path, data=form or None, headers=NL, follow_redirects=True
    )
    assert answer.status_code == 200, (path, answer.status_code)
    return words(answer)


def file(name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(PDF), name


def test_a_payout_waits_for_the_whole_list_with_proof(cast: Cast, committing: Committing) -> None:
    waits = page(cast.bram, f"/beheer/uitbetalingen/{cast.payout_id}")
    assert "De checklist van deze rekening is nog niet klaar: 0 van 5." in waits
    assert "Uitbetaling vrijgeven" not in waits
    looks = page(cast.bram, SECOND_LOOKS)
    assert "Eerst de checklist van de rekening" in looks
    assert "Voor u" not in looks, "nobody can release it yet"
    for place in (SECOND_LOOKS, "/beheer", "/beheer/uitbetalingen"):
        assert f'href="{cast.path}"' in cast.bram.get(place).text, place
    for slug in SLUGS:
        form: dict[str, object] = {"verdict": "fit", "note": f"Gekeken naar {slug}."}
        if slug in ("inschrijving", "rekeninghouder"):
            refusal = page(cast.anna, f"{cast.path}/{slug}", **form)
            assert "Voeg bewijs toe" in refusal
            assert f"Gekeken naar {slug}." in refusal
            form["attachments"] = [file(f"{slug}.pdf")]
        assert "Wat u vond, staat op de lijst." in page(cast.anna, f"{cast.path}/{slug}", **form)
    assert f'href="{cast.path}"' not in cast.bram.get("/beheer").text
    last = page(cast.bram, f"/beheer/uitbetalingen/{cast.payout_id}")
    assert "Uitbetaling vrijgeven" in last
    page(cast.bram, f"/beheer/uitbetalingen/{cast.payout_id}/vrijgeven", x="x")
    with committing() as session:
        assert session.get_one(Payout, cast.payout_id).status == "released"
        assert len(session.scalars(select(PayeeTick)).all()) == 5


def test_an_auditor_reads_all_of_it_and_changes_nothing(cast: Cast, committing: Committing) -> None:
    page(
        cast.anna,
        f"{cast.path}/rekeninghouder",
        verdict="fit",
        note="Naamcontrole van de bank.",
        attachments=[file("naamcontrole.pdf")],
    )
    text = page(cast.auditor, cast.path)
    for words_on_it in (
        "1 van 5 klaar",
        "Naamcontrole van de bank.",
        "Anna Bakker",
        "naamcontrole.pdf",
    ):
        assert words_on_it in text
    assert "Controleer ‘" not in text
    assert "Vraag het een collega" not in text
    with committing() as session:
        attachment = session.scalars(select(Attachment)).one()
        attachment.scan = "clean"
    proof = f"/beheer/rekeningen/{cast.payee_id}/bewijs/{attachment.id}"
    assert cast.auditor.get(proof).status_code == 200
    for path in (f"{cast.path}/naam", f"/beheer/rekeningen/{cast.payee_id}/ontheffing"):
        form = {"verdict": "fit", "note": "Gezien.", "reason": "Zomaar."}
        assert cast.auditor.post(path, data=form).status_code == 403
    own = f"/mijn/acties/{cast.campaign_id}"
    assert cast.initiator.get(f"{own}/bijlagen/{attachment.id}").status_code == 404
    assert "naamcontrole.pdf" not in page(cast.initiator, f"{own}/rekening")
    assert cast.initiator.get(cast.path).status_code == 403


def test_two_members_of_staff_let_it_go_without_the_list(
    cast: Cast, committing: Committing
) -> None:
    ask = f"/beheer/rekeningen/{cast.payee_id}/ontheffing"
    assert "Geef een reden." in page(cast.anna, ask, reason=" ")
    answer = page(cast.anna, ask, reason="Het register ligt plat.")
    assert "U vroeg dit zelf. Een collega moet beslissen." in answer
    assert "Sta het toe" not in answer
    assert "Beslis over een checklist die niet lukt" in page(cast.bram, "/beheer/tweede-paar-ogen")
    with committing() as session:
        waiver_id = session.scalars(select(PayeeWaiver.id)).one()
    allow = f"/beheer/ontheffingen/{waiver_id}/toestaan"
    assert "U vroeg dit zelf." in page(cast.anna, allow, x="x")
    for _press in range(2):
        assert "Mag zonder de hele lijst" in page(cast.bram, allow, x="x")
    refuse = f"/beheer/ontheffingen/{waiver_id}/weigeren"
    assert "Een collega heeft hier al over beslist." in page(cast.bram, refuse, x="x")
    with committing() as session:
        assert is_checked(session, cast.payee_id)


def test_what_is_no_item_and_no_account_is_not_found(cast: Cast) -> None:
    assert cast.anna.get(f"{cast.path}/iets").status_code == 404
    other = f"/beheer/rekeningen/{cast.campaign_id}/controlelijst"
    assert cast.anna.get(other).status_code == 404
    assert cast.anna.post(f"/beheer/ontheffingen/{cast.payee_id}/toestaan").status_code == 404


def test_staff_read_a_week_and_choose_its_mail(cast: Cast) -> None:
    path = "/beheer/cijfers-van-de-week"
    week = page(cast.anna, f"{path}?week=2026-53")
    assert "Cijfers van week 53 van 2026" in week
    assert "Week 52 van 2025" in week
    for odd in ("2026-60", "9999-52", "x", "2025-53"):
        assert "Cijfers van week" in page(cast.anna, f"{path}?week={odd}")
    assert "Stop deze mail" in page(cast.anna, f"{path}/mail", send="1")
    assert "Stop deze mail" in page(cast.anna, f"{path}/mail", send="1")
    assert "Mail mij elke maandag" in page(cast.anna, f"{path}/mail", stop="1")
    text = page(cast.auditor, path)
    assert "Mail mij" not in text
    assert cast.auditor.post(f"{path}/mail", data={"send": "1"}).status_code == 403
