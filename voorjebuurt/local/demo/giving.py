"""Gifts, from the promise to the booking, one after another in the order of time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.rewards.queries import offered_rewards
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.local.demo.donors import Gift, gifts
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story, email_of
from voorjebuurt.payments.provider_calls import create_at_provider, sync_payment
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.payments.rules import UNDECIDED, PaymentStatus
from voorjebuurt.payments.service import NO_MANDATE
from voorjebuurt.payments.tasks import sync_later
from voorjebuurt.pledges.dedications.rules import DedicationKind, DedicationWish
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.donor_keys import address_key
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.choosing import choose_monthly
from voorjebuurt.pledges.monthly.provider import mandate_to_begin
from voorjebuurt.pledges.rewards.rules import Address, RewardWish
from voorjebuurt.pledges.service import make_pledge, start_attempt

_BETWEEN_TRIES = timedelta(minutes=4)
_HOME = Address("Rozenstraat 12", "1234 AB", "Waterdal")
_FINAL_STATUSES = frozenset(PaymentStatus) - UNDECIDED | {PaymentStatus.PENDING}


def give_all(
    stage: Stage,
    story: Story,
    campaign_id: UUID,
    *,
    until: datetime | None = None,
    between: Sequence[tuple[datetime, Callable[[], None]]] = (),
) -> None:
    """Every gift that the story tells of and that was not given yet, up to a moment.

    What happens ``between`` them is done when its moment comes: before, later gifts don't know it.
    """
    story_gifts = gifts(story, seed=stage.seed, today=stage.today)
    tries, waiting = _tries(stage, campaign_id), sorted(between, key=itemgetter(0))
    for gift in story_gifts:
        if until is not None and gift.at >= until:
            break
        while waiting and waiting[0][0] <= gift.at:
            waiting.pop(0)[1]()
        _give(stage, campaign_id, gift, tries.get(gift.donor.email, 0))
    for _, deed in waiting:
        deed()


def _give(stage: Stage, campaign_id: UUID, gift: Gift, tries: int) -> None:
    for number in range(tries, len(gift.results)):
        result, at = gift.results[number], gift.at + number * _BETWEEN_TRIES
        is_last = number == len(gift.results) - 1
        _try(stage, campaign_id, gift, result, at, is_last=is_last)


def _tries(stage: Stage, campaign_id: UUID) -> dict[str, int]:
    """How often each donor tried to pay, as far as that came to an end."""
    tries: dict[str, int] = {}
    with stage.runtime.database.reading() as session:
        for pledge in session.scalars(select(Pledge).where(Pledge.campaign_id == campaign_id)):
            payments = payments_of_pledge(session, pledge.id)
            tries[pledge.email or ""] = sum(p.status in _FINAL_STATUSES for p in payments)
    return tries


def _try(
    stage: Stage, campaign_id: UUID, gift: Gift, result: str, at: datetime, *, is_last: bool
) -> None:
    """Try to pay once. The jobs wait for the last try, as the mail about a failed one would."""
    settings, database = stage.runtime.settings, stage.runtime.database
    mode = settings.payment_mode
    with clock.at(at):
        with database.writing() as session:
            token = _pledge_token(session, stage, campaign_id, gift)
        stage.sandbox.set_clock(at)
        mandate = mandate_to_begin(database, settings, token) if gift.is_monthly else NO_MANDATE
        with database.writing() as session:
            payment = start_attempt(
                session, token=token, base_url=settings.base_url, actor=GUEST, mandate=mandate
            )
        checkout_url = create_at_provider(database, stage.gateway, payment_id=payment.id, mode=mode)
        if checkout_url is not None:
            stage.sandbox.pay(checkout_url, result)
        if not is_last:
            sync_payment(database, stage.gateway, payment_id=payment.id, mode=mode)
            return
        with database.writing() as session:
            sync_later(session, payment.id)
        stage.run_jobs()


def _pledge_token(session: Session, stage: Stage, campaign_id: UUID, gift: Gift) -> str:
    before = session.scalar(
        select(Pledge.token).where(
            Pledge.campaign_id == campaign_id, Pledge.email == gift.donor.email
        )
    )
    if before is not None:
        return before
    pledge = make_pledge(
        session,
        campaign_id=campaign_id,
        details=PledgeDetails(
            amount_cents=gift.amount_cents,
            tip_cents=gift.tip_cents,
            email=gift.donor.email,
            name=gift.donor.name,
            name_public=gift.name_public,
            message=gift.message,
            postcode=gift.postcode,
            donor_key=address_key(stage.runtime.settings.donor_key, gift.donor.email),
        ),
        locale=gift.donor.locale,
        bounds=stage.runtime.settings.pledges,
        actor=GUEST,
        reward=_wish(session, campaign_id, gift),
        dedication=_dedication(stage, gift),
    )
    if gift.is_monthly:
        choose_monthly(session, pledge=pledge, wish=True, actor=GUEST)
    return pledge.token


def _dedication(stage: Stage, gift: Gift) -> DedicationWish | None:
    dedication = gift.dedication
    if dedication is None:
        return None
    return DedicationWish(
        kind=DedicationKind(dedication.kind),
        name=dedication.name,
        words=dedication.words,
        on_page=dedication.on_page,
        company_number=dedication.company_number,
        street=dedication.street,
        postcode=dedication.postcode,
        town=dedication.town,
        email="" if dedication.days is None else email_of(dedication.name),
        tell_on=None if dedication.days is None else stage.today + timedelta(dedication.days),
    )


def _wish(session: Session, campaign_id: UUID, gift: Gift) -> RewardWish | None:
    """The finest reward that is left for the gift, of who shows their name with it."""
    fits = [
        row
        for row in offered_rewards(session, campaign_id)
        if row.can_be_taken and row.min_cents <= gift.amount_cents
    ]
    if not fits or not gift.name_public:
        return None
    return RewardWish(fits[-1].id, gift.donor.name, _HOME)
