"""One application before the allocator: what counts so far, and what one more claim does."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import fund_free
from voorjebuurt.matching.facts.applications import LiveCase, freeze_facts, live_case
from voorjebuurt.matching.facts.gifts import standing_gifts
from voorjebuurt.matching.models import Application, MatchStep
from voorjebuurt.matching.pots.rows import Held, hold
from voorjebuurt.matching.pots.stacking import room_to_goal
from voorjebuurt.pledges.models import MatchClaim
from voorjebuurt.pledges.rules import UNDECIDED_MATCH, MatchStatus
from voorjebuurt.rulebook.explanation.gift_reasons import Taken, step_reason
from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.live import Allocator, Step
from voorjebuurt.rulebook.texts.phrases import Phrase
from voorjebuurt.rulebook.texts.wording import say

BEFORE_PROPOSAL = frozenset({"received", "incomplete", "admitted"})
"""Once a decision is proposed, its amount rests on what stood then: a refund is for officers."""


@dataclass
class Purse:
    """What a fund could still give at this moment of the batch (eurocents)."""

    left_cents: int

    def give(self, cents: int) -> None:
        """Take ``cents`` out; what is let go (negative) comes back in."""
        self.left_cents -= cents


def open_purse(session: Session, held: Held) -> Purse:
    """What is left below the ceiling, and in a prepaid fund what was paid in and is free."""
    if not held.match.prepaid:
        return Purse(held.left_cents)
    free = guarded_balance(session, fund_free(held.match.fund_id))
    return Purse(min(held.left_cents, free))


class Desk:
    """An application with its campaign's claims so far. ``moved_cents`` is what this batch moved.

    ``mark_seq`` is the last claim it was given.
    """

    def __init__(
        self, session: Session, held: Held, row: Application, judged: LiveCase, room: int | None
    ) -> None:
        self._session, self._row, self._judged, self._room = session, row, judged, room
        self.held = held
        self.moved_cents = 0
        self.mark_seq = held.match.mark_seq
        self._key = judged.application.id
        status = MatchStatus(held.match.status)
        self._over = status is not MatchStatus.OPEN
        self._decided = status not in UNDECIDED_MATCH or row.status not in BEFORE_PROPOSAL
        self._allocator = Allocator(judged.rules, [judged.application], {self._key: judged.factor})
        self._standing = standing_gifts(session, held.campaign.id, up_to=held.match.mark_seq)
        self._allocator.resume(
            self._key,
            dict(self._standing.values()),
            reserved_cents=held.match.match_cents,
        )
        if self._decided:
            self._allocator.decide(self._key)

    def take(self, claim: MatchClaim, purse: Purse) -> MatchStep:
        """Let the engine deal with one claim; the step has no place and instant yet."""
        before = self._allocator.reserved[self._key]
        left = 0 if self._over else purse.left_cents
        at_goal = self._room is not None and self._room < left
        left = min(left, self._room) if self._room is not None else left
        self._allocator.left_cents = left
        if claim.kind == "gift":
            done, why = self._accept(claim, before, at_goal=at_goal)
        else:
            done, why = self._take_back(claim)
        purse.give(done.match_cents)
        if self._room is not None:
            self._room -= done.match_cents
        self.moved_cents += done.match_cents
        self.mark_seq = claim.seq
        return self._step(claim, done, why, left=left, reserved=before)

    def _accept(self, claim: MatchClaim, before: int, *, at_goal: bool) -> tuple[Step, Phrase]:
        gift = Gift(claim.donor_key, claim.amount_cents, claim.area_code, claim.matchable)
        self._standing[claim.pledge_id] = claim.seq, gift
        done = self._allocator.accept(self._key, claim.seq, gift)
        now = self._allocator.claim(self._key)
        taken = Taken(
            gift, now, before, done.match_cents, over=self._over or self._decided, at_goal=at_goal
        )
        return done, step_reason(self._judged.rules, taken)

    def _take_back(self, claim: MatchClaim) -> tuple[Step, Phrase]:
        if claim.pledge_id not in self._standing:
            raise InvariantError(f"claim {claim.id} takes back a gift that does not count")
        position, gift = self._standing.pop(claim.pledge_id)
        done = self._allocator.refund(self._key, position)
        if done.reason is None:
            raise InvariantError(f"claim {claim.id} was taken back without a reason")
        if self._decided and gift.matchable:
            self._call_an_officer(claim)
        return done, done.reason

    def _call_an_officer(self, claim: MatchClaim) -> None:
        """Nothing is let go by itself once officers decided: somebody looks at it."""
        audit.raise_alert(
            self._session,
            key=f"match_after_decision:{claim.id}",
            kind="match_after_decision",
            detail={
                "application": self._row.number,
                "campaign_id": str(claim.campaign_id),
                "pledge_id": str(claim.pledge_id),
                "amount_cents": claim.amount_cents,
                "match_cents": self._allocator.reserved[self._key],
                "claim_cents": self._allocator.claim(self._key).cents,
            },
        )

    def _step(
        self, claim: MatchClaim, done: Step, why: Phrase, *, left: int, reserved: int
    ) -> MatchStep:
        return MatchStep(
            fund_id=self._row.fund_id,
            application_id=self._row.id,
            municipality_id=self._row.municipality_id,
            claim_id=claim.id,
            match_cents=done.match_cents,
            reserved_cents=reserved,
            left_cents=left,
            decided=self._decided,
            reason={"code": why.key, **{name: say(why, name) for name in languages()}},
        )


def open_desk(session: Session, application_id: UUID) -> Desk:
    """Hold an application's match and read what counts so far; its campaign is held already."""
    held = hold(session, application_id)
    row = session.get_one(Application, application_id, populate_existing=True)
    freeze_facts(session, row=row)
    room = room_to_goal(session, campaign=held.campaign)
    return Desk(session, held, row, live_case(session, row), room)
