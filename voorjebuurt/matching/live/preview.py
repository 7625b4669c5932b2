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
from voorjebuurt.matching.facts.gifts import counted_gifts
from voorjebuurt.matching.funds.ceilings import ceiling_for, left_below
from voorjebuurt.matching.models import Application, Fund, FundPot
from voorjebuurt.matching.pots.stacking import room_to_goal
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus
from voorjebuurt.rulebook.explanation.gift_reasons import AcceptedGift, gift_reason
from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.live import Allocator
from voorjebuurt.rulebook.texts.wording import say

_HELPS = or_(
    and_(CampaignMatch.live, CampaignMatch.status == MatchStatus.AWARDED),
    and_(
        ~CampaignMatch.live,
        CampaignMatch.status == MatchStatus.OPEN,
        Application.status.in_([ApplicationStatus.ADMITTED, ApplicationStatus.PROPOSED]),
    ),
)
"""A live fund has announced its award. Of one that divides later an officer found that the campaign
may take part.
"""


@dataclass(frozen=True)
class FundPreview:
    """What one fund would add per amount (eurocents), and how certain that is.

    ``live``: awarded already, as long as ``left_cents`` (of pot and maximum) lasts; else divided
    after ``divided_after``.
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
class MatchPreview:
    """What all funds of a campaign would add together (eurocents)."""

    funds: tuple[FundPreview, ...]

    @property
    def live(self) -> bool:
        """Whether everything that is promised comes at once."""
        return all(fund.live for fund in self.funds)

    def adds(self, cents: int) -> int:
        """What a gift of this much would get."""
        return sum(fund.adds.get(cents, 0) for fund in self.funds)

    @property
    def left_cents(self) -> int:
        """What the funds that add at once have left for this campaign together."""
        return sum(fund.left_cents for fund in self.funds if fund.live)

    def why_nothing(self, cents: int) -> dict[str, str]:
        """Why a gift of this much gets nothing, by language; empty where nobody tells."""
        texts = (fund.why_nothing[cents] for fund in self.funds if cents in fund.why_nothing)
        return next(texts, {})


def match_preview(
    session: Session, *, campaign_id: UUID, amounts: Iterable[int]
) -> MatchPreview | None:
    """What gifts of these amounts would become; None where no fund helps for now."""
    statement = (
        select(CampaignMatch, Application, Fund)
        .join(Application, Application.id == CampaignMatch.application_id)
        .join(Fund, Fund.id == CampaignMatch.fund_id)
        .where(
            CampaignMatch.campaign_id == campaign_id,
            _HELPS,
            # Whoever divides counts what was paid before it closed.
            or_(CampaignMatch.live, Fund.closes_at > clock.now()),
        )
        .order_by(CampaignMatch.live.desc(), CampaignMatch.opened_at)
    )
    rows = session.execute(statement).all()
    if not rows:
        return None
    amounts_in_order = sorted(set(amounts))
    gifts = [gift for _, gift in counted_gifts(session, campaign_id).values()]
    room = room_to_goal(session, campaign=session.get_one(Campaign, campaign_id))
    rooms: dict[int, int | None] = dict.fromkeys(amounts_in_order, room)
    fund_previews = []
    for match, row, fund in rows:
        state = _Fund(session, match, row, fund)
        state.deal_with(gifts, room)
        fund_preview = state.preview(amounts_in_order, rooms)
        for cents, extra_cents in fund_preview.adds.items():
            before = rooms[cents]
            rooms[cents] = None if before is None else before - extra_cents
        fund_previews.append(fund_preview)
    return MatchPreview(tuple(fund_previews))


class _Fund:
    """One fund before one campaign, with a rule engine of its own."""

    def __init__(
        self, session: Session, match: CampaignMatch, row: Application, fund: Fund
    ) -> None:
        self._match, self._fund = match, fund
        self._case: LiveCase = case_now(session, row)
        self._key = self._case.application.id
        self._available_cents = _available_cents(session, match)
        self._gifts: Sequence[Gift] = ()
        self._reserved = match.match_cents

    def deal_with(self, gifts: Sequence[Gift], room: int | None) -> None:
        """Take in all gifts that count, also those that the allocator has not come to."""
        self._gifts = gifts
        if self._match.live:
            coming = max(0, self._engine().claim(self._key).cents - self._reserved)
            coming = min(
                coming, self._available_cents if room is None else min(self._available_cents, room)
            )
            self._reserved += coming
            self._available_cents -= coming

    def _engine(self) -> Allocator:
        engine = Allocator(
            self._case.rules, [self._case.application], {self._key: self._case.factor}
        )
        gifts_by_position = dict(enumerate(self._gifts))
        engine.resume(self._key, gifts_by_position, reserved_cents=self._reserved)
        return engine

    def preview(self, amounts: Sequence[int], rooms: dict[int, int | None]) -> FundPreview:
        """What it adds to each amount, no more than there is room for."""
        adds: dict[int, int] = {}
        why: dict[int, dict[str, str]] = {}
        for cents in amounts:
            room = rooms[cents]
            left_cents = self._available_cents if room is None else min(self._available_cents, room)
            adds[cents], why[cents] = self._for_amount(cents, left_cents)
        return FundPreview(
            fund_name=self._fund.name,
            fund_slug=self._fund.slug,
            live=self._fund.live,
            left_cents=self._available_cents,
            divided_after=None if self._fund.live else self._fund.closes_at,
            adds=adds,
            why_nothing={cents: text for cents, text in why.items() if text},
        )

    def _for_amount(self, cents: int, left_cents: int) -> tuple[int, dict[str, str]]:
        rules = self._case.rules
        if rules.base.pairing is not None:
            return 0, {}  # What one gift adds depends on all others: no figure is honest.
        gift = Gift(f"somebody new: {new_id()}", cents)
        engine = self._engine()
        before = self._reserved if self._fund.live else engine.claim(self._key).cents
        engine.left_cents, engine.reserved[self._key] = left_cents, before
        match_cents = engine.accept(self._key, len(self._gifts), gift).match_cents
        if match_cents:
            return match_cents, {}
        facts = AcceptedGift(
            gift,
            engine.claim(self._key),
            before,
            0,
            at_goal=left_cents < self._available_cents,
            at_maximum=self._fund.live and before >= (self._match.maximum_cents or 0),
        )
        phrase = gift_reason(rules, facts)
        return 0, {language: say(phrase, language) for language in languages()}


def _available_cents(session: Session, match: CampaignMatch) -> int:
    pot = session.get_one(FundPot, match.fund_id)
    own_id = match.application_id
    left_cents = left_below(session, pot, ceiling_for(session, own_id), application_id=own_id)
    if match.live:
        left_cents = min(left_cents, max(0, (match.maximum_cents or 0) - match.match_cents))
    return (
        min(left_cents, balance(session, fund_free(match.fund_id))) if match.prepaid else left_cents
    )
