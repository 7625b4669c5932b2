"""The other desks of staff and auditors, and that of an officer."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import giving
from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt import __version__
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.models import Alert, AuditEvent
from voorjebuurt.audit.service import raise_alert, record
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.checks import CheckLine, CheckResult
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import OWN_FUNDS, PROVIDER, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.payouts.tasks import alert_difference
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal
from voorjebuurt.pledges.models import Pledge


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
    return signed_in(anna)


@pytest.fixture
def auditor(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        carla = with_role(session, "auditor", "Carla Groen")
    return signed_in(carla)


def text(client: FlaskClient, path: str, **form: str) -> str:
    method = client.post if form else client.get
    answer = method(path, data=form or None, follow_redirects=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def test_the_version_stands_in_the_foot_of_staff_pages_only(
    staff: FlaskClient,
    auditor: FlaskClient,
    client: FlaskClient,
    committing: Committing,
    signed_in: SignIn,
) -> None:
    with committing() as session:
        coach = with_role(session, "coach", "Rob Coach")
    for client_of_staff in (staff, auditor):
        for path in ("/beheer", "/beheer/grootboek"):
            foot = text(client_of_staff, path).partition("<footer")[2]
            assert f"Versie {__version__}" in foot
        assert __version__ not in text(client_of_staff, "/mijn/profiel")
    assert __version__ not in text(client, "/")
    answer = signed_in(coach).get("/beheer")
    assert answer.status_code == 403
    assert __version__ not in answer.text


def test_an_alert_is_read_and_closed_with_a_note(
    staff: FlaskClient, auditor: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        raise_alert(session, key="x", kind=AlertKind.CHARGEBACK, detail={"amount_cents": 2500})
        alert_id = session.scalars(select(Alert.id)).one()
    path = f"/beheer/meldingen/{alert_id}"
    assert path in text(staff, "/beheer")
    assert "€" in text(auditor, path)
    assert "<textarea" not in text(auditor, path)
    assert 'id="resolution-error"' in text(staff, path, resolution=" ")
    text(staff, path, resolution="Bank gebeld.")
    assert "Bank gebeld." in text(auditor, "/beheer/meldingen")
    assert auditor.post(path, data={"resolution": "x"}).status_code == 403


def test_an_alert_shows_details_of_any_form_and_unknown_kinds(
    staff: FlaskClient, committing: Committing
) -> None:
    detail = {"differences": ["a: 1", "b: 2"], "facts": {"status": "odd"}, "nothing": None}
    with committing() as session:
        alert = Alert(key="x", kind="never_heard_of", detail=detail, raised_at=clock.now())
        session.add(alert)
        session.flush()
        alert_id = alert.id
    page = text(staff, f"/beheer/meldingen/{alert_id}")
    assert "never_heard_of" in page
    assert "b: 2" in page
    assert "status: odd" in page


def test_an_alert_tells_what_differs_in_the_readers_language(
    staff: FlaskClient, committing: Committing
) -> None:
    line = CheckLine("{cents} cents wait for an explanation", {"cents": 5})
    result = CheckResult("suspense_is_empty", 1, 5, differences=(line,))
    with committing() as session:
        alert_difference(session, result=result, at=clock.now())
        code = {"code": "fund_not_open"}
        raise_alert(session, key="y", kind=AlertKind.DECISION_NOT_SENT, detail=code)
        by_kind = {alert.kind: alert.id for alert in session.scalars(select(Alert))}
    differs = f"/beheer/meldingen/{by_kind['ledger_difference']}"
    assert "5 cent wacht op een verklaring" in text(staff, differs)
    assert "5 cents wait for an explanation" in text(staff, f"{differs}?taal=en")
    not_sent = f"/beheer/meldingen/{by_kind['decision_not_sent']}?taal=nl"
    assert "Bij dit fonds kunt u nu geen geld aanvragen. (fund_not_open)" in text(staff, not_sent)


def test_the_ledger_shows_a_trial_balance_that_adds_up(
    auditor: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        case = make.payable_campaign(session, cents=12_345)
    page = text(auditor, "/beheer/grootboek")
    assert page.count("123,45") >= 4
    assert str(case.campaign.id) in text(auditor, "/beheer/grootboek?per=actie")
    assert "test:" in text(auditor, "/beheer/grootboek/boekingen?rekening=payable")
    assert "test:" not in text(auditor, "/beheer/grootboek/boekingen?rekening=bank")
    assert "test:" in text(auditor, "/beheer/grootboek/boekingen?rekening=nonsense")


def test_the_check_says_whether_the_books_agree(
    auditor: FlaskClient, committing: Committing
) -> None:
    assert "utrecht-alert--ok" in text(auditor, "/beheer/grootboek/controle")
    with committing() as session:
        make.payable_campaign(session)
        lines = [debit(OWN_FUNDS, 7), credit(PROVIDER, 7)]
        post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="loss", entries=lines)
    page = text(auditor, "/beheer/grootboek/controle")
    assert "utrecht-alert--error" in page
    assert "er moet 7 cent bij" in page


def test_the_trail_is_found_by_sort_person_and_day(
    staff: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        case = make.payable_campaign(session)
        make.submit(session, case)
        initiator = session.get_one(Person, case.campaign.initiator_id)
        record(
            session,
            actor=case.anna,
            action=Action.PAYOUT_PROPOSED,
            subject=Subject(SubjectKind.CAMPAIGN, case.campaign.id),
            reason="Reden van Anna",
        )
    address = "/beheer/logboek"
    assert "Reden van Anna" in text(staff, address)
    assert "Reden van Anna" in text(staff, f"{address}?soort=payout")
    assert "Reden van Anna" not in text(staff, f"{address}?soort=payee")
    assert "Reden van Anna" not in text(staff, f"{address}?wie={initiator.email}")
    assert "Iris de Vries" in text(staff, f"{address}?wie={initiator.email}")
    assert "<table" not in text(staff, f"{address}?wie=niemand@voorbeeld.example")
    assert "<table" not in text(staff, f"{address}?tot=1-1-2020")
    assert 'id="van-error"' in text(staff, f"{address}?van=onzin")
    assert "Reden van Anna" in text(staff, f"{address}?over={case.campaign.id}")


def test_long_lists_have_pages(staff: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        case = make.payable_campaign(session)
        for number in range(52):
            record(
                session,
                actor=case.anna,
                action=Action.PAYOUT_PROPOSED,
                subject=Subject(SubjectKind.CAMPAIGN, case.campaign.id),
                reason=f"Nummer {number}.",
            )
    first = text(staff, "/beheer/logboek?soort=payout")
    assert "Nummer 51." in first
    assert "Nummer 1." not in first
    assert "/beheer/logboek?soort=payout&amp;pagina=2" in first
    second = text(staff, "/beheer/logboek?soort=payout&pagina=2")
    assert "Nummer 1." in second
    assert 'rel="next"' not in second
    for odd in ("0", "-1", "abc", "9" * 30, "²"):
        assert "Nummer 51." in text(staff, f"/beheer/logboek?soort=payout&pagina={odd}")


def test_giving_is_stopped_and_allowed_again_with_a_reason(
    staff: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        live = make.campaign(session, make.person(session), status="live")
    path = f"/beheer/acties/{live.id}/stilzetten"
    assert path in text(staff, f"/beheer/acties/{live.id}")
    assert 'id="reason-error"' in text(staff, path, reason="")
    for _time in ("once", "a double click, or a colleague"):
        text(staff, path, reason="Klacht van de buren.")
        with committing() as session:
            assert session.get_one(Campaign, live.id).pledges_stopped_at is not None
    path = f"/beheer/acties/{live.id}/hervatten"
    assert path in text(staff, f"/beheer/acties/{live.id}")
    assert "Klacht van de buren." in text(staff, f"/beheer/acties/{live.id}")
    text(staff, path, reason="Opgelost.")
    with committing() as session:
        assert session.get_one(Campaign, live.id).pledges_stopped_at is None


def test_a_campaign_is_ended_for_good_with_a_reason(
    staff: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        live = make.campaign(session, make.person(session), status="live")
    path = f"/beheer/acties/{live.id}/beeindigen"
    assert 'id="reason-error"' in text(staff, path, reason="")
    text(staff, path, reason="Plan gaat niet door.")
    with committing() as session:
        assert session.get_one(Campaign, live.id).status == "cancelled"


def test_campaigns_are_found_by_words_and_state(staff: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        initiator = make.person(session, "Yara Jansen")
        make.campaign(session, initiator, status="live", title="Jeu de boules 100%")
        make.campaign(session, initiator, status="failed", title="Moestuin")
    page = text(staff, "/beheer/acties?zoek=boules 100%25")
    assert "Jeu de boules" in page
    assert "Moestuin" not in page
    assert "Moestuin" in text(staff, "/beheer/acties?zoek=yara")
    assert "Jeu de boules" not in text(staff, "/beheer/acties?status=failed")
    assert "Moestuin" in text(staff, "/beheer/acties?status=failed")


def test_gifts_and_paying_one_back(staff: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        live = CampaignFactory(status="live")
        gift, _ = giving.paid(session, live, name="Gul Gever")
    path = f"/beheer/acties/{live.id}/giften"
    refund = f"/beheer/giften/{gift.id}/terugbetalen"
    assert refund in text(staff, path)
    assert "€\xa052" in text(staff, refund)
    assert "utrecht-alert--ok" in text(staff, refund, x="x")
    with committing() as session:
        assert session.get_one(Pledge, gift.id).status == "refunding"
    assert refund not in text(staff, path)
    assert "utrecht-alert--error" in text(staff, refund, x="x")


def test_people_are_found_and_get_and_lose_roles(
    staff: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        yara = make.person(session, "Yara Jansen")
        place = make.municipality(session)
    path = f"/beheer/mensen/{yara.id}"
    assert path in text(staff, f"/beheer/mensen?zoek={yara.email}")
    assert path not in text(staff, "/beheer/mensen?zoek=iemand anders")
    page = text(staff, f"{path}/rollen", role="officer")
    assert 'id="municipality_id-error"' in page
    text(staff, f"{path}/rollen", role="officer", municipality_id=str(place.id))
    with committing() as session:
        proposal = session.scalars(select(RoleProposal)).one()
        assert (proposal.role, proposal.may_appoint) == ("officer", True)
        assert proposal.mandate_limit_cents is None
        assert session.scalars(select(RoleGrant).where(RoleGrant.person_id == yara.id)).all() == []
    assert place.name in text(staff, path)
    text(staff, f"{path}/rollen", role="coach")
    with committing() as session:
        grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == yara.id)).one()
        assert grant.role == "coach"
    text(staff, f"{path}/rollen/{grant.id}/intrekken", x="x")
    with committing() as session:
        assert session.get_one(RoleGrant, grant.id).revoked_at is not None


def test_nobody_gives_roles_to_oneself(staff: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        me = session.scalars(select(Person).where(Person.name == "Anna Bakker")).one()
    page = text(staff, f"/beheer/mensen/{me.id}")
    assert f"/beheer/mensen/{me.id}/rollen" not in page
    text(staff, f"/beheer/mensen/{me.id}/rollen", role="auditor")
    with committing() as session:
        roles = session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == me.id)).all()
    assert roles == ["staff"]


def test_somebody_is_blocked_and_let_in_again(staff: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        yara = make.person(session, "Yara Jansen")
    path, back = (f"/beheer/mensen/{yara.id}/{deed}" for deed in ("blokkeren", "toelaten"))
    assert 'id="reason-error"' in text(staff, path, reason="")
    assert path in text(staff, f"/beheer/mensen/{yara.id}")
    for address, is_blocked in ((path, True), (path, True), (back, False), (back, False)):
        text(staff, address, reason="Misbruik.")
        with committing() as session:
            assert (session.get_one(Person, yara.id).blocked_at is not None) is is_blocked
    with committing() as session:
        deeds = session.scalars(
            select(AuditEvent.action).where(AuditEvent.subject_id == yara.id)
        ).all()
    assert sorted(deeds) == ["person.blocked", "person.unblocked"]


def test_an_officer_sees_the_campaigns_of_the_own_municipality(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        ours = make.campaign(session, make.person(session), status="live", title="Van ons")
        theirs = make.campaign(session, make.person(session), status="live", title="Van hen")
        draft = make.campaign(session, make.person(session), status="draft", title="Nog niet")
        draft.municipality_id = ours.municipality_id
        officer = with_role(session, "officer", "Omar Bos", municipality_id=ours.municipality_id)
    browser = signed_in(officer)
    page = text(browser, "/gemeente/acties")
    assert "Van ons" in page
    assert "Van hen" not in page
    assert "Nog niet" not in page
    assert "Van ons" in text(browser, f"/gemeente/acties/{ours.id}")
    assert browser.get(f"/gemeente/acties/{theirs.id}").status_code == 404
    assert browser.get(f"/gemeente/acties/{draft.id}").status_code == 404
    assert 'method="post" action="/gemeente' not in text(browser, f"/gemeente/acties/{ours.id}")
