"""Staff see the site as a resident does: for some minutes, told to them, and without a secret."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.support.factories.payouts import IBAN, SEALER, payable_campaign, person, verified
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from tests.support.viewing import REASON, looking_along
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person, RoleGrant
from voorjebuurt.people.models import SignIn as SignInRow
from voorjebuurt.people.viewings.models import Viewing
from voorjebuurt.web.kit.database import EXTENSION, writing
from voorjebuurt.web.viewing import SHOWN

NL = {"Accept-Language": "nl"}
BANNER = "U kijkt mee met"
DONOR, TOKEN = "gever@donor.example", "geheim" * 7


@pytest.fixture
def sanne(committing: Committing) -> Person:
    """A member of staff."""
    with committing() as session:
        return with_role(session, "staff", "Sanne Groen")


@pytest.fixture
def iris(committing: Committing) -> Person:
    """A resident whose campaign has succeeded, and who gave an account number for it."""
    with committing() as session:
        case = payable_campaign(session)
        verified(session, case, SEALER)
        PledgeFactory(
            campaign=None,
            campaign_id=case.campaign.id,
            municipality_id=case.campaign.municipality_id,
            email=DONOR,
            token=TOKEN,
        )
        return session.get_one(Person, case.initiator.person_id)


def start(person: Person) -> str:
    return f"/beheer/mensen/{person.id}/meekijken"


def campaign_of(committing: Committing, person: Person) -> UUID:
    with committing() as session:
        return session.scalars(select(Campaign.id).where(Campaign.initiator_id == person.id)).one()


def test_a_reason_is_asked_and_the_pages_of_the_resident_are_shown(
    committing: Committing, signed_in: SignIn, sanne: Person, iris: Person
) -> None:
    browser = signed_in(sanne)
    assert start(iris) in browser.get(f"/beheer/mensen/{iris.id}").text
    assert "De persoon leest dit." in words(browser.get(start(iris), headers=NL))
    empty = browser.post(start(iris), data={"reason": " "}, headers=NL)
    assert 'id="reason-error"' in empty.text
    looking_along(browser, iris)
    page = browser.get("/mijn/acties", headers=NL)
    assert BANNER in page.text
    assert ">Stop met meekijken</button>" in page.text
    assert "Een groen plein" in words(page)
    campaign_id = campaign_of(committing, iris)
    own = browser.get(f"/mijn/acties/{campaign_id}", headers=NL)
    assert (own.status_code, BANNER in own.text) == (200, True)
    assert "no-store" in own.headers["Cache-Control"]


def test_the_trail_has_both_and_the_resident_is_mailed_once(
    committing: Committing, signed_in: SignIn, sanne: Person, iris: Person
) -> None:
    browser = looking_along(signed_in(sanne), iris)
    again = browser.post(start(iris), data={"reason": "Dubbel."})
    assert (again.status_code, again.location) == (302, "/mijn/acties")
    end = browser.post("/meekijken/stoppen")
    assert end.location == f"/beheer/mensen/{iris.id}"
    with committing() as session:
        events = session.scalars(
            select(AuditEvent)
            .where(AuditEvent.action.startswith("person.viewing"))
            .order_by(AuditEvent.at)
        ).all()
        trail = [(each.action, each.actor_id, each.subject_id, each.reason) for each in events]
        (mail,) = session.scalars(
            select(MailMessage).where(MailMessage.template == "viewing_started")
        ).all()
        assert (mail.recipient, mail.context["reason"]) == (iris.email, REASON)
        assert "Sanne" not in str(mail.context)
    assert trail == [
        ("person.viewing_started", sanne.id, iris.id, REASON),
        ("person.viewing_ended", sanne.id, iris.id, None),
    ]


def test_nothing_secret_is_on_any_page_that_is_shown(
    app: Flask, committing: Committing, signed_in: SignIn, sanne: Person, iris: Person
) -> None:
    browser = looking_along(signed_in(sanne), iris)
    campaign_id = campaign_of(committing, iris)
    adapter = app.url_map.bind("localhost")
    pages = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in SHOWN or rule.arguments - {"campaign_id"}:
            continue
        values = dict.fromkeys(rule.arguments, campaign_id)
        page = browser.get(adapter.build(rule.endpoint, values), headers=NL)
        if page.status_code != 200:
            continue
        pages += 1
        assert BANNER in page.text, rule.endpoint
        assert IBAN[-6:] not in page.text, rule.endpoint
        assert DONOR not in page.text, rule.endpoint
        assert TOKEN not in page.text, rule.endpoint
    assert pages >= 12


@pytest.mark.parametrize(
    "path",
    [
        "/mijn/beveiliging",
        "/mijn/giften",
        "/mijn/gegevens",
        "/mijn/profiel",
        "/beheer",
        "/beheer/mensen",
        "/mijn/acties/{campaign}/rekening",
        "/mijn/acties/{campaign}/geld",
        "/mijn/acties/{campaign}/giften.csv",
    ],
)
def test_what_is_not_named_stays_shut(
    committing: Committing, signed_in: SignIn, sanne: Person, iris: Person, path: str
) -> None:
    browser = looking_along(signed_in(sanne), iris)
    answer = browser.get(path.format(campaign=campaign_of(committing, iris)), headers=NL)
    assert answer.status_code in (403, 404)
    assert BANNER in answer.text


def test_a_view_that_would_write_is_refused_too(
    app: Flask, signed_in: SignIn, sanne: Person, iris: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sly() -> str:
        with writing() as session:
            session.execute(text("UPDATE persons SET name = 'Anders'"))
        return "written"

    browser = looking_along(signed_in(sanne), iris)
    monkeypatch.setitem(app.view_functions, "public.show_how", sly)
    assert browser.get("/hoe-werkt-het").status_code == 403
    with app.extensions[EXTENSION].reading() as session:
        assert set(session.scalars(select(Person.name))) >= {iris.name, sanne.name}


def test_it_ends_by_itself_and_what_is_sent_after_that_does_nothing(
    committing: Committing,
    signed_in: SignIn,
    sanne: Person,
    iris: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = looking_along(signed_in(sanne), iris)
    browser.get("/mijn/acties")
    later = clock.now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = browser.post("/mijn/profiel", data={"name": "Anders", "locale": "nl"})
    assert (answer.status_code, answer.location) == (302, f"/beheer/mensen/{iris.id}")
    page = browser.get(answer.location, headers=NL)
    assert "Het meekijken is voorbij." in page.text
    assert BANNER not in page.text
    with committing() as session:
        names = session.scalars(select(Person.name).where(Person.id.in_([iris.id, sanne.id])))
        assert set(names) == {iris.name, sanne.name}


@pytest.mark.parametrize("change", ["role", "block", "staff", "factor"])
def test_what_ends_the_right_ends_the_looking(
    committing: Committing, signed_in: SignIn, sanne: Person, iris: Person, change: str
) -> None:
    browser = looking_along(signed_in(sanne), iris)
    with committing() as session:
        if change == "role":
            session.add(RoleGrant(person_id=iris.id, role="coach", granted_at=clock.now()))
        elif change == "block":
            session.get_one(Person, iris.id).blocked_at = clock.now()
        elif change == "staff":
            grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == sanne.id)).one()
            grant.revoked_at = clock.now()
        else:
            row = session.scalars(select(SignInRow).where(SignInRow.person_id == sanne.id)).one()
            row.factor_at = None
    path = f"/mijn/acties/{campaign_of(committing, iris)}"
    answer = browser.get(path)
    assert (answer.status_code, answer.location) == (302, f"/beheer/mensen/{iris.id}")
    assert browser.get(path).status_code != 200, "the campaign is not theirs"
    assert BANNER not in browser.get("/", headers=NL).text


@pytest.mark.parametrize("role", ["coach", "staff", "auditor"])
def test_nobody_looks_along_with_who_holds_a_role(
    committing: Committing, signed_in: SignIn, sanne: Person, role: str
) -> None:
    with committing() as session:
        other = with_role(session, role, "Otto Vos")
    browser = signed_in(sanne)
    assert start(other) not in browser.get(f"/beheer/mensen/{other.id}").text
    page = words(browser.post(start(other), data={"reason": REASON}, headers=NL))
    assert "U kunt alleen meekijken met bewoners" in page
    with committing() as session:
        assert session.scalars(select(Viewing)).all() == []


@pytest.mark.parametrize("role", ["coach", "auditor", None])
def test_only_staff_look_along(
    committing: Committing, signed_in: SignIn, iris: Person, role: str | None
) -> None:
    with committing() as session:
        other = with_role(session, role, "Otto") if role else person(session, "Otto")
    answer = signed_in(other).post(start(iris), data={"reason": REASON})
    assert answer.status_code == 403


def test_it_takes_a_second_step_that_was_passed_lately(
    signed_in: SignIn, sanne: Person, iris: Person, committing: Committing
) -> None:
    from_long_ago: FlaskClient = signed_in(sanne)
    with committing() as session:
        row = session.scalars(select(SignInRow).where(SignInRow.person_id == sanne.id)).one()
        row.factor_at = None
    assert from_long_ago.post(start(iris), data={"reason": REASON}).status_code != 200
    with committing() as session:
        assert session.scalars(select(Viewing)).all() == []


def test_the_same_person_is_looked_along_with_five_times_a_day(
    signed_in: SignIn, sanne: Person, iris: Person
) -> None:
    browser = signed_in(sanne)
    for _ in range(5):
        looking_along(browser, iris)
        browser.post("/meekijken/stoppen")
    page = words(browser.post(start(iris), data={"reason": "Nog eens."}, headers=NL))
    assert "al heel vaak met deze persoon meegekeken" in page
    assert "Nog eens." in page


def test_the_database_itself_refuses_who_is_no_staff_and_who_holds_a_role(
    committing: Committing, signed_in: SignIn, sanne: Person, iris: Person
) -> None:
    signed_in(sanne)
    signed_in(iris)
    with committing() as session:
        ids = {row.person_id: row.id for row in session.scalars(select(SignInRow))}
    now = clock.now()
    for looker, other, minutes in ((iris, sanne, 5), (sanne, sanne, 5), (sanne, iris, 61)):
        with pytest.raises(IntegrityError), committing() as session:
            session.add(
                Viewing(
                    sign_in_id=ids[looker.id],
                    person_id=other.id,
                    started_at=now,
                    until_at=now + timedelta(minutes=minutes),
                )
            )
