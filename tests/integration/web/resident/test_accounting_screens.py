"""A resident accounts for match money, with rows and receipts: over the screens."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.account_forms import account, pdf
from tests.support.decided_applicants import DecidedApplicant, decided
from tests.support.factories.decisions import DecisionFactory
from tests.support.factories.towns import admitted, town
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import page
from voorjebuurt.decisions.models import Accounting
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person


def one(committing: Committing, model: type) -> Any:
    """The only row of a table, if there is one."""
    with committing() as session:
        return session.scalars(select(model)).one_or_none()


@pytest.fixture
def award(committing: Committing, signed_in: SignIn) -> DecidedApplicant:
    """An initiator who has the money."""
    return decided(committing, signed_in, "award", 50_000)


def test_an_account_with_rows_and_receipts(award: DecidedApplicant, committing: Committing) -> None:
    path = f"{award.path}/verantwoorden"
    page_text = page(award.browser, path, **account(story=""), receipts=pdf())
    assert 'id="story-error"' in page_text
    assert "bon.pdf" in page_text
    assert "480,00" in page_text
    match = re.search(r'name="kept"[^>]*value="([^"]+)"', page_text)
    assert match is not None
    value = match[1].replace("&#34;", '"')
    page(award.browser, path, **account(), kept=value)
    accounting = one(committing, Accounting)
    assert accounting.spent_cents == 48_000
    assert [receipt["name"] for receipt in accounting.receipts] == ["bon.pdf"]
    with committing() as session:
        assert session.get_one(Application, award.application_id).status == "accounted"


def test_a_file_that_is_no_receipt_is_told_at_its_field(
    award: DecidedApplicant, committing: Committing
) -> None:
    page_text = page(
        award.browser,
        f"{award.path}/verantwoorden",
        **account(),
        receipts=pdf("virus.exe", b"MZ nothing"),
    )
    assert 'id="receipts-error"' in page_text
    assert "Zes bomen staan er." in page_text
    assert one(committing, Accounting) is None


def test_rows_come_and_go_without_sending(award: DecidedApplicant, committing: Committing) -> None:
    path = f"{award.path}/verantwoorden"
    page_text = page(award.browser, path, **account(), add="1")
    assert "€ 480" in page_text
    assert one(committing, Accounting) is None
    page_text = page(award.browser, path, **account(), remove="lines-0")
    assert "480,00" not in page_text
    assert "Zes bomen staan er." in page_text


def test_who_has_no_money_yet_has_nothing_to_account_for(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = town(session, campaign="live", live=True)
        person = session.get_one(Person, case.campaign.initiator_id)
        admitted(session, case.application, case.olga)
    browser = signed_in(person)
    page_text = page(browser, f"/mijn/matchgeld/{case.application.id}/verantwoorden")
    assert "Tot dan komt er niets bij giften en telt er niets mee." in page_text


def test_an_account_that_is_decided_on_can_not_be_changed(
    award: DecidedApplicant, committing: Committing
) -> None:
    """Sending it would be refused, so nothing offers it until the decision is out or sent back."""
    page(award.browser, f"{award.path}/verantwoorden", **account(), send="x")
    assert f"{award.path}/verantwoorden" in page(award.browser, award.path)
    with committing() as session:
        application = session.get_one(Application, award.application_id)
        DecisionFactory(application=application, kind="determination", status="proposed")
    assert f"{award.path}/verantwoorden" not in page(award.browser, award.path)
