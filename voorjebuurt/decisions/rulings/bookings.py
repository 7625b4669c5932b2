"""What each kind of decision does to the money, at the moment that it is sent."""

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionKind, settled_by
from voorjebuurt.decisions.rulings.rows import Case, awards_first, match_of
from voorjebuurt.decisions.rulings.sums import earnings_of
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.live.following import ruled_cents
from voorjebuurt.matching.pots.corrections import claw_back, lower_match, settle_match
from voorjebuurt.matching.pots.rows import was_moved
from voorjebuurt.matching.pots.service import (
    award_match,
    grant_match,
    move,
    release_match,
    reopen_match,
)
from voorjebuurt.pledges.rules import OWED_MATCH, PROMISED_MATCH, MatchStatus

_K = DecisionKind


def book_decision(session: Session, case: Case, actor: Actor) -> None:
    """Move the money by pot, match and ledger. Raises ``DomainError`` as those do.

    Money that was paid out already is not lowered here: then a decision to claim it back follows.
    """
    if case.kind in GRANTS:
        _award(session, case, actor)
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
    else:
        _settle(session, case, actor)
    if case.kind is not _K.CLAWBACK:
        settle_match(
            session,
            application_id=case.application.id,
            cents=settled_by(case.kind, case.decision.amount_cents),
        )


def _award(session: Session, case: Case, actor: Actor) -> None:
    if awards_first(match_of(session, case.application.id)):
        _grant(session, case, actor)
        return
    award_match(
        session,
        application_id=case.application.id,
        cents=case.decision.amount_cents,
        key=_key(case),
        actor=actor,
    )


def _grant(session: Session, case: Case, actor: Actor) -> None:
    """A live fund matches from now on; what gifts earned before it was let go comes back first.

    Gifts that went back since earn nothing any more, whatever was once given for them.
    """
    grant_match(
        session,
        application_id=case.application.id,
        maximum_cents=case.decision.amount_cents,
        key=_key(case),
        actor=actor,
    )
    earned_cents = earnings_of(session, case.application.id)
    if earned_cents:
        earned_cents = min(earned_cents, ruled_cents(session, case.application.id))
    less = earned_cents - match_of(session, case.application.id).match_cents
    is_lower = was_moved(session, _key(case))
    if less > 0 and not is_lower:
        most = min(earned_cents, case.decision.amount_cents)
        move(
            session,
            application_id=case.application.id,
            kind="award",
            key=f"{_key(case)}:earned",
            cents=most - match_of(session, case.application.id).match_cents,
            actor=actor,
        )


def _settle(session: Session, case: Case, actor: Actor) -> None:
    """Withdrawal and determination: the match becomes exactly what may be kept."""
    match = match_of(session, case.application.id)
    amount = case.decision.amount_cents
    if match.status in PROMISED_MATCH and case.kind is _K.WITHDRAWAL:
        release_match(session, application_id=case.application.id, actor=actor)
    elif match.match_cents > amount and match.status in OWED_MATCH:
        # Once paid out, what is payable again came from neighbours: it is not ours to lower.
        if case.campaign.status != CampaignStatus.PAID_OUT:
            _lower(session, case, actor)
    elif match.match_cents < amount:
        # It was determined lower before, and an objection to that was upheld.
        if match.status == MatchStatus.RELEASED:
            reopen_match(session, application_id=case.application.id, actor=actor)
        _award(session, case, actor)


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
