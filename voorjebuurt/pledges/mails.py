"""The mails that donors and initiators get about money, each once.

A donor whose data were erased (no address) gets none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.live.queries import told_reason
from voorjebuurt.campaigns.members.acting import everybody_now, mail_turn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.mail import links
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.by_hand.letters import write_letter
from voorjebuurt.pledges.dedications.logos import logo_context
from voorjebuurt.pledges.dedications.presents import present_context, tell_present_over
from voorjebuurt.pledges.matches import matches_of
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.queries import ContributionRow, NewGifts, crowd_totals
from voorjebuurt.pledges.retries import is_worth_another_try
from voorjebuurt.pledges.rewards.queries import reward_of_gift
from voorjebuurt.pledges.rewards.rules import ChoiceState
from voorjebuurt.pledges.rules import Mark, PledgeStatus, RefundReason


def gift_arrived(session: Session, *, pledge: Pledge, campaign: Campaign, payment: Payment) -> None:
    """The gift has arrived: what, for whom, and what happens with it."""
    to_donor(
        session,
        f"receipt:{pledge.id}",
        "receipt",
        pledge,
        campaign,
        paid_at=payment.paid_at.isoformat() if payment.paid_at else None,
        kind=campaign.kind,
        deadline_on=campaign.deadline_on.isoformat() if campaign.deadline_on else None,
        won=campaign.status in WON,
        changed=campaign.status == CampaignStatus.NEAR_MISS,
        no_answer=pledge.no_answer,
        match=bool(matches_of(session, campaign.id)),
        **reward_context(session, pledge),
        **logo_context(session, pledge),
    )


def reward_context(session: Session, pledge: Pledge) -> dict[str, Any]:
    """The reward of a gift that counts, or that was gone when it was paid; as a mail tells it."""
    reward = reward_of_gift(session, pledge.id)
    if reward is None or reward.state not in (ChoiceState.GRANT, ChoiceState.SHORTAGE):
        return {}
    return {
        "reward_title": reward.title,
        "reward_place": reward.place,
        "reward_by": reward.deliver_by.isoformat(),
        "reward_gone": reward.state == ChoiceState.SHORTAGE,
    }


def _reward_back(session: Session, pledge: Pledge) -> dict[str, Any]:
    """The reward that went with a gift of which nothing counts any more; as a mail tells it."""
    reward = reward_of_gift(session, pledge.id)
    if reward is None or reward.state != ChoiceState.RELEASE:
        return {}
    return {"reward_back": reward.title}


def payment_failed(session: Session, *, pledge: Pledge) -> None:
    """The payment did not succeed; the same amount can be tried again.

    Nobody has shown that they read mail at this address: it gets none of the words typed with it.
    """
    if pledge.email is None:
        return
    queue_mail(
        session,
        key=f"payment_failed:{pledge.id}",
        template="payment_failed",
        recipient=pledge.email,
        locale=pledge.locale,
        pledge_id=str(pledge.id),
        amount_cents=pledge.amount_cents,
        gift_path=links.gift(pledge.token),
    )


@still_true("payment_failed")
def payment_still_failed(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the donor has not paid since, nor is paying, and can still give."""
    pledge_id = context.get("pledge_id")
    pledge = session.get(Pledge, UUID(pledge_id)) if pledge_id else None
    return pledge is not None and is_worth_another_try(session, pledge)


def gift_in_check(session: Session, *, pledge: Pledge, payment: Payment) -> None:
    """Money came that is not what we asked for: a person looks at it, and it does not count yet.

    It confirms no address: the mail carries none of the words typed with the gift.
    """
    if pledge.by_hand:
        write_letter(
            session,
            key=f"gift_in_check:{payment.id}",
            template="gift_in_check",
            pledge_id=pledge.id,
            context={
                "received_cents": payment.received_cents,
                "gift_path": links.gift(pledge.token),
            },
        )
    if pledge.email is None:
        return
    queue_mail(
        session,
        key=f"gift_in_check:{payment.id}",
        template="gift_in_check",
        recipient=pledge.email,
        locale=pledge.locale,
        received_cents=payment.received_cents,
        gift_path=links.gift(pledge.token),
    )


