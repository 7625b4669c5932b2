"""Another address of mail for a person: both ends have a say."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.mailed_links import mailed_path
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payouts.staff_news import news_for_staff
from voorjebuurt.people import signin
from voorjebuurt.people.address_changes import ask_address_change, confirm_change
from voorjebuurt.people.models import AddressChange, Person, SignInLink
from voorjebuurt.people.tasks import forget_links
from voorjebuurt.settings import Settings

OLD, NEW = "noor@oud.example", "noor@nieuw.example"


@pytest.fixture
def noor(committing: Committing) -> Person:
    with committing():
        return PersonFactory(email=OLD)


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
    return signed_in(anna)


def ask(staff: FlaskClient, noor: Person, email: str = NEW) -> tuple[int, str]:
    answer = staff.post(
        f"/beheer/mensen/{noor.id}/adres", data={"email": email, "reason": "Noor belde."}
    )
    return answer.status_code, answer.text


def path_in(database: Database, template: str) -> str:
    """The link in the one mail of a kind."""
    with database.writing() as session:
        statement = select(MailMessage).where(MailMessage.template == template)
        return mailed_path(session, session.scalars(statement).one())


def email_of(database: Database, person: Person) -> str:
    with database.reading() as session:
        return session.get_one(Person, person.id).email


def deeds(database: Database) -> list[str]:
    with database.reading() as session:
        rows = session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)).all()
    return [row for row in rows if row.startswith("person.address")]


def test_nothing_changes_until_the_new_address_confirms(
    staff: FlaskClient,
    client: FlaskClient,
    signed_in: SignIn,
    committing: Committing,
    noor: Person,
    fresh_database: Database,
) -> None:
    browser = signed_in(noor)
    with committing() as session:
        signin.request_link(session, email=OLD, next_path=None, locale="nl", actor=GUEST)
    for _ in range(2):
        assert ask(staff, noor)[0] == 302
    with fresh_database.reading() as session:
        statement = select(MailMessage.template, MailMessage.recipient)
        mails = {row.template: row.recipient for row in session.execute(statement)}
    assert mails == {
        "sign_in": OLD,
        "new_device": OLD,
        "address_change_confirm": NEW,
        "address_change_stop": OLD,
    }
    path = path_in(fresh_database, "address_change_confirm")
    assert NEW in client.get(path).text
    assert email_of(fresh_database, noor) == OLD, "to look is not to confirm"
    assert browser.get("/mijn/acties").status_code == 200
    assert client.post(path).location == "/inloggen"
    assert email_of(fresh_database, noor) == NEW
    assert browser.get("/mijn/acties").status_code == 302, "signed out everywhere"
    with fresh_database.reading() as session:
        assert session.scalars(select(SignInLink)).all() == [], "old links go nowhere"
    assert client.post(path).status_code == 404
    assert client.post(path_in(fresh_database, "address_change_stop")).status_code == 404
    assert deeds(fresh_database) == ["person.address_change_asked", "person.address_changed"]


def test_the_old_address_can_stop_it(
    staff: FlaskClient, client: FlaskClient, noor: Person, fresh_database: Database
) -> None:
    ask(staff, noor)
    assert client.post(path_in(fresh_database, "address_change_stop")).location == "/inloggen"
    path = path_in(fresh_database, "address_change_confirm")
    assert client.get(path).status_code == 404
    assert "werkt niet meer" in client.post(path).text
    assert email_of(fresh_database, noor) == OLD
    assert deeds(fresh_database) == ["person.address_change_asked", "person.address_change_stopped"]


def test_a_link_that_comes_late_says_what_holds_now(
    staff: FlaskClient, client: FlaskClient, noor: Person, fresh_database: Database
) -> None:
    ask(staff, noor)
    stop = path_in(fresh_database, "address_change_stop")
    client.post(stop)
    for page in (client.get(stop).text, client.post(stop).text):
        assert "De wijziging is gestopt" in page
        assert "gebleven zoals het was" in page
    with fresh_database.writing() as session:
        session.execute(delete(AddressChange))
        session.execute(delete(MailMessage))
    ask(staff, noor)
    stop = path_in(fresh_database, "address_change_stop")
    client.post(path_in(fresh_database, "address_change_confirm"))
    page = client.get(stop).text
    assert "Het e-mailadres is gewijzigd" in page
    assert "Laat het ons meteen weten." in page
    assert "Wij kennen deze link niet." in client.get("/adres/stoppen/" + "x" * 43).text


def test_a_link_that_nobody_used_says_that_nothing_changed(
    staff: FlaskClient, client: FlaskClient, noor: Person, fresh_database: Database
) -> None:
    ask(staff, noor)
    stop = path_in(fresh_database, "address_change_stop")
    with fresh_database.writing() as session:
        change = session.scalars(select(AddressChange)).one()
        change.expires_at = clock.now() - timedelta(minutes=1)
    assert "Niemand heeft de wijziging op tijd bevestigd" in client.get(stop).text
    assert "Niet op tijd bevestigd" in staff.get(f"/beheer/mensen/{noor.id}").text


def test_staff_see_what_waits_and_who_asked_and_can_withdraw_it(
    staff: FlaskClient, client: FlaskClient, noor: Person, fresh_database: Database
) -> None:
    address = f"/beheer/mensen/{noor.id}"
    assert "Gevraagd door" not in staff.get(address).text
    ask(staff, noor)
    page = staff.get(address).text
    for words in (NEW, "Gevraagd door", "Anna Bakker", "Wacht op het nieuwe adres"):
        assert words in page
    for _ in range(2):
        answer = staff.post(f"{address}/adres/intrekken", follow_redirects=True)
        assert "De wijziging is ingetrokken." in answer.text
    assert f'action="{address}/adres/intrekken"' not in answer.text
    assert "Gestopt" in answer.text
    confirm = path_in(fresh_database, "address_change_confirm")
    assert client.post(confirm).status_code == 404
    assert email_of(fresh_database, noor) == OLD
    expected = ["person.address_change_asked", "person.address_change_withdrawn"]
    assert deeds(fresh_database) == expected


def test_a_link_to_stop_confirms_nothing_and_the_other_way_round(
    staff: FlaskClient, client: FlaskClient, noor: Person, fresh_database: Database
) -> None:
    ask(staff, noor)
    token = path_in(fresh_database, "address_change_stop").rpartition("/")[2]
    client.post(f"/adres/bevestigen/{token}")
    token = path_in(fresh_database, "address_change_confirm").rpartition("/")[2]
    client.post(f"/adres/stoppen/{token}")
    assert deeds(fresh_database) == ["person.address_change_asked"]


def test_a_link_gets_too_old_and_its_secret_is_forgotten(
    staff: FlaskClient, noor: Person, fresh_database: Database, settings: Settings
) -> None:
    ask(staff, noor)
    token = path_in(fresh_database, "address_change_confirm").rpartition("/")[2]
    with clock.at(clock.now() + timedelta(days=3, minutes=1)):
        with (
            pytest.raises(DomainError, match="address_link_over"),
            fresh_database.writing() as session,
        ):
            confirm_change(session, token=token, actor=GUEST)
        forget_links(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        assert session.scalars(select(MailMessage)).all() == []
    assert ask(staff, noor, "noor@ander.example")[0] == 302, "another may be asked for"


def test_an_address_of_somebody_else_is_told_at_the_field(
    staff: FlaskClient, committing: Committing, noor: Person, fresh_database: Database
) -> None:
    with committing():
        PersonFactory(email=NEW)
    status, page = ask(staff, noor)
    assert status == 200
    assert "hoort al bij iemand anders" in page
    assert "Noor belde." in page
    assert deeds(fresh_database) == []


def test_an_address_that_was_taken_meanwhile_is_not_given_twice(
    staff: FlaskClient,
    client: FlaskClient,
    committing: Committing,
    noor: Person,
    fresh_database: Database,
) -> None:
    ask(staff, noor)
    with committing():
        PersonFactory(email=NEW)
    answer = client.post(path_in(fresh_database, "address_change_confirm"))
    assert "hoort al bij iemand anders" in answer.text
    assert email_of(fresh_database, noor) == OLD


def test_only_staff_ask_and_not_for_themselves(committing: Committing, noor: Person) -> None:
    def ask_as(actor: Actor) -> None:
        with committing() as session:
            ask_address_change(
                session, person_id=noor.id, new_email=NEW, reason="Noor belde.", actor=actor
            )

    for actor in (GUEST, actor_of(noor), actor_of(noor, "auditor")):
        with pytest.raises(ForbiddenError):
            ask_as(actor)
    with pytest.raises(DomainError, match="not_on_yourself"):
        ask_as(actor_of(noor, "staff"))


def test_of_who_works_here_a_second_colleague_approves_it_before_the_new_address_is_mailed(
    staff: FlaskClient,
    client: FlaskClient,
    signed_in: SignIn,
    committing: Committing,
    fresh_database: Database,
) -> None:
    """Else one member of staff could become another, and do what takes two."""
    with committing() as session:
        colleague = with_role(session, "staff", "Bram Bos")
        cor = with_role(session, "staff", "Cor Dam")
    ask(staff, colleague)
    path = f"/beheer/mensen/{colleague.id}"
    approve = f"{path}/adres/goedkeuren"
    page = staff.get(path).text
    assert approve not in page
    assert "Een collega moet dit hier goedkeuren." in page
    assert "U hebt dit zelf gevraagd." in staff.post(approve, follow_redirects=True).text
    own = signed_in(colleague).post(approve, follow_redirects=True).text
    assert "Dit kunt u niet voor uzelf doen." in own
    assert templates_of(fresh_database) == {"address_change_stop"}
    second = signed_in(cor)
    assert approve in second.get(path).text
    for _time in ("once", "a double click"):
        assert "De wijziging is goedgekeurd." in second.post(approve, follow_redirects=True).text
    assert approve not in second.get(path).text
    client.post(path_in(fresh_database, "address_change_confirm"), data={"x": "x"})
    assert email_of(fresh_database, colleague) == NEW
    assert "person.address_change_approved" in deeds(fresh_database)


def test_who_got_a_role_since_needs_the_approval_as_well(
    staff: FlaskClient, committing: Committing, noor: Person, fresh_database: Database
) -> None:
    ask(staff, noor)
    with committing() as session:
        RoleGrantFactory(person_id=noor.id, role="auditor")
    token = path_in(fresh_database, "address_change_confirm").rpartition("/")[2]
    with (
        fresh_database.writing() as session,
        pytest.raises(DomainError, match="address_change_unapproved"),
    ):
        confirm_change(session, token=token, actor=GUEST)
    assert email_of(fresh_database, noor) == OLD


def test_the_database_refuses_an_approval_by_who_asked(
    staff: FlaskClient, noor: Person, fresh_database: Database
) -> None:
    ask(staff, noor)
    with fresh_database.writing() as session:
        change = session.scalars(select(AddressChange)).one()
        for wrong in (change.asked_by, change.person_id):
            approval = update(AddressChange).values(approved_at=clock.now(), approved_by=wrong)
            with pytest.raises(IntegrityError, match="second_person"), session.begin_nested():
                session.execute(approval)


def templates_of(database: Database) -> set[str]:
    with database.reading() as session:
        statement = select(MailMessage.template).where(
            MailMessage.template.startswith("address_change")
        )
        return set(session.scalars(statement))


def test_asking_it_of_who_works_here_does_not_say_that_both_addresses_are_mailed(
    staff: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        colleague = with_role(session, "staff", "Bram Bos")
    path = f"/beheer/mensen/{colleague.id}/adres"
    assert "Mail beide adressen" not in staff.get(path).text
    data = {"email": NEW, "reason": "Bram belde."}
    page = staff.post(path, data=data, follow_redirects=True).text
    assert "Het nieuwe adres krijgt er een als een collega het goedkeurt." in page
    assert "Beide adressen" not in page


def test_a_second_colleague_finds_it_on_the_desk_and_in_the_mail(
    staff: FlaskClient, signed_in: SignIn, committing: Committing
) -> None:
    with committing() as session:
        colleague = with_role(session, "staff", "Bram Bos")
        cor = with_role(session, "staff", "Cor Dam")
    ask(staff, colleague)
    path = f"/beheer/mensen/{colleague.id}"
    waits = "E-mailadressen die wachten op een tweede collega"
    second = signed_in(cor)
    person = second.get(path).text
    assert "Wacht op een tweede collega" in person
    assert "Wacht op het nieuwe adres" not in person
    desk = second.get("/beheer").text
    assert waits in desk
    assert f'href="{path}"' in desk
    assert "Er wacht niets op u" not in desk
    assert f'href="{path}"' not in staff.get("/beheer").text, "who asked can't approve it"
    with committing() as session:
        (news,) = [item for item in news_for_staff(session) if item.kind == "address"]
        assert news.title == "Bram Bos"
        assert colleague.id in news.not_for
        assert cor.id not in news.not_for
        assert len(news.not_for) == 2
    second.post(f"{path}/adres/goedkeuren")
    assert waits not in second.get("/beheer").text
    with committing() as session:
        assert [item for item in news_for_staff(session) if item.kind == "address"] == []


def test_who_works_here_reads_the_last_day_to_stop_it_however_late_it_is_approved(
    staff: FlaskClient,
    signed_in: SignIn,
    committing: Committing,
    fresh_database: Database,
) -> None:
    with committing() as session:
        colleague = with_role(session, "staff", "Bram Bos")
        cor = with_role(session, "staff", "Cor Dam")
    ask(staff, colleague)
    with clock.at(clock.now() + timedelta(days=2, hours=23)):
        signed_in(cor).post(f"/beheer/mensen/{colleague.id}/adres/goedkeuren")
    with fresh_database.reading() as session:
        change = session.scalars(select(AddressChange)).one()
        by_template = select(MailMessage).where(MailMessage.template == "address_change_stop")
        last_day = session.scalars(by_template).one().context["expires_on"]
        assert change.approved_at is not None
        assert datetime.fromisoformat(last_day).date() >= clock.local(change.expires_at).date()
