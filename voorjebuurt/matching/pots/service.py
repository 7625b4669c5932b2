"""Match money, from set apart to owed: every deed that moves money of a fund.

All work in the caller's transaction and may be asked again without doing twice. Amounts are
eurocents. Money that comes in from municipalities is in ``receipts``; what goes back after a
commitment is in ``corrections``; the gifts of live funds are taken by ``allocator``.
"""

from itertools import chain, count
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.campaigns.rules import REFUNDING, WON
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.ledger.keys import owed_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import posting_by_key
from voorjebuurt.ledger.rules import credit, debit, fund_reserved, municipal_receivable, payable
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.facts.applications import freeze_facts
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots.corrections import claimed_back, lower, undo_clawback
from voorjebuurt.matching.pots.extra import ExtraRoom, take_extra
from voorjebuurt.matching.pots.rows import (
    MatchRows,
    check_room,
    hold,
    match_subject,
    moved_before,
    next_key,
    reserve,
    was_moved,
)
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import (
    MATCH_TRANSITIONS,
    OWED_MATCH,
    PROMISED_MATCH,
    MatchStatus,
)


def open_match(session: Session, *, application: Application, fund: Fund, actor: Actor) -> None:
    """Make the match of a new application: nothing is set apart yet."""
    match = CampaignMatch(
        application_id=application.id,
        fund_id=fund.id,
        campaign_id=application.campaign_id,
        municipality_id=application.municipality_id,
        fund_name=fund.name,
        live=fund.live,
        prepaid=fund.prepaid,
        status=MatchStatus.OPEN.value,
        opened_at=clock.now(),
    )
    session.add(match)
    rows = hold(session, application.id)
    bump_version(rows.campaign)
    audit.record(session, actor=actor, action=Action.MATCH_OPENED, subject=match_subject(rows))


def grant_match(
    session: Session, *, application_id: UUID, maximum_cents: int, key: str, actor: Actor
) -> None:
    """A live fund's award is announced, of ``maximum_cents`` at most.

    Gifts are matched from now on, earlier ones too, in their order; the campaign's decision waits
    for that.

    Another award in its place changes the maximum; what is above it already is let go. Raises
    ``TransitionError`` for a match that is owed or was released.
    """
    if maximum_cents <= 0:
        raise ValueError(f"an award is positive: {maximum_cents}")
    rows = hold(session, application_id)
    freeze_facts(session, row=session.get_one(Application, application_id))
    _become(rows, "award")
    if rows.match.match_cents > maximum_cents:
        _bring_to(session, rows, maximum_cents, key, None)
    _grant(session, rows, maximum_cents)
    rows.match.started, rows.match.kept_before_award = True, False
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_STARTED,
        subject=match_subject(rows),
        detail={"maximum_cents": maximum_cents},
    )
    allocate_later(session, rows.match.fund_id)
    if rows.campaign.status in WON:
        jobs.defer(session, "matching.campaign_ended", campaign_id=str(rows.campaign.id))


def allocate_later(session: Session, fund_id: UUID) -> None:
    """Queue the allocator of a fund."""
    jobs.defer(session, "matching.allocate", fund_id=str(fund_id))


def move(
    session: Session, *, application_id: UUID, kind: str, key: str, cents: int, actor: Actor
) -> bool:
    """Set money apart (positive) or let it go (negative); returns whether it is new.

    Raises ``DomainError`` ``ceiling_reached``, ``fund_money_short`` or ``match_above_goal`` for
    more than there is, and ``TransitionError`` once the match is committed or released.
    """
    if cents == 0:
        raise ValueError("a move of nothing")
    rows = hold(session, application_id)
    if moved_before(session, key, cents):
        return False
    if rows.match.status not in PROMISED_MATCH:
        raise TransitionError("wrong_state", state=rows.match.status, action="move")
    if cents > 0:
        check_room(session, rows, cents)
    reserve(session, rows, kind=kind, key=key, cents=cents)
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_MOVED,
        subject=match_subject(rows),
        detail={"kind": kind, "cents": cents},
    )
    return True


def fix_match(session: Session, *, application_id: UUID, actor: Actor) -> None:
    """The campaign is over: the match of a live fund grows no more."""
    rows = hold(session, application_id)
    if rows.match.status == MatchStatus.FIXED:
        return
    _become(rows, "fix")
    audit.record(session, actor=actor, action=Action.MATCH_FIXED, subject=match_subject(rows))


def award_match(
    session: Session,
    *,
    application_id: UUID,
    cents: int,
    key: str,
    extra: ExtraRoom | None = None,
    actor: Actor,
) -> None:
    """Bring the match to exactly ``cents``, as two officers decided.

    ``extra`` is what a decision on an objection may take above the ceiling. It is committed at once
    when the campaign has succeeded. Granting more after a commitment commits the rest as well.
    Raises ``DomainError`` as ``move`` does, and ``TransitionError`` for a match that was released.
    """
    if cents <= 0:
        raise ValueError(f"an award is positive: {cents}")
    rows = hold(session, application_id)
    if was_moved(session, key):
        return
    _grant(session, rows, max(cents, rows.match.match_cents, rows.match.maximum_cents or 0))
    if rows.match.status in OWED_MATCH:
        _award_again(session, rows, cents, key, extra)
        rows.match.fixed_cents = cents
    else:
        _become(rows, "award")
        _bring_to(session, rows, cents, key, extra)
    audit.record(session, actor=actor, action=Action.MATCH_AWARDED, subject=match_subject(rows))
    if rows.match.status == MatchStatus.AWARDED and rows.campaign.status in WON:
        _commit(session, rows, actor)


