"""Who looks along with a resident sees the pages that are named, and no route escapes."""

from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.viewing import looking_along
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.web.guards import GUARDS
from voorjebuurt.web.kit.access import AUTHOR, INITIATOR, PUBLIC, SIGNED_IN
from voorjebuurt.web.viewing import FILES, SHOWN, STOP

SECRET = (
    "account",
    "attachment",
    "board",
    "calendar",
    "data",
    "decision",
    "deliver",
    "export",
    "factor",
    "invitation",
    "mail",
    "member",
    "money",
    "objection",
    "offer",
    "own_gifts",
    "passkey",
    "password",
    "payee",
    "pay_gift",
    "profile",
    "receipt",
    "security",
    "send",
    "sign",
)
"""What in the name of a page tells that staff have no business there."""
VALUES: dict[str, Any] = {"UUIDConverter": uuid4(), "IntegerConverter": 1}


def test_the_pages_are_only_read_and_are_everybodys_or_the_residents_own(app: Flask) -> None:
    reads = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert reads >= SHOWN | FILES
    assert {GUARDS[name] for name in SHOWN} <= {PUBLIC, SIGNED_IN, INITIATOR, AUTHOR} | {
        GUARDS["resident.show_campaign"]
    }
    assert {GUARDS[name] for name in FILES} == {PUBLIC}
    assert not {name for name in SHOWN if any(word in name for word in SECRET)}
    assert not {name for name in SHOWN if not name.startswith(("public.", "resident."))}


def test_every_other_page_and_every_form_is_refused_and_nothing_is_written(
    app: Flask, committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        staff, resident = PersonFactory(), PersonFactory()
        RoleGrantFactory(person_id=staff.id, role="staff")
    browser = looking_along(signed_in(staff), resident)

    def written() -> tuple[int, int]:
        with committing() as session:
            return (
                session.scalar(select(func.count()).select_from(AuditEvent)) or 0,
                session.scalar(select(func.count()).select_from(MailMessage)) or 0,
            )

    before, wrong, number = written(), [], 0
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {
            name: VALUES.get(type(rule._converters[name]).__name__, "x" * 43)
            for name in rule.arguments
        }
        for method in sorted(rule.methods or set()):
            if method in ("GET", "HEAD") and rule.endpoint in SHOWN | FILES:
                continue
            if rule.endpoint == STOP and method == "POST":
                continue
            number += 1
            answer = browser.open(
                adapter.build(rule.endpoint, values, method=method), method=method
            )
            if answer.status_code != 403:
                wrong.append(f"{method} {rule.endpoint}: {answer.status_code}")
    assert wrong == []
    assert number > 600
    assert written() == before
