"""The mails of a near miss, each once: to its initiator, the coaches, and every donor."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import emails_with_role
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges.mails import reward_context, to_donor, to_initiator
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.models import NearMiss, NearMissAnswer
from voorjebuurt.pledges.near_miss.rules import Lateness, NearMissState


def begun(session: Session, *, campaign: Campaign, near_miss: NearMiss) -> None:
    """Tell the initiator what is missing, why, and until when they can make a plan."""
    to_initiator(
        session,
        campaign=campaign,
        template="near_miss_begun",
        turn=str(near_miss.id),
        cause=near_miss.cause,
        plan_path=links.my_near_miss(campaign.id),
        plan_by=_last_day(near_miss, "plan_due_at"),
        ends_on=_last_day(near_miss, "ends_at"),
        **_amounts(near_miss),
    )


@still_true("near_miss_plan_due")
def plan_is_still_due(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the plan was not sent meanwhile."""
    return _state(session, context) == NearMissState.PLANNING


@still_true("near_miss_plan_waits")
def plan_still_waits(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether no coach has looked at the plan meanwhile."""
    return _state(session, context) == NearMissState.REVIEW


@still_true("near_miss_asked")
def choice_is_still_asked(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether donors can still choose, and this one did not."""
    key = (UUID(context["near_miss_id"]), UUID(context["pledge_id"]))
    is_open = _state(session, context) == NearMissState.ASKING
    return is_open and session.get(NearMissAnswer, key) is None


def _state(session: Session, context: Mapping[str, Any]) -> str | None:
    near_miss = session.get(NearMiss, UUID(context["near_miss_id"]))
    return near_miss.state if near_miss else None


def plan_due(session: Session, *, campaign: Campaign, near_miss: NearMiss) -> None:
    """Remind the initiator, once for each term, that without a plan everybody is paid back."""
    to_initiator(
        session,
        campaign=campaign,
        template="near_miss_plan_due",
        turn=f"{near_miss.id}:{near_miss.plan_due_at.isoformat()}",
        near_miss_id=str(near_miss.id),
        plan_path=links.my_near_miss(campaign.id),
        plan_by=_last_day(near_miss, "plan_due_at"),
    )


def plan_waits(
    session: Session, *, campaign: Campaign, near_miss: NearMiss, again: bool = False
) -> None:
    """Tell the coaches that a plan waits for one of them; ``again``: their term is near its end."""
    sent_at = near_miss.sent_at.isoformat() if near_miss.sent_at else ""
    for coach_id, email, locale in emails_with_role(session, Role.COACH):
        if has_part(session, campaign.id, coach_id):
            continue  # nobody reviews their own campaign
        queue_mail(
            session,
            key=f"near_miss_plan_waits:{near_miss.id}:{sent_at}:{again}:{coach_id}",
            template="near_miss_plan_waits",
            recipient=email,
            locale=locale,
            title=campaign.title,
            near_miss_id=str(near_miss.id),
            again=again,
            review_by=_last_day(near_miss, "review_due_at"),
            path=links.coach_near_miss(campaign.id),
        )


def plan_judged(
    session: Session, *, campaign: Campaign, near_miss: NearMiss, is_approved: bool
) -> None:
    """Tell the initiator what the coach said: donors are asked now, or the plan comes back."""
    judged_at = near_miss.reviewed_at.isoformat() if near_miss.reviewed_at else ""
    to_initiator(
        session,
        campaign=campaign,
        template="near_miss_plan_judged",
        turn=f"{near_miss.id}:{judged_at}",
        approved=is_approved,
        body=near_miss.note,
        plan_path=links.my_near_miss(campaign.id),
        plan_by=_last_day(near_miss, "plan_due_at"),
        ends_on=_last_day(near_miss, "ends_at"),
    )


def asked(
    session: Session, *, pledge: Pledge, campaign: Campaign, near_miss: NearMiss, number: int = 0
) -> None:
    """Ask a donor to keep the gift, give more or take it back; ``number``: of the reminder."""
    to_donor(
        session,
        f"near_miss_asked:{near_miss.id}:{pledge.id}:{number}",
        "near_miss_asked",
        pledge,
        campaign,
        near_miss_id=str(near_miss.id),
        pledge_id=str(pledge.id),
        again=number > 0,
        cause=near_miss.cause,
        no_answer=pledge.no_answer,
        asks_rest=near_miss.asks_rest,
        minimum_cents=near_miss.minimum_cents,
        match_cents=near_miss.asked_match_cents or 0,
        less_cents=_less_match(near_miss),
        ends_on=_last_day(near_miss, "ends_at"),
        choice_path=links.gift_choice(pledge.token),
    )


def _less_match(near_miss: NearMiss) -> int:
    """How much less match a smaller plan has than the first one had (eurocents)."""
    is_smaller = any(line.new_cents < line.old_cents for line in near_miss.lines)
    if near_miss.asked_match_cents is None or not is_smaller:
        return 0
    return max(0, near_miss.begun_match_cents - near_miss.asked_match_cents)


def outcome_known(
    session: Session,
    *,
    campaign: Campaign,
    near_miss: NearMiss,
    is_won: bool,
    late: Lateness | None = None,
) -> None:
    """Tell the initiator, and the coach who approved the plan, how it ended."""
    outcome: dict[str, Any] = {
        "won": is_won,
        "late": late.value if late else "",
        "raised_cents": near_miss.decided_crowd_cents or 0,
        "match_cents": near_miss.decided_match_cents or 0,
        "minimum_cents": near_miss.minimum_cents or near_miss.old_minimum_cents,
    }
    to_initiator(
        session,
        campaign=campaign,
        template="near_miss_over",
        turn=str(near_miss.id),
        **outcome,
    )
    coach = session.get(Person, near_miss.reviewed_by) if near_miss.reviewed_by else None
    if coach is not None:
        queue_mail(
            session,
            key=f"near_miss_over_coach:{near_miss.id}:{coach.id}",
            template="near_miss_over_coach",
            recipient=coach.email,
            locale=coach.locale,
            name=coach.name,
            title=campaign.title,
            campaign_path=links.campaign(campaign.slug),
            **outcome,
        )


def kept(session: Session, *, pledge: Pledge, campaign: Campaign, near_miss: NearMiss) -> None:
    """Thank a donor whose gift stayed: the changed plan goes ahead."""
    to_donor(
        session,
        f"near_miss_kept:{near_miss.id}:{pledge.id}",
        "near_miss_kept",
        pledge,
        campaign,
        raised_cents=near_miss.decided_crowd_cents,
        reserve_cents=near_miss.decided_match_cents or 0,
        **reward_context(session, pledge),
    )


def _amounts(near_miss: NearMiss) -> dict[str, int]:
    reached_cents = near_miss.begun_crowd_cents + near_miss.begun_match_cents
    return {
        "raised_cents": near_miss.begun_crowd_cents,
        "match_cents": near_miss.begun_match_cents,
        "minimum_cents": near_miss.old_minimum_cents,
        "missing_cents": max(0, near_miss.old_minimum_cents - reached_cents),
    }


def _last_day(near_miss: NearMiss, name: str) -> str:
    """The day that a term ends with, for a mail's context."""
    moment = getattr(near_miss, name)
    return clock.noon(clock.last_day(moment)).isoformat()