def compute_again(session: Session, rows: MatchRows, *, cents: int, key: str, actor: Actor) -> None:
    """Bring an owed match of a live fund to what its rule comes to now, before it is paid out.

    The award is not changed by that: its amount follows from the rule (Awb 4:31). Raises as
    ``award_match`` does.
    """
    change = cents - rows.match.match_cents
    if not change or was_moved(session, key):
        return
    _award_again(session, rows, cents, key, None)
    rows.match.fixed_cents = cents
    bump_version(rows.campaign)
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_COMPUTED_AGAIN,
        subject=match_subject(rows),
        detail={"cents": change},
    )


def _grant(session: Session, rows: MatchRows, maximum_cents: int) -> None:
    """Write the announced award before its money moves: the database asks for that order."""
    rows.match.granted_at = rows.match.granted_at or clock.now()
    rows.match.maximum_cents = maximum_cents
    session.flush()


def _bring_to(
    session: Session, rows: MatchRows, cents: int, key: str, extra: ExtraRoom | None
) -> None:
    change = cents - rows.match.match_cents
    if change > 0:
        _take(session, rows, change, key, extra)
    elif change:
        reserve(session, rows, kind="award", key=key, cents=change)


def _take(session: Session, rows: MatchRows, cents: int, key: str, extra: ExtraRoom | None) -> None:
    """Set ``cents`` more apart for an award, with what it may take above the ceiling first."""
    rest = take_extra(session, rows, cents, extra) if extra else cents
    if rest:
        check_room(session, rows, rest)
        reserve(session, rows, kind="award", key=key, cents=rest)


def _award_again(
    session: Session, rows: MatchRows, cents: int, key: str, extra: ExtraRoom | None
) -> None:
    """Another amount than the one that is owed already: only the difference moves."""
    change = cents - rows.match.match_cents
    if change < 0:
        lower(session, rows, cents=cents, key=key)
    elif change > 0:
        _raise(session, rows, change, key, extra)


def _raise(session: Session, rows: MatchRows, more: int, key: str, extra: ExtraRoom | None) -> None:
    """Raise an owed match by ``more`` cents.

    What was claimed back and is still with the initiator is theirs again, so that it is not paid
    twice; only the rest is new.
    """
    theirs = min(more, claimed_back(session, rows))
    if theirs:
        undo_clawback(session, rows, cents=theirs, key=key if theirs == more else f"{key}:claim")
    if theirs == more:
        return
    rest = more - theirs
    _take(session, rows, rest, key, extra)
    _owe(session, rows, rest, key=key)
    _become(rows, "raise")


def commit_match(session: Session, *, application_id: UUID, actor: Actor) -> None:
    """The campaign succeeded: what was awarded is owed to the initiator.

    Raises ``TransitionError`` before the award or before the campaign's success.
    """
    rows = hold(session, application_id)
    if rows.match.status in OWED_MATCH:
        return
    if rows.campaign.status not in WON:
        raise TransitionError("wrong_state", state=rows.campaign.status, action="commit")
    _commit(session, rows, actor)


def _commit(session: Session, rows: MatchRows, actor: Actor) -> None:
    _become(rows, "commit")
    rows.match.committed_at = clock.now()
    rows.match.fixed_cents = rows.match.match_cents
    key = _unused(session, next_key(session, "committed", rows.match.application_id))
    _owe(session, rows, rows.match.match_cents, key=key)
    audit.record(session, actor=actor, action=Action.MATCH_COMMITTED, subject=match_subject(rows))


def _unused(session: Session, key: str) -> str:
    """The key, or one beside it: a match is owed anew when its success was taken back between."""
    candidates = chain([key], (f"{key}:{number}" for number in count(2)))
    return next(each for each in candidates if posting_by_key(session, owed_key(each)) is None)


def _owe(session: Session, rows: MatchRows, cents: int, *, key: str) -> None:
    """Book that match money became the initiator's."""
    match = rows.match
    source = (
        fund_reserved(match.application_id)
        if match.prepaid
        else municipal_receivable(match.fund_id)
    )
    post(
        session,
        kind=BookingKind.MATCH_COMMITTED,
        key=owed_key(key),
        entries=[debit(source, cents), credit(payable(match.campaign_id), cents)],
        campaign_id=match.campaign_id,
    )
    bump_version(rows.campaign)


def release_match(session: Session, *, application_id: UUID, actor: Actor) -> None:
    """Release the whole match: refused, withdrawn, or the campaign did not succeed.

    Raises ``TransitionError`` once it is owed: then it is lowered or claimed back.
    """
    rows = hold(session, application_id)
    if rows.match.status == MatchStatus.RELEASED:
        return
    _become(rows, "release")
    let_go = rows.match.match_cents
    if let_go:
        key = next_key(session, "release", application_id)
        reserve(session, rows, kind="release", key=key, cents=-let_go)
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_RELEASED,
        subject=match_subject(rows),
        detail={"cents": -let_go},
    )


def reopen_match(session: Session, *, application_id: UUID, actor: Actor) -> bool:
    """Reopen a released match after an objection; returns False when its campaign failed."""
    rows = hold(session, application_id)
    if rows.match.status != MatchStatus.RELEASED:
        return False
    if rows.campaign.status in REFUNDING:
        return False
    _become(rows, "reopen")
    rows.match.settled_cents = rows.match.fixed_cents = None
    rows.match.granted_at = rows.match.maximum_cents = None
    audit.record(session, actor=actor, action=Action.MATCH_REOPENED, subject=match_subject(rows))
    if rows.match.live:
        allocate_later(session, rows.match.fund_id)
    return True


def _become(rows: MatchRows, action: str) -> None:
    rows.match.status = MATCH_TRANSITIONS.after(MatchStatus(rows.match.status), action).value
    bump_version(rows.campaign)
