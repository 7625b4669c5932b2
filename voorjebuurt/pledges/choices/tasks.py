"""Timed work of near misses: asking donors, reminding them, and what is due by itself."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError, InvariantError, NotFoundError
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.choices import outcome
from voorjebuurt.pledges.closing import return_contribution
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss import mails
from voorjebuurt.pledges.near_miss.asked_gifts import asked_gifts
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.queries import gifts_kept, near_misses_asking
from voorjebuurt.pledges.near_miss.rules import NearMissState, reminder_due
from voorjebuurt.pledges.rules import RefundReason


@task("pledges.move_near_misses", cron="* * * * *")
def move_near_misses(runtime: Runtime) -> None:
    """Take every step that is due: the end of a term, of the choices, and the outcome."""
    with runtime.database.reading() as session:
        campaign_ids = outcome.near_misses_to_move(session)
    for campaign_id in campaign_ids:
        move_near_miss(runtime, campaign_id)


def move_near_miss(runtime: Runtime, campaign_id: UUID) -> None:
    """All steps of one: each gift goes back in a transaction of its own, then the outcome."""
    try:
        with runtime.database.writing() as session:
            pledge_ids = outcome.move_on(session, campaign_id=campaign_id)
        for pledge_id in pledge_ids:
            _order_back(runtime, pledge_id)
        with runtime.database.writing() as session:
            outcome.decide_near_miss(session, campaign_id=campaign_id)
    except NotFoundError:
        return  # It was decided meanwhile.


def _order_back(runtime: Runtime, pledge_id: UUID) -> None:
    """Order one gift back; what stands in its way keeps the outcome waiting, and staff look."""
    try:
        with runtime.database.writing() as session:
            return_contribution(
                session, pledge_id=pledge_id, reason=RefundReason.NO_ANSWER, actor=SYSTEM
            )
    except (DomainError, InvariantError, IntegrityError) as error:
        with runtime.database.writing() as session:
            audit.raise_alert(
                session,
                key=f"refund_stuck:{pledge_id}",
                kind=AlertKind.REFUND_STUCK,
                detail={"pledge_id": str(pledge_id), "error": str(error)[:300]},
            )


@task("pledges.ask_donors")
def ask_donors(runtime: Runtime, *, near_miss_id: str) -> None:
    """Mail every donor the link to choose; the mails' keys make it resumable."""
    _ask(runtime, UUID(near_miss_id), number=0)


@task("pledges.remind_near_misses", cron="20 7 * * *")
def remind_near_misses(runtime: Runtime) -> None:
    """Remind whose turn it is: donors who did not answer, initiators, and coaches."""
    with runtime.database.reading() as session:
        late_ids = outcome.near_misses_to_warn(session)
        asking = near_misses_asking(session)
    for campaign_id in late_ids:
        with runtime.database.writing() as session:
            outcome.warn(session, campaign_id=campaign_id)
    for near_miss_id, asked_at, ends_at in asking:
        number = reminder_due(asked_at=asked_at, ends_at=ends_at, now=clock.now())
        # Who was left out of the first mail (news of a payment came later) gets it now.
        _ask(runtime, near_miss_id, number=number or 0)


def _ask(runtime: Runtime, near_miss_id: UUID, *, number: int) -> None:
    with runtime.database.reading() as session:
        pledge_ids = asked_gifts(session, session.get_one(NearMiss, near_miss_id), silent=True)
    for pledge_id in pledge_ids:
        with runtime.database.writing() as session:
            pledge = session.get_one(Pledge, pledge_id)
            campaign = session.get_one(Campaign, pledge.campaign_id)
            near_miss = session.get_one(NearMiss, near_miss_id)
            if near_miss.state == NearMissState.ASKING:
                mails.asked(
                    session, pledge=pledge, campaign=campaign, near_miss=near_miss, number=number
                )


@task("pledges.thank_keepers")
def thank_keepers(runtime: Runtime, *, near_miss_id: str) -> None:
    """Mail every donor whose gift stayed; the mails' keys make it resumable."""
    with runtime.database.reading() as session:
        pledge_ids = gifts_kept(session, UUID(near_miss_id))
    for pledge_id in pledge_ids:
        with runtime.database.writing() as session:
            pledge = session.get_one(Pledge, pledge_id)
            mails.kept(
                session,
                pledge=pledge,
                campaign=session.get_one(Campaign, pledge.campaign_id),
                near_miss=session.get_one(NearMiss, UUID(near_miss_id)),
            )
