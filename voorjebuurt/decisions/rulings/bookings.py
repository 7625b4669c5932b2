"""What each kind of decision does to the money, at the moment that it is sent."""

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionKind, settled_by
from voorjebuurt.decisions.rulings.rows import (
    Case,
    awards_first,
    determines_directly,
    match_of,
)
from voorjebuurt.decisions.rulings.sums import earnings_of
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.live.gift_earnings import earned_so_far
from voorjebuurt.matching.pots.changes import change_award
from voorjebuurt.matching.pots.corrections import claw_back, lower_match, settle_match
from voorjebuurt.matching.pots.extra import ExtraRoom
from voorjebuurt.matching.pots.interest import lay_down_interest
from voorjebuurt.matching.pots.owed_interest import owe_interest
from voorjebuurt.matching.pots.rows import hold, room_for
from voorjebuurt.matching.pots.service import (
    award_match,
    grant_match,
    move,
    release_match,
    reopen_match,
)
from voorjebuurt.pledges.rules import OWED_MATCH, PROMISED_MATCH, MatchStatus

_K = DecisionKind


def book_decision(
    session: Session, case: Case, actor: Actor, extra: ExtraRoom | None = None
) -> None:
    """Move the money by pot, match and ledger. Raises ``DomainError`` as those do.

    ``extra``: see ``ExtraRoom``. Money that was paid out already is not lowered here: then a
    decision to claim it back follows.
    """
    if case.kind is _K.INTEREST:
        lay_down_interest(
            session,
            application_id=case.application.id,
            decision_id=case.decision.id,
            cents=case.decision.amount_cents,
            actor=actor,
        )
        return
    if case.kind is _K.INTEREST_OWED:
        owe_interest(
            session,
            application_id=case.application.id,
            decision_id=case.decision.id,
            cents=case.decision.amount_cents,
            actor=actor,
        )
        return
    if case.kind in GRANTS:
        _award(session, case, actor, extra)
    elif case.kind is _K.REFUSAL:
        release_match(session, application_id=case.application.id, actor=actor)
    elif case.kind is _K.CLAWBACK:
        claw_back(
            session,
            application_id=case.application.id,
            cents=case.decision.amount_cents,
            key=_key(case),
            actor=actor,
        )
    elif case.kind is _K.AWARD_CHANGE:
        change_award(
            session,
            application_id=case.application.id,
            cents=case.decision.amount_cents,
            key=_key(case),
            actor=actor,
        )
    else:
        _settle(session, case, actor, extra)
    if case.kind is not _K.CLAWBACK:
        settle_match(
            session,
            application_id=case.application.id,
            cents=settled_by(
                case.kind,
                case.decision.amount_cents,
                direct=determines_directly(case.decision),
            ),
        )


def _award(session: Session, case: Case, actor: Actor, extra: ExtraRoom | None) -> None:
    if awards_first(match_of(session, case.application.id)):
        _grant(session, case, actor)
        return
    award_match(
        session,
        application_id=case.application.id,
        cents=case.decision.amount_cents,
        key=_key(case),
        extra=extra,
        actor=actor,
    )


def _grant(session: Session, case: Case, actor: Actor) -> None:
    """A live fund matches from now on; what gifts earned before it was let go comes back first.

    A maximum that was raised after an objection lets gifts that were above the old one count too,
    as far as there is room now: the next gift would have brought that. Gifts that went back since
    earn nothing any more, whatever was once given for them.
    """
    application_id = case.application.id
    grant_match(
        session,
        application_id=application_id,
        maximum_cents=case.decision.amount_cents,
        key=_key(case),
        actor=actor,
    )
    due_cents = min(earned_so_far(session, application_id), case.decision.amount_cents)
    earned_cents = min(earnings_of(session, application_id), due_cents)
    _bring_up_to(session, case, earned_cents, "earned", actor)
    set_apart_cents = match_of(session, application_id).match_cents
    room_cents = max(0, room_for(session, hold(session, application_id)))
    _bring_up_to(session, case, min(due_cents, set_apart_cents + room_cents), "caught_up", actor)


def _bring_up_to(session: Session, case: Case, cents: int, deed: str, actor: Actor) -> None:
    more = cents - match_of(session, case.application.id).match_cents
    if more > 0:
        move(
            session,
            application_id=case.application.id,
            kind="award",
            key=f"{_key(case)}:{deed}",
            cents=more,
            actor=actor,
        )


def _settle(session: Session, case: Case, actor: Actor, extra: ExtraRoom | None) -> None:
    """Withdrawal and determination: the match becomes exactly what may be kept."""
    match = match_of(session, case.application.id)
    amount = case.decision.amount_cents
    if match.status in PROMISED_MATCH and case.kind is _K.WITHDRAWAL:
        release_match(session, application_id=case.application.id, actor=actor)
    elif match.status == MatchStatus.AWARDED and case.kind is _K.DETERMINATION_CHANGE:
        _lower_promised(session, case, actor)
    elif match.match_cents > amount and match.status in OWED_MATCH:
        # Once paid out, what is payable again came from neighbours: it is not ours to lower.
        if case.campaign.status != CampaignStatus.PAID_OUT:
            _lower(session, case, actor)
    elif match.match_cents < amount:
        # It was determined lower before, and an objection to that was upheld.
        if match.status == MatchStatus.RELEASED:
            reopen_match(session, application_id=case.application.id, actor=actor)
        _award(session, case, actor, extra)


def _lower_promised(session: Session, case: Case, actor: Actor) -> None:
    """The success was taken back: a second one owes no more than what is determined now."""
    amount, application_id = case.decision.amount_cents, case.application.id
    if amount:
        change_award(
            session, application_id=application_id, cents=amount, key=_key(case), actor=actor
        )
    else:
        release_match(session, application_id=application_id, actor=actor)


def _lower(session: Session, case: Case, actor: Actor) -> None:
    try:
        lower_match(
            session,
            application_id=case.application.id,
            cents=case.decision.amount_cents,
            key=_key(case),
            actor=actor,
        )
    except DomainError as error:
        if error.code != "match_paid_out":
            raise


def _key(case: Case) -> str:
    return f"decision:{case.decision.id}"
