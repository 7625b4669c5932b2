"""The rows that hold match money: locked in one order, and written together.

The order of locks is campaign, campaign's match, pot, and last the ledger's balances. A pot and a
match follow the moves (a trigger of the database adds them up), so nothing else writes their sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import bump_version, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.errors import DomainError, InvariantError, NotFoundError
from voorjebuurt.ledger.keys import pot_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import credit, debit, fund_free, fund_reserved
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.funds.ceilings import Extra, ceiling_for, extras_of, margin
from voorjebuurt.matching.models import ClawbackReturn, FundPot, PotMove
from voorjebuurt.matching.pots.stacking import room_to_goal
from voorjebuurt.pledges.models import CampaignMatch


@dataclass(frozen=True)
class MatchRows:
    """An application's match with its campaign and its fund's pot, locked until the commit.

    ``ceiling_cents`` is the ceiling that counts for this application, ``extras`` what applications
    were given above it.
    """

    campaign: Campaign
    match: CampaignMatch
    pot: FundPot
    ceiling_cents: int
    extras: Mapping[UUID, Extra]

    @property
    def left_cents(self) -> int:
        """What is left below the ceiling."""
        return max(0, self.margin_after({}))

    def margin_after(self, moves: Mapping[UUID, int]) -> int:
        """What is left after moves by application that are not in the pot; negative: passed."""
        own_id = self.match.application_id
        return margin(self.pot, self.ceiling_cents, self.extras, application_id=own_id, moves=moves)


def hold(session: Session, application_id: UUID) -> MatchRows:
    """Lock the rows of an application's match. Raises ``NotFoundError``."""
    session.flush()
    campaign_id = session.scalar(
        select(CampaignMatch.campaign_id).where(CampaignMatch.application_id == application_id)
    )
    if campaign_id is None:
        raise NotFoundError("match_not_found")
    campaign = locked_campaign(session, campaign_id)
    match = session.get_one(
        CampaignMatch, application_id, with_for_update=True, populate_existing=True
    )
    pot = locked_pot(session, match.fund_id)
    ceiling_cents = ceiling_for(session, application_id)
    return MatchRows(campaign, match, pot, ceiling_cents, extras_of(session, pot))


def locked_pot(session: Session, fund_id: UUID) -> FundPot:
    """A fund's pot, held until the commit. Raises ``NotFoundError`` before it was published."""
    pot = session.get(FundPot, fund_id, with_for_update=True, populate_existing=True)
    if pot is None:
        raise NotFoundError("fund_has_no_pot")
    return pot


def checked_reference(cents: int, reference: str) -> str:
    """A receipt's reference without white space. Raises ``DomainError`` at what is missing."""
    if cents <= 0:
        raise DomainError("receipt_missing", field="amount")
    if not reference.strip():
        raise DomainError("reference_missing", field="reference")
    return reference.strip()


def moved_before(session: Session, key: str, cents: int) -> bool:
    """Whether this move was made already. Raises ``InvariantError`` if it was another amount."""
    before = session.scalar(select(PotMove.cents).where(PotMove.key == key))
    if before is not None and before != cents:
        raise InvariantError(f"{key} moved {before} cents, now asked as {cents}")
    return before is not None


def was_moved(session: Session, key: str) -> bool:
    """Whether a deed that brings a match to an amount was done: its move is the difference then."""
    return session.scalar(select(PotMove.id).where(PotMove.key == key)) is not None


def next_key(session: Session, deed: str, application_id: UUID) -> str:
    """A key for a deed that its state guards: the number of moves so far makes it unique."""
    moves = select(func.count()).where(PotMove.application_id == application_id)
    return f"{deed}:{application_id}:{session.scalar(moves) or 0}"


def check_room(session: Session, rows: MatchRows, cents: int) -> None:
    """Refuse to set more apart than there is (``DomainError``): what a person asks for fits.

    The pot's own constraint and the guard of ``fund_free`` stand behind this.
    """
    if cents > rows.left_cents:
        raise DomainError("ceiling_reached", left_cents=rows.left_cents)
    if rows.match.prepaid:
        free = guarded_balance(session, fund_free(rows.match.fund_id))
        if cents > free:
            raise DomainError("fund_money_short", left_cents=free)
    room = room_to_goal(session, campaign=rows.campaign)
    if room is not None and cents > room:
        raise DomainError("match_above_goal", left_cents=room)


def room_for(session: Session, rows: MatchRows) -> int:
    """How much more fits: below the ceiling, in what was paid in, and to the campaign's goal."""
    left_cents = rows.left_cents
    if rows.match.prepaid:
        left_cents = min(left_cents, guarded_balance(session, fund_free(rows.match.fund_id)))
    room = room_to_goal(session, campaign=rows.campaign)
    return left_cents if room is None else min(left_cents, room)


def shift(session: Session, rows: MatchRows, *, kind: str, key: str, cents: int) -> None:
    """Write a move, and read back what it made of pot and match."""
    session.add(
        PotMove(
            key=key,
            fund_id=rows.match.fund_id,
            application_id=rows.match.application_id,
            municipality_id=rows.match.municipality_id,
            kind=kind,
            cents=cents,
            at=clock.now(),
        )
    )
    session.flush()
    session.refresh(rows.match, ["match_cents"])
    session.refresh(rows.pot, ["taken_cents", "extra_cents"])
    bump_version(rows.campaign)
    if cents < 0:
        look_at_success(session, rows)


def note_return(
    session: Session, rows: MatchRows, *, key: str, cents: int, excess_cents: int
) -> None:
    """Note that what an initiator paid is theirs again: see ``ClawbackReturn`` (eurocents)."""
    session.add(
        ClawbackReturn(
            key=key,
            application_id=rows.match.application_id,
            municipality_id=rows.match.municipality_id,
            cents=cents,
            excess_cents=excess_cents,
            at=clock.now(),
        )
    )


def reserve(session: Session, rows: MatchRows, *, kind: str, key: str, cents: int) -> None:
    """Set ``cents`` apart in the pot, or let them go if negative; in a prepaid fund also in the
    ledger.
    """
    shift(session, rows, kind=kind, key=key, cents=cents)
    if not rows.match.prepaid:
        return
    free_account = fund_free(rows.match.fund_id)
    reserved_account = fund_reserved(rows.match.application_id)
    debit_account, credit_account = (
        (free_account, reserved_account) if cents > 0 else (reserved_account, free_account)
    )
    post(
        session,
        kind=BookingKind.MATCH_RESERVED if cents > 0 else BookingKind.MATCH_RELEASED,
        key=pot_key(key),
        entries=[debit(debit_account, abs(cents)), credit(credit_account, abs(cents))],
        campaign_id=rows.campaign.id,
    )


def look_at_success(session: Session, rows: MatchRows, *, cause: str = "match") -> None:
    """What a campaign that succeeded has is another amount now: look what follows from that.

    ``cause``: ``match``, or ``gift`` when a live fund has dealt with one that came or went.
    """
    if rows.campaign.status in (WON if cause == "gift" else {CampaignStatus.SUCCEEDED}):
        campaign_id = str(rows.campaign.id)
        jobs.defer(session, "payouts.fall_back", campaign_id=campaign_id, cause=cause)


def match_subject(rows: MatchRows) -> Subject:
    """The match, for its application's trail, with what it is worth now."""
    match = rows.match
    return Subject(
        SubjectKind.APPLICATION,
        match.application_id,
        match.municipality_id,
        {"match_cents": match.match_cents},
    )
