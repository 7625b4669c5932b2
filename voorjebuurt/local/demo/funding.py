"""Funds from their draft on: rehearsed, published by a second officer, paid for, opened."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.local.demo.fund_stories import FundStory
from voorjebuurt.local.demo.past_year import FILENAME, past_year
from voorjebuurt.local.demo.stage import DemoError, Stage
from voorjebuurt.local.demo.teams import team_id_of
from voorjebuurt.matching.arrangements import bands_of
from voorjebuurt.matching.funds.arranging import save_arrangements
from voorjebuurt.matching.funds.details import FundDetails
from voorjebuurt.matching.funds.drafts import create_fund
from voorjebuurt.matching.funds.publication import publish_fund
from voorjebuurt.matching.funds.schedule import open_fund
from voorjebuurt.matching.funds.states import EDITABLE, FundStatus
from voorjebuurt.matching.funds.teams import choose_team
from voorjebuurt.matching.models import Fund, FundDeposit
from voorjebuurt.matching.pots.deposit_entries import enter_fund_deposit
from voorjebuurt.matching.pots.deposits import book_deposit
from voorjebuurt.matching.rehearsal.past_campaigns import past_campaigns
from voorjebuurt.matching.rehearsal.requests import FactsText, RulesetText, ask_rehearsal
from voorjebuurt.places.queries import municipality_by_slug


def begin_fund(stage: Stage, fund_story: FundStory) -> UUID:
    """Draft a fund, rehearse it, and (where the story goes so far) publish and open it."""
    fund_id = _drafted(stage, fund_story)
    _rehearse(stage, fund_story, fund_id)
    if fund_story.published:
        _publish(stage, fund_story, fund_id)
        _receive(stage, fund_story, fund_id)
        with stage.scene(fund_story.opens, 0, 1) as session:
            open_fund(session, fund_id=fund_id, actor=SYSTEM)
    return fund_id


def fund_state(stage: Stage, fund_id: UUID) -> FundStatus:
    """How far a fund is."""
    with stage.runtime.database.reading() as session:
        return FundStatus(session.get_one(Fund, fund_id).status)


def officer(stage: Stage, name: str) -> Actor:
    """An officer by name, as the one who does something."""
    return stage.cast.officers[name]


def _drafted(stage: Stage, fund_story: FundStory) -> UUID:
    place = fund_story.municipality
    with stage.scene(fund_story.begun, 10, 5) as session:
        municipality = municipality_by_slug(session, place)
        if municipality is None:
            raise DemoError(f"The demo's municipality {place} is missing.")
        conditions = (Fund.municipality_id == municipality.id, Fund.name == fund_story.name)
        fund_id = session.scalar(select(Fund.id).where(*conditions))
        if fund_id is not None:
            return fund_id
        editor = officer(stage, fund_story.editor)
        fund = create_fund(
            session,
            municipality_id=municipality.id,
            details=_details(stage, fund_story),
            rules=dict(fund_story.rules),
            indicators=stage.runtime.settings.matching.indicators,
            actor=editor,
        )
        bands = bands_of(fund_story.arrangements)
        save_arrangements(session, fund_id=fund.id, bands=bands, actor=editor)
        if fund_story.team:
            team_id = team_id_of(session, municipality.id, fund_story.team)
            choose_team(session, fund_id=fund.id, team_id=team_id, actor=editor)
        return fund.id


def _details(stage: Stage, fund_story: FundStory) -> FundDetails:
    return FundDetails(
        name=fund_story.name,
        purpose=fund_story.purpose,
        legal_basis=fund_story.legal_basis,
        opens_on=stage.today + timedelta(fund_story.opens),
        closes_on=stage.today + timedelta(fund_story.closes),
        prepaid=fund_story.prepaid,
        checklist=fund_story.checklist,
        sender=fund_story.sender,
        objection_address=fund_story.objection_address,
    )


def _rehearse(stage: Stage, fund_story: FundStory, fund_id: UUID) -> None:
    """On a file of an earlier year; a draft that is still one, on the campaigns that are over."""
    if fund_state(stage, fund_id) is not FundStatus.DRAFT:
        return
    with stage.scene(fund_story.begun + 1, 11, 30) as session:
        fund = session.get_one(Fund, fund_id)
        ask_rehearsal(
            session,
            municipality_id=fund.municipality_id,
            rules=RulesetText(fund.draft_rules, fund.name),
            against=None,
            facts=_facts(session, stage, fund_story, fund),
            indicators=stage.runtime.settings.matching.indicators,
            actor=officer(stage, fund_story.editor),
        )


def _facts(session: Session, stage: Stage, fund_story: FundStory, fund: Fund) -> FactsText | None:
    if not fund_story.published and past_campaigns(session, fund.municipality_id):
        return None
    text = past_year(session, stage, municipality_id=fund.municipality_id, day=fund_story.begun)
    return FactsText(text, FILENAME)


def _publish(stage: Stage, fund_story: FundStory, fund_id: UUID) -> None:
    if fund_state(stage, fund_id) not in EDITABLE:
        return
    with stage.scene(fund_story.begun + 3, 14, 15) as session:
        publish_fund(
            session,
            fund_id=fund_id,
            indicators=stage.runtime.settings.matching.indicators,
            actor=officer(stage, fund_story.publisher),
        )


def _receive(stage: Stage, fund_story: FundStory, fund_id: UUID) -> None:
    """What the municipality pays beforehand, once: read on the bank statement by two of staff."""
    if not fund_story.paid_in:
        return
    first, second = stage.cast.staff[:2]
    with stage.scene(fund_story.begun + 6, 9, 20) as session:
        deposits = select(FundDeposit.id).where(FundDeposit.fund_id == fund_id)
        if session.scalar(deposits) is not None:
            return
        deposit_id = enter_fund_deposit(
            session,
            fund_id=fund_id,
            cents=fund_story.paid_in * 100,
            reference=f"{fund_story.name}, voorschot",
            received_on=clock.today(),
            actor=first,
        )
    with stage.scene(fund_story.begun + 6, 9, 50) as session:
        book_deposit(session, deposit_id=deposit_id, actor=second)
