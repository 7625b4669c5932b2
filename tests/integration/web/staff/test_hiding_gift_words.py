"""Staff keep a donor's name or message off the public page, and show it again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.pledges.gift_words import hide_words, show_words
from voorjebuurt.pledges.rules import GiftPart
from voorjebuurt.settings import Settings

NAME, MESSAGE, REASON = "Noor Visser", "Weg met de wethouder", "Dit is een persoonlijke aanval."


@dataclass(frozen=True)
class Case:
    """A gift with words on a page that everybody can see."""

    pledge_id: UUID
    page: str

    @property
    def words(self) -> str:
        """The address of its page for staff."""
        return f"/beheer/giften/{self.pledge_id}/woorden"


@pytest.fixture
def case(committing: Committing) -> Case:
    with committing() as session:
        campaign = CampaignFactory(status="live")
        gift = PledgeFactory(campaign=campaign, name=NAME, message=MESSAGE)
        confirm_address(session, email=certain(gift.email), means=Means.PAYMENT)
        return Case(gift.id, f"/acties/{campaign.slug}")


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
    return signed_in(anna)


def deeds(database: Database) -> list[tuple[str, str | None]]:
    with database.reading() as session:
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.at)).all()
    return [(row.action, row.reason) for row in rows if row.action.startswith("pledge.words")]


def test_a_message_is_hidden_with_a_reason_and_shown_again(
    staff: FlaskClient,
    client: FlaskClient,
    case: Case,
    fresh_database: Database,
    settings: Settings,
) -> None:
    assert MESSAGE in client.get(case.page).text
    for _ in range(2):
        answer = staff.post(f"{case.words}/message/verbergen", data={"reason": REASON})
        assert answer.location == case.words
    page = client.get(case.page).text
    assert MESSAGE not in page
    assert "Bericht verborgen door Voor je Buurt" in page
    assert NAME in page
    assert REASON in staff.get(case.words).text
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        mail = session.scalars(select(MailMessage)).one()
    assert mail.subject is not None
    assert "bericht" in mail.subject
    assert REASON in certain(mail.text)
    for _ in range(2):
        assert staff.post(f"{case.words}/message/tonen").location == case.words
    assert MESSAGE in client.get(case.page).text
    assert deeds(fresh_database) == [("pledge.words_hidden", REASON), ("pledge.words_shown", None)]


def test_a_name_is_hidden_and_the_message_stays(
    staff: FlaskClient, client: FlaskClient, case: Case
) -> None:
    staff.post(f"{case.words}/name/verbergen", data={"reason": REASON})
    page = client.get(case.page).text
    assert NAME not in page
    assert "Naam verborgen door Voor je Buurt" in page
    assert MESSAGE in page


def test_without_a_reason_nothing_is_hidden(
    staff: FlaskClient, client: FlaskClient, case: Case
) -> None:
    answer = staff.post(f"{case.words}/message/verbergen", data={"reason": "  "})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text
    assert MESSAGE in client.get(case.page).text
    assert staff.get(f"{case.words}/postcode/verbergen").status_code == 404


def test_only_staff_hide_words(
    committing: Committing, signed_in: SignIn, case: Case, fresh_database: Database
) -> None:
    with committing() as session:
        carla = with_role(session, "auditor", "Carla Groen")
    answer = signed_in(carla).post(f"{case.words}/message/verbergen", data={"reason": REASON})
    assert answer.status_code in (403, 404)
    with committing() as session:
        about: dict[str, Any] = {
            "pledge_id": case.pledge_id,
            "part": GiftPart.MESSAGE,
            "actor": GUEST,
        }
        with pytest.raises(ForbiddenError):
            hide_words(session, **about, reason=REASON)
        with pytest.raises(ForbiddenError):
            show_words(session, **about)
    assert deeds(fresh_database) == []
