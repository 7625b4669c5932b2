"""What a gift would become, for a donor who is new to the campaign: told before paying.

A live fund: what the allocator would set apart if the gift were paid now, against what is left
now and after the gifts that it has yet to deal with. Certain only once it was paid: others may be
first. A fund that divides later: by how much the gift raises the campaign's claim, which is the
most that it can add. Nothing is kept for who looks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import fund_free
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.facts.applications import LiveCase, case_now
from voorjebuurt.matching.facts.gifts import standing_gifts
from voorjebuurt.matching.models import Application, Fund, FundPot
from voorjebuurt.matching.pots.stacking import room_to_goal
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus
from voorjebuurt.rulebook.explanation.gift_reasons import Taken, step_reason
from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.live import Allocator
from voorjebuurt.rulebook.ruleset import Quadratic
from voorjebuurt.rulebook.texts.wording import say

_HELPS = or_(
    and_(CampaignMatch.live, Application.status == ApplicationStatus.ADMITTED),
    and_(
        ~CampaignMatch.live,
        Application.status.in_([ApplicationStatus.ADMITTED, ApplicationStatus.PROPOSED]),
    ),
)
"""An officer found that the campaign may take part. A live fund gives nothing more from the moment
that a decision is proposed, were it a refusal.
"""


@dataclass(frozen=True)
class FundOutlook:
    """What one fund would add per amount (eurocents), and how certain that is.

    ``live``: at once, as long as ``left_cents`` lasts; else divided after ``divided_after``.
    ``why_nothing`` tells in every language why an amount adds nothing, by amount.
    """

    fund_name: str
    fund_slug: str
    live: bool
    left_cents: int
    divided_after: datetime | None
    adds: dict[int, int]
    why_nothing: dict[int, dict[str, str]]


@dataclass(frozen=True)
class Outlook:
    """What all funds of a campaign would add together (eurocents)."""

    funds: tuple[FundOutlook, ...]

    @property
    def live(self) -> bool:
        """Whether everything that is promised comes at once."""
        return all(fund.live for fund in self.funds)

    def adds(self, cents: int) -> int:
        """What a gift of this much would get."""
        return sum(fund.adds.get(cents, 0) for fund in self.funds)

    def why_nothing(self, cents: int) -> dict[str, str]:
        """Why a gift of this much gets nothing, by language; empty where nobody tells."""
        told = (fund.why_nothing[cents] for fund in self.funds if cents in fund.why_nothing)
        return next(told, {})


def outlook(session: Session, *, campaign_id: UUID, amounts: Iterable[int]) -> Outlook | None:
    """What gifts of these amounts would become; None where no fund helps for now."""
    statement = (
        select(CampaignMatch, Application, Fund)
        .join(Application, Application.id == CampaignMatch.application_id)
        .join(Fund, Fund.id == CampaignMatch.fund_id)
        .where(
            CampaignMatch.campaign_id == campaign_id,
            CampaignMatch.status == MatchStatus.OPEN,
            _HELPS,
            # Whoever divides counts what was paid before it closed.
            or_(CampaignMatch.live, Fund.closes_at > clock.now()),
        )
        .order_by(CampaignMatch.live.desc(), CampaignMatch.opened_at)
    )
    rows = session.execute(statement).all()
    if not rows:
        return None
    asked = sorted(set(amounts))
    gifts = [gift for _, gift in standing_gifts(session, campaign_id).values()]
    room = room_to_goal(session, campaign=session.get_one(Campaign, campaign_id))
    rooms: dict[int, int | None] = dict.fromkeys(asked, room)
    found = []
    for match, row, fund in rows:
        one = _Fund(session, match, row, fund)
        one.deal_with(gifts, room)
        outlook_of_one = one.outlook(asked, rooms)
        for cents, added in outlook_of_one.adds.items():
            before = rooms[cents]
            rooms[cents] = None if before is None else before - added
        found.append(outlook_of_one)
    return Outlook(tuple(found))


class _Fund:
    """One fund before one campaign, with a rule engine of its own."""

    def __init__(
        self, session: Session, match: CampaignMatch, row: Application, fund: Fund
    ) -> None:
        self._match, self._fund = match, fund
        self._case: LiveCase = case_now(session, row)
        self._key = self._case.application.id
        self._left = _left(session, match)
        self._gifts: Sequence[Gift] = ()
        self._reserved = match.match_cents

    def deal_with(self, gifts: Sequence[Gift], room: int | None) -> None:
        """Take in all gifts that count, also those that the allocator has not come to."""
        self._gifts = gifts
        if self._match.live:
            coming = max(0, self._engine().claim(self._key).cents - self._reserved)
            coming = min(coming, self._left if room is None else min(self._left, room))
            self._reserved += coming
            self._left -= coming

    def _engine(self) -> Allocator:
        engine = Allocator(
            self._case.rules, [self._case.application], {self._key: self._case.factor}
        )
        numbered = dict(enumerate(self._gifts))
        engine.resume(self._key, numbered, reserved_cents=self._reserved)
        return engine

    def outlook(self, amounts: Sequence[int], rooms: dict[int, int | None]) -> FundOutlook:
        """What it adds to each amount, no more than there is room for."""
        adds: dict[int, int] = {}
        why: dict[int, dict[str, str]] = {}
        for cents in amounts:
            room = rooms[cents]
            left = self._left if room is None else min(self._left, room)
            adds[cents], why[cents] = self._one(cents, left)
        return FundOutlook(
            fund_name=self._fund.name,
            fund_slug=self._fund.slug,
            live=self._fund.live,
            left_cents=self._left,
            divided_after=None if self._fund.live else self._fund.closes_at,
            adds=adds,
            why_nothing={cents: told for cents, told in why.items() if told},
        )

    def _one(self, cents: int, left: int) -> tuple[int, dict[str, str]]:
        rules = self._case.rules
        if isinstance(rules.base, Quadratic):
            return 0, {}  # What one gift adds depends on all others: no figure is honest.
        gift = Gift(f"somebody new: {new_id()}", cents)
        engine = self._engine()
        before = self._reserved if self._fund.live else engine.claim(self._key).cents
        engine.left_cents, engine.reserved[self._key] = left, before
        added = engine.accept(self._key, len(self._gifts), gift).match_cents
        if added:
            return added, {}
        taken = Taken(gift, engine.claim(self._key), before, 0, at_goal=left < self._left)
        told = step_reason(rules, taken)
        return 0, {language: say(told, language) for language in languages()}


def _left(session: Session, match: CampaignMatch) -> int:
    pot = session.get_one(FundPot, match.fund_id)
    left = pot.ceiling_cents - pot.taken_cents
    return min(left, balance(session, fund_free(match.fund_id))) if match.prepaid else left
