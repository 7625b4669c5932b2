"""Funds from their draft on: rehearsed, published by a second officer, paid for, opened."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.ledger.queries import posting_by_key
from voorjebuurt.local.demo.fund_stories import FundStory
from voorjebuurt.local.demo.past_year import FILENAME, past_year
from voorjebuurt.local.demo.stage import DemoError, Stage
from voorjebuurt.matching.funds.details import FundDetails
from voorjebuurt.matching.funds.drafts import create_fund
from voorjebuurt.matching.funds.publication import publish_fund
from voorjebuurt.matching.funds.schedule import open_fund
from voorjebuurt.matching.funds.states import EDITABLE, FundStatus
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.pots.municipal_payments import receive_prepayment
from voorjebuurt.matching.rehearsal.past_campaigns import past_campaigns
from voorjebuurt.matching.rehearsal.requests import FactsText, RulesetText, ask_rehearsal
from voorjebuurt.places.queries import municipality_by_slug


def begin_fund(stage: Stage, told: FundStory) -> UUID:
    """Draft a fund, rehearse it, and (where the story goes so far) publish and open it."""
    fund_id = _drafted(stage, told)
    _rehearse(stage, told, fund_id)
    if told.published:
        _publish(stage, told, fund_id)
        _receive(stage, told, fund_id)
        with stage.scene(told.opens, 0, 1) as session:
            open_fund(session, fund_id=fund_id, actor=SYSTEM)
    return fund_id


def fund_state(stage: Stage, fund_id: UUID) -> FundStatus:
    """How far a fund is."""
    with stage.runtime.database.reading() as session:
        return FundStatus(session.get_one(Fund, fund_id).status)


def officer(stage: Stage, name: str) -> Actor:
    """An officer by name, as the one who does something."""
    return stage.cast.officers[name]


def _drafted(stage: Stage, told: FundStory) -> UUID:
    place = told.municipality
    with stage.scene(told.begun, 10, 5) as session:
        municipality = municipality_by_slug(session, place)
        if municipality is None:
            raise DemoError(f"The demo's municipality {place} is missing.")
        named = (Fund.municipality_id == municipality.id, Fund.name == told.name)
        found = session.scalar(select(Fund.id).where(*named))
        return (
            found
            or create_fund(
                session,
                municipality_id=municipality.id,
                details=_details(stage, told),
                rules=dict(told.rules),
                indicators=stage.runtime.settings.matching.indicators,
                actor=officer(stage, told.editor),
            ).id
        )


def _details(stage: Stage, told: FundStory) -> FundDetails:
    return FundDetails(
        name=told.name,
        purpose=told.purpose,
        legal_basis=told.legal_basis,
        opens_on=stage.today + timedelta(told.opens),
        closes_on=stage.today + timedelta(told.closes),
        prepaid=told.prepaid,
        checklist=told.checklist,
        sender=told.sender,
        objection_address=told.objection_address,
    )


def _rehearse(stage: Stage, told: FundStory, fund_id: UUID) -> None:
    """On a file of an earlier year; a draft that is still one, on the campaigns that are over."""
    if fund_state(stage, fund_id) is not FundStatus.DRAFT:
        return
    with stage.scene(told.begun + 1, 11, 30) as session:
        fund = session.get_one(Fund, fund_id)
        ask_rehearsal(
            session,
            municipality_id=fund.municipality_id,
            rules=RulesetText(fund.draft_rules, fund.name),
            against=None,
            facts=_facts(session, stage, told, fund),
            indicators=stage.runtime.settings.matching.indicators,
            actor=officer(stage, told.editor),
        )


def _facts(session: Session, stage: Stage, told: FundStory, fund: Fund) -> FactsText | None:
    if not told.published and past_campaigns(session, fund.municipality_id):
        return None
    text = past_year(session, stage, municipality_id=fund.municipality_id, day=told.begun)
    return FactsText(text, FILENAME)


def _publish(stage: Stage, told: FundStory, fund_id: UUID) -> None:
    if fund_state(stage, fund_id) not in EDITABLE:
        return
    with stage.scene(told.begun + 3, 14, 15) as session:
        publish_fund(
            session,
            fund_id=fund_id,
            indicators=stage.runtime.settings.matching.indicators,
            actor=officer(stage, told.publisher),
        )


def _receive(stage: Stage, told: FundStory, fund_id: UUID) -> None:
    """What the municipality pays beforehand, once."""
    reference = f"{told.name}, voorschot"
    if not told.paid_in:
        return
    with stage.scene(told.begun + 6, 9, 20) as session:
        if posting_by_key(session, f"receipt:{fund_id}:{reference}") is None:
            receive_prepayment(
                session,
                fund_id=fund_id,
                cents=told.paid_in * 100,
                reference=reference,
                actor=stage.cast.staff[0],
            )