def charged_back(
    session: Session, *, pledge: Pledge, campaign: Campaign, key: str, cents: int
) -> None:
    """The bank took the gift back, or part of it (eurocents): what still counts."""
    to_donor(
        session,
        f"gift_charged_back:{key}",
        "gift_charged_back",
        pledge,
        campaign,
        back_cents=cents,
        counts=pledge.status == PledgeStatus.BOOKED,
        won=campaign.status in WON,
        **_reward_back(session, pledge),
    )


def counts_again(session: Session, *, pledge: Pledge, campaign: Campaign, key: str) -> None:
    """The bank gave back what it had taken: the gift counts again."""
    to_donor(session, f"gift_counts_again:{key}", "gift_counts_again", pledge, campaign)


def crowd_changed(
    session: Session, *, campaign: Campaign, key: str, cents: int, again: bool = False
) -> None:
    """A bank took money back of a success, or gave it back again: tell who runs the campaign.

    ``cents``: what of it went to the campaign; of a tip they notice nothing.
    """
    if campaign.status not in WON or cents <= 0:
        return
    to_initiator(
        session,
        campaign=campaign,
        template="crowd_changed",
        turn=key,
        change_cents=cents,
        again=again,
        paid=campaign.status == CampaignStatus.PAID_OUT,
    )


def refund_asked(session: Session, *, pledge: Pledge, campaign: Campaign, refund: Refund) -> None:
    """The donor gets the money back, and why: in the words of who stopped a campaign, too."""
    is_cancelled = refund.reason == RefundReason.CAMPAIGN_CANCELLED
    to_donor(
        session,
        f"refund_asked:{refund.id}",
        "refund_asked",
        pledge,
        campaign,
        reason=refund.reason,
        body=told_reason(session, campaign.id) if is_cancelled else None,
        counts=pledge.status == PledgeStatus.BOOKED,
        refund_cents=refund.amount_cents,
        **_reward_of_refund(session, pledge, refund),
        **_present_of_refund(session, pledge, refund),
    )
    if refund.reason in (RefundReason.CAMPAIGN_FAILED, RefundReason.CAMPAIGN_CANCELLED):
        tell_present_over(session, pledge=pledge, slug=campaign.slug)


def _present_of_refund(session: Session, pledge: Pledge, refund: Refund) -> dict[str, Any]:
    """Of a second payment that goes back the present stays one."""
    is_twin = refund.reason == RefundReason.PAID_TWICE
    return {} if is_twin else present_context(session, pledge.id)


def _reward_of_refund(session: Session, pledge: Pledge, refund: Refund) -> dict[str, Any]:
    """A second payment that goes back takes no reward along."""
    is_twin = refund.reason == RefundReason.PAID_TWICE
    return {} if is_twin else _reward_back(session, pledge)


def cash_goes_back(
    session: Session, *, pledge: Pledge, campaign: Campaign, reason: RefundReason
) -> None:
    """Cash of somebody known goes back to them, by the hands that took it."""
    key = f"cash_goes_back:{pledge.id}"
    to_donor(session, key, "cash_goes_back", pledge, campaign, cause=reason.value)


def refunded(session: Session, *, pledge: Pledge, campaign: Campaign, refund: Refund) -> None:
    """The money has been sent back."""
    to_donor(
        session,
        f"refunded:{refund.id}",
        "refunded",
        pledge,
        campaign,
        refund_cents=refund.amount_cents,
        **_reward_of_refund(session, pledge, refund),
    )


def refund_failed(session: Session, *, pledge: Pledge, campaign: Campaign, refund: Refund) -> None:
    """The bank could not deliver the refund: we ask for another account."""
    to_donor(
        session,
        f"refund_failed:{refund.id}",
        "refund_failed",
        pledge,
        campaign,
        refund_cents=refund.amount_cents,
    )


def campaign_won_donor(session: Session, *, pledge: Pledge, campaign: Campaign) -> None:
    """The campaign succeeded: thank the donor, and say what the municipality adds or may add."""
    total = crowd_totals(session, [campaign.id])[campaign.id]
    to_donor(
        session,
        f"won:{pledge.id}",
        "campaign_won_donor",
        pledge,
        campaign,
        kind=campaign.kind,
        raised_cents=total.crowd_cents,
        award_cents=total.award_cents,
        reserve_cents=total.reserve_cents,
        **reward_context(session, pledge),
    )


