"""One application before the allocator: what counts so far, and what one more claim does."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import fund_free
from voorjebuurt.matching.facts.applications import (
    LiveCase,
    freeze_facts,
    live_case,
    plan_goal_cents,
)
from voorjebuurt.matching.facts.gifts import counted_gifts
from voorjebuurt.matching.models import Application, MatchStep
from voorjebuurt.matching.pots.rows import MatchRows, hold
from voorjebuurt.matching.pots.stacking import room_to_goal
from voorjebuurt.pledges.models import MatchClaim
from voorjebuurt.pledges.rules import OWED_MATCH, MatchStatus
from voorjebuurt.rulebook.explanation.gift_reasons import AcceptedGift, gift_reason
from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.live import Allocator, GiftOutcome
from voorjebuurt.rulebook.texts.phrases import Phrase
from voorjebuurt.rulebook.texts.wording import say

BEFORE_PROPOSAL = frozenset({"received", "incomplete", "admitted"})
"""Of what was kept without an award: once a decision is proposed, its amount rests on what stood
then, and a refund is for officers.
"""


@dataclass
class Purse:
    """What a fund gave in this batch by application, and what was free before if it is prepaid
    (eurocents).
    """

    free_cents: int | None
    given: dict[UUID, int] = field(default_factory=dict)

    def left_for(self, rows: MatchRows) -> int:
        """What is left for an application, whose own ceiling counts, at this moment of the batch.

        ``rows.pot`` is as it was before the batch.
        """
        left_cents = rows.margin_after(self.given)
        if self.free_cents is not None:
            left_cents = min(left_cents, self.free_cents - sum(self.given.values()))
        return max(0, left_cents)

    def give(self, application_id: UUID, cents: int) -> None:
        """Take ``cents`` out for an application; what it lets go (negative) comes back in."""
        self.given[application_id] = self.given.get(application_id, 0) + cents


def open_purse(session: Session, rows: MatchRows) -> Purse:
    """The purse of a fund whose pot is held."""
    prepaid = rows.match.prepaid
    return Purse(guarded_balance(session, fund_free(rows.match.fund_id)) if prepaid else None)


class OpenApplication:
    """An application with its campaign's claims so far. ``moved_cents`` is what this batch moved.

    ``mark_seq`` is the last claim it was given. It grows as long as the award is not owed, up to
    the award's maximum; after that nothing moves by itself.
    """

    def __init__(
        self,
        session: Session,
        rows: MatchRows,
        application: Application,
        case: LiveCase,
        room: int | None,
    ) -> None:
        self._session, self._application, self._case, self._room = session, application, case, room
        self._plan_goal_cents = plan_goal_cents(session, application)
        self.rows = rows
        self.moved_cents = 0
        self.mark_seq = rows.match.mark_seq
        self._key = case.application.id
        status = MatchStatus(rows.match.status)
        self._over = status is not MatchStatus.AWARDED
        self._decided = self._over and (
            status is not MatchStatus.FIXED or application.status not in BEFORE_PROPOSAL
        )
        self._maximum_cents = rows.match.maximum_cents or 0
        self._allocator = Allocator(case.rules, [case.application], {self._key: case.factor})
        self._standing = counted_gifts(session, rows.campaign.id, up_to=rows.match.mark_seq)
        self._allocator.resume(
            self._key,
            dict(self._standing.values()),
            reserved_cents=rows.match.match_cents,
        )
        if self._decided:
            self._allocator.decide(self._key)

    @property
    def claim_cents(self) -> int:
        """What the rules give for the gifts that count so far, whatever is left in the pot."""
        return self._allocator.claim(self._key).cents

    @property
    def surplus_cents(self) -> int:
        """What is set apart beyond that."""
        return max(0, self._allocator.reserved[self._key] - self.claim_cents)

    def take(self, claim: MatchClaim, purse: Purse) -> MatchStep:
        """Let the engine deal with one claim; the step has no place and instant yet."""
        before = self._allocator.reserved[self._key]
        left_cents, at_goal, at_maximum = self._bounds(before, purse)
        self._allocator.left_cents = left_cents
        if claim.kind == "gift":
            step, why = self._accept(claim, before, at_goal=at_goal, at_maximum=at_maximum)
        else:
            step, why = self._take_back(claim)
        purse.give(self._application.id, step.match_cents)
        if self._room is not None:
            self._room -= step.match_cents
        self.moved_cents += step.match_cents
        self.mark_seq = claim.seq
        return self._step(claim, step, why, left_cents=left_cents, reserved_cents=before)

    def _bounds(self, before: int, purse: Purse) -> tuple[int, bool, bool]:
        """What this claim can get, and whether the goal or the maximum is what bounds it."""
        left_cents = 0 if self._over else purse.left_for(self.rows)
        at_goal = self._room is not None and self._room < left_cents
        left_cents = min(left_cents, self._room) if self._room is not None else left_cents
        to_maximum = max(0, self._maximum_cents - before)
        at_maximum = not self._over and to_maximum < left_cents
        return min(left_cents, to_maximum), at_goal, at_maximum

    def _accept(
        self, claim: MatchClaim, before: int, *, at_goal: bool, at_maximum: bool
    ) -> tuple[GiftOutcome, Phrase]:
        gift = Gift(claim.donor_key, claim.amount_cents, claim.area_code, claim.matchable)
        self._standing[claim.pledge_id] = claim.seq, gift
        step = self._allocator.accept(self._key, claim.seq, gift)
        now = self._allocator.claim(self._key)
        facts = AcceptedGift(
            gift,
            now,
            before,
            step.match_cents,
            over=self._over,
            at_goal=at_goal,
            at_maximum=at_maximum,
        )
        return step, gift_reason(self._case.rules, facts)

    def _take_back(self, claim: MatchClaim) -> tuple[GiftOutcome, Phrase]:
        if claim.pledge_id not in self._standing:
            raise InvariantError(f"claim {claim.id} takes back a gift that does not count")
        position, gift = self._standing.pop(claim.pledge_id)
        step = self._allocator.refund(self._key, position)
        if step.reason is None:
            raise InvariantError(f"claim {claim.id} was taken back without a reason")
        is_owed = self.rows.match.status in OWED_MATCH
        if self._decided and gift.matchable and not is_owed:
            self._call_an_officer(claim)
        return step, step.reason

    def _call_an_officer(self, claim: MatchClaim) -> None:
        """Nothing is let go by itself once officers decided on what was kept: somebody looks.

        Of what is owed ``payouts.fallback`` computes the amount again, or tells an officer.
        """
        audit.raise_alert(
            self._session,
            key=f"match_after_decision:{claim.id}",
            kind=AlertKind.MATCH_AFTER_DECISION,
            detail={
                "application": self._application.number,
                "campaign_id": str(claim.campaign_id),
                "pledge_id": str(claim.pledge_id),
                "amount_cents": claim.amount_cents,
                "match_cents": self._allocator.reserved[self._key],
                "claim_cents": self._allocator.claim(self._key).cents,
            },
        )

    def _step(
        self,
        claim: MatchClaim,
        step: GiftOutcome,
        why: Phrase,
        *,
        left_cents: int,
        reserved_cents: int,
    ) -> MatchStep:
        return MatchStep(
            fund_id=self._application.fund_id,
            application_id=self._application.id,
            municipality_id=self._application.municipality_id,
            claim_id=claim.id,
            match_cents=step.match_cents,
            reserved_cents=reserved_cents,
            left_cents=left_cents,
            goal_cents=self._plan_goal_cents,
            decided=self._decided,
            reason={"code": why.key, **{name: say(why, name) for name in languages()}},
        )


def open_application(session: Session, application_id: UUID) -> OpenApplication:
    """Lock an application's match and read the claims so far; its campaign is locked already."""
    rows = hold(session, application_id)
    application = session.get_one(Application, application_id, populate_existing=True)
    freeze_facts(session, row=application)
    room = room_to_goal(session, campaign=rows.campaign)
    return OpenApplication(session, rows, application, live_case(session, application), room)
