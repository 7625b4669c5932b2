"""The database makes a short code when a campaign goes live, whoever lets it, and keeps it."""

import re

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import coach
from voorjebuurt.campaigns import review
from voorjebuurt.campaigns.lifecycle import move_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.campaigns.reach.short_codes import ALPHABET, meant_code, slug_behind
from voorjebuurt.campaigns.rules import PUBLIC, CampaignStatus
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.settings import Settings

CODE = re.compile(rf"[{ALPHABET}]{{4}}")
HIDDEN = sorted(set(CampaignStatus) - PUBLIC)


def code_of(session: Session, campaign: Campaign) -> str | None:
    session.flush()
    session.refresh(campaign)
    return campaign.short_code


def test_a_campaign_that_goes_live_has_an_address_that_people_can_type(
    session: Session, settings: Settings
) -> None:
    campaign = CampaignFactory(status="submitted")
    assert code_of(session, campaign) is None
    review.open_campaign(session, campaign_id=campaign.id, bounds=settings.campaigns, actor=coach())
    code = code_of(session, campaign)
    assert code is not None
    assert CODE.fullmatch(code)
    assert meant_code(code.upper()) == code
    assert slug_behind(session, code) == campaign.slug
    page = public_page(session, campaign.slug)
    assert page is not None
    assert page.short_code == code


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_public_has_none(session: Session, status: CampaignStatus) -> None:
    assert code_of(session, CampaignFactory(status=status)) is None


def test_it_stays_through_everything_that_follows(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    code = code_of(session, campaign)
    for action in ("start_closing", "succeed", "pay_out"):
        move_campaign(session, campaign=campaign, action=action, actor=SYSTEM)
        assert code_of(session, campaign) == code


@pytest.mark.parametrize("change", [{"short_code": "7kq2"}, {"short_code": None}])
def test_it_never_changes(session: Session, change: dict[str, str | None]) -> None:
    campaign = CampaignFactory(status="live")
    session.flush()
    with pytest.raises(IntegrityError, match="kept for ever"):
        session.execute(update(Campaign).where(Campaign.id == campaign.id).values(change))


def test_it_is_never_free_for_another(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    campaign.budget.clear()
    session.flush()
    with pytest.raises(IntegrityError, match="kept for ever"):
        session.execute(delete(Campaign).where(Campaign.id == campaign.id))


def test_a_draft_can_still_be_erased(session: Session) -> None:
    draft = CampaignFactory(status="draft")
    draft.budget.clear()
    session.flush()
    session.execute(delete(Campaign).where(Campaign.id == draft.id))


def test_many_at_once_have_one_each(session: Session) -> None:
    """In one statement, as a migration fills them: each sees those before it."""
    session.execute(
        text("ALTER TABLE campaigns DISABLE TRIGGER keep_short_code"),
    )
    session.execute(text("ALTER TABLE campaigns DROP CONSTRAINT ck_campaigns_short_address"))
    for _ in range(40):
        CampaignFactory(status="live")
    session.flush()
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("ALTER TABLE campaigns ENABLE TRIGGER keep_short_code"))
    session.execute(text("UPDATE campaigns SET status = status WHERE short_code IS NULL"))
    codes = list(session.scalars(text("SELECT short_code FROM campaigns")))
    assert len(set(codes)) == len(codes) == 40
    assert all(CODE.fullmatch(code) for code in codes)


def test_codes_become_longer_where_short_ones_run_out(session: Session) -> None:
    """With one letter left of the alphabet, the second campaign needs a fifth character."""
    definition = session.scalar(text("SELECT pg_get_functiondef('new_short_code'::regproc)"))
    assert isinstance(definition, str)
    assert "* 25)" in definition
    session.execute(text(definition.replace("* 25)", "* 1)")))
    lengths = [len(code_of(session, CampaignFactory(status="live")) or "") for _ in range(3)]
    assert lengths == [4, 5, 6]


def test_a_code_of_nobody_leads_nowhere(session: Session) -> None:
    assert slug_behind(session, "2222") is None
