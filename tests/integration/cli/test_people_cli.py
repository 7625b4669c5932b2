"""``voorjebuurt people invite``: how a new deployment gets its first members of staff."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.jobs import run_jobs
from tests.support.mailed_links import mailed_token
from voorjebuurt.cli.people import command
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import roles_of
from voorjebuurt.people.signin import request_link, use_link
from voorjebuurt.settings import Settings


@pytest.fixture
def environment(fresh_database_url: str, tmp_path: Path) -> dict[str, str]:
    return {"VJB_ENV": "test", "VJB_HOME": str(tmp_path), "DATABASE_URL": fresh_database_url}


def invite(environment: dict[str, str], *addresses: str) -> Result:
    arguments = ["invite", "--role", "staff", *addresses]
    return CliRunner().invoke(command, arguments, env=environment)


def staff(database: Database) -> list[str]:
    with database.reading() as session:
        people = session.scalars(select(Person).order_by(Person.email)).all()
        return [person.email for person in people if "staff" in roles_of(session, person.id)]


def sign_in(database: Database, email: str) -> None:
    with database.writing() as session:
        request_link(session, email=email, next_path=None, locale="nl", actor=SYSTEM)
        session.flush()
        message = session.scalars(select(MailMessage).order_by(MailMessage.id.desc())).first()
        token = mailed_token(session, certain(message))
        use_link(session, token=token, locale="nl", actor=SYSTEM)


def test_the_first_staff_come_from_a_command_and_are_mailed(
    environment: dict[str, str], fresh_database: Database, settings: Settings
) -> None:
    result = invite(environment, "Anna@buurt.example", "bas@buurt.example")
    assert result.exit_code == 0, result.output
    assert "/inloggen" in result.output
    assert staff(fresh_database) == ["anna@buurt.example", "bas@buurt.example"]
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        invitations = MailMessage.template == "staff_invitation"
        mails = session.scalars(
            select(MailMessage).where(invitations).order_by(MailMessage.recipient)
        ).all()
        assert [mail.recipient for mail in mails] == staff(fresh_database)
        assert all("/inloggen" in (mail.text or "") for mail in mails)


def test_once_two_signed_in_roles_are_given_on_the_site(
    environment: dict[str, str], fresh_database: Database
) -> None:
    invite(environment, "anna@buurt.example")
    sign_in(fresh_database, "anna@buurt.example")
    result = invite(environment, "bas@buurt.example")
    assert result.exit_code == 0, "one alone could appoint nobody"
    assert staff(fresh_database) == ["anna@buurt.example", "bas@buurt.example"]
    sign_in(fresh_database, "bas@buurt.example")
    result = invite(environment, "stranger@buurt.example")
    assert result.exit_code == 1
    assert "People and roles" in result.output
    assert staff(fresh_database) == ["anna@buurt.example", "bas@buurt.example"]


def test_a_wrong_address_can_be_put_right_and_loses_its_role(
    environment: dict[str, str], fresh_database: Database
) -> None:
    invite(environment, "ana@buurt.example")
    result = invite(environment, "anna@buurt.example")
    assert result.exit_code == 0, result.output
    assert staff(fresh_database) == ["anna@buurt.example"]
    again = invite(environment, "anna@buurt.example")
    assert again.exit_code == 0
    with fresh_database.reading() as session:
        invitations = MailMessage.template == "staff_invitation"
        recipients = session.scalars(select(MailMessage.recipient).where(invitations)).all()
    assert sorted(recipients) == ["ana@buurt.example", "anna@buurt.example"], "no mail twice"


@pytest.mark.parametrize("address", ["anna", "a b@buurt.example", "anna@"])
def test_what_is_no_address_is_refused(
    environment: dict[str, str], fresh_database: Database, address: str
) -> None:
    result = invite(environment, address)
    assert result.exit_code == 2
    assert "not an address" in result.output
    assert staff(fresh_database) == []


def test_only_the_first_few_come_this_way(environment: dict[str, str]) -> None:
    result = invite(environment, *(f"p{number}@buurt.example" for number in range(6)))
    assert result.exit_code == 2
    assert "at most 5" in result.output