def words_hidden(
    session: Session, *, pledge: Pledge, campaign: Campaign, words: HiddenWords
) -> None:
    """The donor's name or message is kept off the page, and why; once for each time."""
    key = f"words_hidden:{words.id}"
    to_donor(session, key, "words_hidden", pledge, campaign, part=words.part, reason=words.reason)


def mark_reached(
    session: Session, *, campaign: Campaign, mark: Mark, **amounts: int | str | None
) -> None:
    """Tell the initiator what the campaign came to."""
    to_initiator(
        session,
        campaign=campaign,
        template="campaign_mark",
        turn=mark.value,
        mark=mark.value,
        kind=campaign.kind,
        **amounts,
    )


def first_gift(
    session: Session, *, campaign: Campaign, person: Person, row: ContributionRow
) -> None:
    """Tell one who runs the campaign of the first gift, as everybody may see it."""
    _to_one(session, person, campaign, "first_gift", **_gift(row))


def gift_digest(
    session: Session,
    *,
    campaign: Campaign,
    person: Person,
    new: NewGifts,
    through_at: datetime,
    cadence: Cadence,
) -> None:
    """Tell one who runs the campaign of the gifts up to a moment, as everybody may see them.

    ``cadence``: how often they chose to be told; unsubscribing by the mail changes that.
    """
    _to_one(
        session,
        person,
        campaign,
        "gift_digest",
        through_at.isoformat(),
        count=new.gifts,
        amount_cents=new.amount_cents,
        gifts=[_gift(row) for row in new.latest],
        reader_id=str(person.id),
        kinds=["gift"],
        cadence=cadence.value,
    )


def _gift(row: ContributionRow) -> dict[str, Any]:
    return {"donor": row.name or "", "gift_cents": row.amount_cents, "message": row.message}


def outcome_waits(session: Session, *, campaign: Campaign, known_by: datetime) -> None:
    """Tell the initiator, once, that the last day is over and by when they hear the outcome."""
    to_initiator(
        session,
        campaign=campaign,
        template="campaign_closing",
        campaign_id=str(campaign.id),
        deadline_on=campaign.deadline_on.isoformat() if campaign.deadline_on else None,
        known_by=known_by.isoformat(),
    )


@still_true("campaign_closing")
def outcome_still_waits(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the campaign was not decided meanwhile."""
    campaign = session.get(Campaign, UUID(context["campaign_id"]))
    return campaign is not None and campaign.status == CampaignStatus.CLOSING


def to_initiator(
    session: Session,
    *,
    campaign: Campaign,
    template: str,
    turn: str | None = None,
    **context: Any,
) -> None:
    """A mail to everybody who runs the campaign, once per kind of mail and ``turn``."""
    for person in everybody_now(session, campaign):
        _to_one(session, person, campaign, template, turn, **context)


def _to_one(
    session: Session,
    person: Person,
    campaign: Campaign,
    template: str,
    turn: str | None = None,
    **context: Any,
) -> None:
    key = f"{template}:{campaign.id}" + (f":{turn}" if turn else "")
    queue_mail(
        session,
        key=key + mail_turn(campaign, person),
        template=template,
        recipient=person.email,
        locale=person.locale,
        name=person.name,
        title=campaign.title,
        campaign_path=links.my_campaign(campaign.id),
        **context,
    )


def to_donor(
    session: Session, key: str, template: str, pledge: Pledge, campaign: Campaign, **context: Any
) -> None:
    """A mail to the donor about the gift, once per ``key``; none when the address was erased.

    Who has no address of mail gets a letter, which who keeps the desk brings them.
    """
    context = {
        "name": pledge.name,
        "title": campaign.title,
        "amount_cents": pledge.amount_cents,
        "tip_cents": pledge.tip_cents,
        "gift_path": links.gift(pledge.token),
        "campaign_path": links.campaign(campaign.slug),
        **context,
    }
    if pledge.by_hand:
        write_letter(session, key=key, template=template, pledge_id=pledge.id, context=context)
    elif pledge.email is not None:
        queue_mail(
            session,
            key=key,
            template=template,
            recipient=pledge.email,
            locale=pledge.locale,
            **context,
        )
