"""What waits for a second officer and is about no case: own words, colleagues, rules of funds."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.work import LOOK_DAYS, WorkKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import refusal_of
from voorjebuurt.matching.funds.queries import differs, fund_gaps, latest_version
from voorjebuurt.matching.funds.states import EDITABLE, VERSIONED, FundStatus
from voorjebuurt.matching.models import Fund
from voorjebuurt.ownwords.queries import open_version
from voorjebuurt.ownwords.rules import WordingStatus
from voorjebuurt.ownwords.service import refuse_approver
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.appointments.powers import officers_for
from voorjebuurt.people.role_proposal_queries import gave_role_lately, waiting_roles
from voorjebuurt.people.rules import MandateKind, Role
from voorjebuurt.places.models import Municipality


def second_looks(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """All of it in a municipality; who may do each stands with it."""
    yield from _wording(session, municipality_id)
    yield from _colleagues(session, municipality_id)
    yield from _funds(session, municipality_id)


def _wording(session: Session, municipality_id: UUID) -> Iterator[Work]:
    row = open_version(session, municipality_id)
    if row is None or row.status != WordingStatus.PROPOSED or row.proposed_at is None:
        return
    doers = frozenset(
        person_id
        for person_id in appointers(session, municipality_id)
        if refusal_of(partial(refuse_approver, session, row, person_id)) is None
    )
    yield Work(
        kind=WorkKind.WORDING,
        subject_id=row.id,
        application_id=None,
        campaign_id=None,
        number="",
        title=session.get_one(Municipality, municipality_id).name,
        fund_name="",
        due_on=_look_by(row.proposed_at),
        status=row.status,
        proposed_by=row.proposed_by,
        doers=doers,
    )


def _colleagues(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Officers and mandates that can be confirmed now; until the day on which they lapse."""
    holders = appointers(session, municipality_id)
    for row in waiting_roles(session, municipality_id=municipality_id):
        if row.role != Role.OFFICER or row.confirmable_from > clock.now():
            continue
        doers = frozenset(
            person_id
            for person_id in holders
            if row.may_be_confirmed_by(person_id)
            and not gave_role_lately(
                session,
                giver_id=row.proposer_id,
                holder_id=person_id,
                role=Role.OFFICER,
                municipality_id=municipality_id,
            )
        )
        yield Work(
            kind=WorkKind.COLLEAGUE,
            subject_id=row.id,
            application_id=None,
            campaign_id=None,
            number="",
            title=row.person,
            fund_name="",
            due_on=clock.local(row.lapses_at).date(),
            status="",
            proposed_by=row.proposer_id,
            doers=doers,
        )


def _funds(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Drafts that were rehearsed and miss nothing, and later rules of a fund that is public."""
    states = [status.value for status in EDITABLE | VERSIONED]
    statement = select(Fund).where(Fund.municipality_id == municipality_id, Fund.status.in_(states))
    able = officers_for(session, municipality_id=municipality_id, kind=MandateKind.FUND)
    for fund in session.scalars(statement.order_by(Fund.id)):
        if fund.edited_at is None or not _awaits_publisher(session, fund):
            continue
        yield Work(
            kind=WorkKind.PUBLISH,
            subject_id=fund.id,
            application_id=None,
            campaign_id=None,
            number="",
            title=fund.name,
            fund_name="",
            due_on=_look_by(fund.edited_at),
            status=fund.status,
            proposed_by=fund.edited_by,
            doers=frozenset(able) - {fund.edited_by},
            fund_id=fund.id,
        )


def _awaits_publisher(session: Session, fund: Fund) -> bool:
    if fund.status in VERSIONED:
        version = latest_version(session, fund.id)
        return version is not None and differs(fund, version)
    return fund.status == FundStatus.REHEARSED and not fund_gaps(session, fund)


def _look_by(moment: datetime) -> date:
    return clock.local(moment + timedelta(days=LOOK_DAYS)).date()
