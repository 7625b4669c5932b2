"""Staff correct slips on a live page, which tells everybody what was changed."""

from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.corrections import PageWords, correct_page
from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError

STORY = "## Het plan\n\nWij planten vier boomen.\n\nDoe mee."
RIGHT = STORY.replace("boomen", "bomen")
SUMMARY = "Het plein wordt groen."


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(
            status="live", title="Boomen op het plein", summary=SUMMARY, story=STORY
        )


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
    return signed_in(anna)


def form(**changes: str) -> dict[str, str]:
    """What a browser sends: its lines end in its own way."""
    values = {
        "title": "Bomen op het plein",
        "summary": SUMMARY,
        "story": RIGHT.replace("\n", "\r\n"),
        "reason": "Spelling.",
    }
    return {**values, **changes}


def stored(database: Database, campaign_id: UUID) -> Campaign:
    with database.reading() as session:
        return session.get_one(Campaign, campaign_id)


def test_a_slip_is_corrected_and_the_page_tells_of_it(
    staff: FlaskClient, client: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    path = f"/beheer/acties/{campaign.id}/verbeteren"
    assert "vier boomen" in staff.get(path).text
    for _ in range(2):
        assert staff.post(path, data=form()).location == f"/beheer/acties/{campaign.id}"
    page = words(client.get(f"/acties/{campaign.slug}"))
    trace = page.partition("Gewijzigd op deze pagina")[2].partition("Wie gaf")[0]
    assert "door Voor je Buurt op" in trace
    for each in ("Boomen op het plein", "Bomen op het plein", "vier boomen", "vier bomen"):
        assert each in trace
    assert "Doe mee" not in trace, "what stayed the same is no news"
    with fresh_database.reading() as session:
        parts = session.scalars(select(PageCorrection.part)).all()
        deed = select(AuditEvent).where(AuditEvent.action == "campaign.corrected")
        event = session.scalars(deed).one()
    assert sorted(parts) == ["story", "title"]
    assert (event.reason, event.detail["parts"]) == ("Spelling.", ["title", "story"])


def test_nothing_but_words_can_be_corrected(
    staff: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    assert {field.name for field in fields(PageWords)} == {"title", "summary", "story"}
    before = stored(fresh_database, campaign.id)
    money: dict[str, Any] = {"goal_cents": "1", "minimum_cents": "1", "deadline_on": "2030-01-01"}
    staff.post(f"/beheer/acties/{campaign.id}/verbeteren", data=form(**money))
    after = stored(fresh_database, campaign.id)
    assert after.title == "Bomen op het plein"
    for name in ("goal_cents", "minimum_cents", "deadline_on", "closes_at", "slug", "kind"):
        assert getattr(after, name) == getattr(before, name)


def test_the_database_knows_no_correction_of_money(
    campaign: Campaign, fresh_database: Database
) -> None:
    insert = text(
        "INSERT INTO page_corrections (id, campaign_id, part, before, after, corrected_at)"
        " VALUES (gen_random_uuid(), :campaign, 'goal_cents', '1', '2', now())"
    )
    with pytest.raises(IntegrityError), fresh_database.writing() as session:
        session.execute(insert, {"campaign": campaign.id})


def test_what_is_wrong_is_told_at_the_field_and_the_rest_stays(
    staff: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    answer = staff.post(f"/beheer/acties/{campaign.id}/verbeteren", data=form(title="x" * 81))
    assert answer.status_code == 200
    assert "vier bomen" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert stored(fresh_database, campaign.id).title == "Boomen op het plein"


def test_only_staff_correct_and_only_what_is_live(
    committing: Committing, campaign: Campaign
) -> None:
    def correct(actor: Actor, title: str = "Bomen", campaign_id: UUID = campaign.id) -> None:
        words = PageWords(title=title, summary=SUMMARY, story=STORY)
        with committing() as session:
            correct_page(
                session, campaign_id=campaign_id, words=words, reason="Spelling.", actor=actor
            )

    with committing():
        person, draft = PersonFactory(), CampaignFactory(status="draft")
    for actor in (GUEST, actor_of(person), actor_of(person, "coach")):
        with pytest.raises(ForbiddenError):
            correct(actor)
    member = actor_of(person, "staff")
    with pytest.raises(TransitionError):
        correct(member, campaign_id=draft.id)
    for title in (" ", "x" * 81):
        with pytest.raises(DomainError) as error:
            correct(member, title=title)
        assert error.value.field == "title"
