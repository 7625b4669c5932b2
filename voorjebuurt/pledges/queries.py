"""Reading what campaigns raised and who gave.

What counts as the crowd's money: a gift that was booked, unless it went back for a reason of its
own. A gift that goes back *because* its campaign failed or was cancelled still counts, so that
the page of such a campaign goes on telling what it reached. Gifts that were late, paid twice,
taken back by the donor or by the bank, or refunded in the provider's dashboard never count.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    cast,
    collate,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.queries import donor_name, has_logo, is_tribute
from voorjebuurt.pledges.matches import match_totals
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.rules import GiftPart, PledgeStatus, RefundReason

COUNTS = and_(
    Pledge.booked_at.is_not(None),
    Pledge.status != PledgeStatus.CHARGED_BACK.value,
    or_(
        Pledge.refund_reason.is_(None),
        Pledge.refund_reason.in_(
            [RefundReason.CAMPAIGN_FAILED.value, RefundReason.CAMPAIGN_CANCELLED.value]
        ),
    ),
)
"""The condition under which a gift counts for its campaign."""

DONORS = func.count(
    func.distinct(
        collate(
            func.coalesce(
                cast(Pledge.erased_as, String),
                case((Pledge.email.is_(None), cast(Pledge.id, String)), else_=Pledge.email),
            ),
            # Whatever the order of a language, what is the same is the same; and it is quicker.
            "C",
        )
    )
)
"""How many people gave. One address is one donor, also of what it gave before it was erased."""


class CrowdTotal(NamedTuple):
    """What the neighbours gave to a campaign (eurocents), how many they are, and what funds add.

    Of ``match_cents`` officers awarded ``award_cents``; the rest is reserved and may become less.
    Of the award they determined ``settled_cents``. All of it is net of what must come back.
    """

    crowd_cents: int
    donors: int
    match_cents: int = 0
    award_cents: int = 0
    settled_cents: int = 0

    @property
    def sure_cents(self) -> int:
        """What neighbours gave and officers awarded: without what is reserved only."""
        return self.crowd_cents + self.award_cents

    @property
    def grant_cents(self) -> int:
        """Match that was awarded and not determined yet."""
        return self.award_cents - self.settled_cents

    @property
    def reserve_cents(self) -> int:
        """Match that officers have not decided on."""
        return self.match_cents - self.award_cents

    @property
    def total_cents(self) -> int:
        """Crowd and match together."""
        return self.crowd_cents + self.match_cents


class ContributionRow(NamedTuple):
    """A gift as everybody may see it (eurocents); ``name`` is None for who asked for that.

    Of a group's gift it is the group's. ``tribute`` is the kind of what was done in memory or on
    behalf of somebody, with their name and words. ``has_logo``: a group's, which a coach let on it.
    Of what staff hid, it says only that they did.
    """

    name: str | None
    amount_cents: int
    message: str
    booked_at: datetime
    name_hidden: bool
    message_hidden: bool
    pledge_id: UUID | None = None
    tribute: str | None = None
    tribute_name: str = ""
    tribute_words: str = ""
    has_logo: bool = False


NOTHING = CrowdTotal(0, 0)


def _is_hidden(part: GiftPart) -> ColumnElement[bool]:
    """SQL for: staff keep this part of the gift off the page."""
    return exists().where(HiddenWords.pledge_id == Pledge.id, HiddenWords.part == part.value)


_totals = (
    select(Pledge.campaign_id, func.sum(Pledge.amount_cents), DONORS)
    .where(Pledge.campaign_id.in_(bindparam("campaign_ids", expanding=True)), COUNTS)
    .group_by(Pledge.campaign_id)
)
_contribution = (
    select(
        case((and_(Pledge.name_public, ~_is_hidden(GiftPart.NAME)), donor_name()), else_=None),
        Pledge.amount_cents,
        case((_is_hidden(GiftPart.MESSAGE), ""), else_=Pledge.message),
        Pledge.booked_at,
        and_(Pledge.name_public, _is_hidden(GiftPart.NAME)),
        _is_hidden(GiftPart.MESSAGE),
        Pledge.id,
        case((is_tribute(), Dedication.kind), else_=None),
        case((is_tribute(), Dedication.name), else_=""),
        case((is_tribute(), Dedication.words), else_=""),
        has_logo(),
    )
    .outerjoin(Dedication, Dedication.pledge_id == Pledge.id)
    .where(COUNTS)
    .order_by(Pledge.booked_at.desc(), Pledge.id.desc())
)
_contributions = _contribution.where(Pledge.campaign_id == bindparam("campaign_id")).limit(
    bindparam("limit")
)


def crowd_totals(session: Session, campaign_ids: Sequence[UUID]) -> Mapping[UUID, CrowdTotal]:
    """What each of these campaigns raised; every id is in the answer."""
    if not campaign_ids:
        return {}
    rows = session.execute(_totals, {"campaign_ids": list(campaign_ids)})
    crowd = {row[0]: (int(row[1]), row[2]) for row in rows}
    totals = {campaign_id: crowd.get(campaign_id, (0, 0)) for campaign_id in campaign_ids}
    crowd_cents = {key: cents for key, (cents, _) in totals.items()}
    match = match_totals(session, campaign_ids, crowd=crowd_cents)
    return {key: CrowdTotal(*totals[key], *match[key]) for key in campaign_ids}


def public_contributions(
    session: Session, campaign_id: UUID, *, limit: int
) -> Sequence[ContributionRow]:
    """The latest gifts to a campaign, newest first."""
    rows = session.execute(_contributions, {"campaign_id": campaign_id, "limit": limit})
    return [ContributionRow._make(row) for row in rows]


def public_contribution(session: Session, pledge_id: UUID) -> ContributionRow | None:
    """One gift as everybody may see it; None for one that does not count."""
    row = session.execute(_contribution.where(Pledge.id == pledge_id)).one_or_none()
    return None if row is None else ContributionRow._make(row)


class NewGifts(NamedTuple):
    """The gifts of some time: how many, the sum (eurocents), and the latest of them."""

    gifts: int
    amount_cents: int
    latest: Sequence[ContributionRow]


def gifts_between(
    session: Session, campaign_id: UUID, *, since: datetime, until: datetime, limit: int
) -> NewGifts:
    """The gifts to a campaign after ``since``, up to and including ``until``."""
    new = (Pledge.campaign_id == campaign_id, Pledge.booked_at > since, Pledge.booked_at <= until)
    sums = select(func.count(), func.coalesce(func.sum(Pledge.amount_cents), 0)).where(*new, COUNTS)
    count, cents = session.execute(sums).one()
    rows = session.execute(_contribution.where(*new).limit(limit))
    return NewGifts(count, int(cents), [ContributionRow._make(row) for row in rows])
