"""Whose gifts count for the crowd but never for the match.

Who runs the campaign or did, the board that they name, and the funder itself (its addresses, or its
whole domain). Who gave from the same account as one of them is taken for the same payer.
"""

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import everybody_of
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.people.models import Person
from voorjebuurt.people.rules import normal_email
from voorjebuurt.pledges.match_claims import current_match_claim, follow_gift
from voorjebuurt.pledges.models import Pledge, UnmatchedGiver

MOST_ROWS = 50
"""A board is smaller; more would be a list of donors."""

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DOMAIN = re.compile(r"@[^@\s]+\.[^@\s]+")


def is_unmatched(session: Session, *, pledge: Pledge, campaign: Campaign) -> bool:
    """Whether a gift may not be matched. Its ``donor_key`` must be known."""
    session.flush()
    return session.scalar(select(Pledge.id).where(Pledge.id == pledge.id, _not_for(campaign))) == (
        pledge.id
    )


def _not_for(campaign: Campaign) -> ColumnElement[bool]:
    """Gifts to a campaign of who runs it or did, the board, the funder, or the same account."""
    email = Pledge.email
    runs_it = everybody_of(campaign.id)
    initiators = select(Person.email).where(Person.id.in_(runs_it))
    excluded_emails = select(UnmatchedGiver.email).where(
        UnmatchedGiver.municipality_id == campaign.municipality_id,
        or_(UnmatchedGiver.campaign_id == campaign.id, UnmatchedGiver.campaign_id.is_(None)),
    )
    unmatched_gift = aliased(Pledge)
    same_payer = select(unmatched_gift.donor_key).where(
        unmatched_gift.campaign_id == campaign.id,
        ~unmatched_gift.matchable,
        unmatched_gift.donor_key.is_not(None),
    )
    return or_(
        Pledge.donor_id.in_(runs_it),
        email.in_(initiators.union(excluded_emails)),
        (literal("@") + func.split_part(email, "@", 2)).in_(excluded_emails),
        Pledge.donor_key.in_(same_payer),
    )


def judge_again(session: Session, *, campaign_id: UUID) -> None:
    """Find gifts that are matched and may not be, and take their claims back.

    The gifts are locked before the campaign, as every booking does. What is found lets more be
    found in a next turn, for an account that is known now may have paid before.
    """
    campaign = session.get_one(Campaign, campaign_id)
    wrong_gifts = select(Pledge).where(
        Pledge.campaign_id == campaign_id,
        Pledge.matchable,
        Pledge.booked_at.is_not(None),
        _not_for(campaign),
    )
    pledges = session.scalars(wrong_gifts.order_by(Pledge.id).with_for_update(of=Pledge)).all()
    if not pledges:
        return
    campaign = locked_campaign(session, campaign_id)
    for pledge in pledges:
        pledge.matchable = False
        standing = current_match_claim(session, pledge.id)
        counts = standing.amount_cents if standing else 0
        follow_gift(session, pledge=pledge, campaign=campaign, counts_cents=counts)
    jobs.defer(session, "pledges.judge_again", campaign_id=str(campaign_id))


def board_of(session: Session, campaign_id: UUID) -> Sequence[UnmatchedGiver]:
    """The board members that were named for a campaign."""
    statement = select(UnmatchedGiver).where(UnmatchedGiver.campaign_id == campaign_id)
    return session.scalars(statement.order_by(UnmatchedGiver.email)).all()


def funder_addresses(session: Session, municipality_id: UUID) -> Sequence[UnmatchedGiver]:
    """The addresses and domains by which a municipality gives."""
    statement = select(UnmatchedGiver).where(
        UnmatchedGiver.municipality_id == municipality_id, UnmatchedGiver.campaign_id.is_(None)
    )
    return session.scalars(statement.order_by(UnmatchedGiver.email)).all()


def name_board_member(session: Session, *, campaign_id: UUID, email: str, actor: Actor) -> None:
    """Add an address of the campaign's board; a job finds the gifts that it made already.

    Not here: the new row holds the campaign, and gifts come before that in the order of locks.
    Raises ``DomainError`` at the field ``email``: no address, named before, or too many.
    """
    campaign = session.get_one(Campaign, campaign_id)
    address = _normal_address(email, _ADDRESS)
    if len(board_of(session, campaign_id)) >= MOST_ROWS:
        raise DomainError("unmatched_too_many", field="email", maximum=MOST_ROWS)
    _add(session, campaign.municipality_id, campaign.id, address, "board", actor)
    jobs.defer(session, "pledges.judge_again", campaign_id=str(campaign_id))


def name_funder_address(
    session: Session, *, municipality_id: UUID, email: str, actor: Actor
) -> None:
    """Add an address, or a domain (``@gemeente.example``), by which the municipality gives.

    It holds for gifts from now on. Raises ``DomainError`` at the field ``email``.
    """
    pattern = _DOMAIN if normal_email(email).startswith("@") else _ADDRESS
    _add(session, municipality_id, None, _normal_address(email, pattern), "funder", actor)


def remove_board_member(
    session: Session, *, campaign_id: UUID, giver_id: UUID, actor: Actor
) -> None:
    """Take an address off a campaign's list; earlier gifts stay as they were judged.

    Raises ``NotFoundError`` for an address of another list.
    """
    giver = session.get(UnmatchedGiver, giver_id)
    if giver is None or giver.campaign_id != campaign_id:
        raise NotFoundError("unmatched_not_found")
    _remove(session, giver, actor)


def remove_funder_address(
    session: Session, *, municipality_id: UUID, giver_id: UUID, actor: Actor
) -> None:
    """The same for an address of the municipality. Raises ``NotFoundError``."""
    giver = session.get(UnmatchedGiver, giver_id)
    of_funder = giver is not None and giver.campaign_id is None
    if giver is None or not of_funder or giver.municipality_id != municipality_id:
        raise NotFoundError("unmatched_not_found")
    _remove(session, giver, actor)


def _remove(session: Session, giver: UnmatchedGiver, actor: Actor) -> None:
    session.delete(giver)
    audit.record(
        session,
        actor=actor,
        action=Action.UNMATCHED_GIVER_REMOVED,
        subject=_giver_subject(giver),
    )


def _normal_address(email: str, pattern: re.Pattern[str]) -> str:
    address = normal_email(email)
    if not pattern.fullmatch(address) or len(address) > 254:
        raise DomainError("unmatched_address", field="email")
    return address


def _add(
    session: Session,
    municipality_id: UUID,
    campaign_id: UUID | None,
    email: str,
    relation: str,
    actor: Actor,
) -> None:
    same = select(UnmatchedGiver.id).where(
        UnmatchedGiver.municipality_id == municipality_id,
        UnmatchedGiver.campaign_id.is_not_distinct_from(campaign_id),
        UnmatchedGiver.email == email,
    )
    if session.scalar(same) is not None:
        raise DomainError("unmatched_known", field="email")
    giver = UnmatchedGiver(
        municipality_id=municipality_id,
        campaign_id=campaign_id,
        email=email,
        relation=relation,
        added_at=clock.now(),
        added_by=actor.person_id,
    )
    session.add(giver)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.UNMATCHED_GIVER_NAMED,
        subject=_giver_subject(giver),
    )


def _giver_subject(giver: UnmatchedGiver) -> Subject:
    """The campaign whose board, or the municipality whose address, it is; for the audit trail."""
    detail = {"relation": giver.relation}
    if giver.campaign_id is not None:
        return Subject(SubjectKind.CAMPAIGN, giver.campaign_id, giver.municipality_id, detail)
    return Subject(SubjectKind.MUNICIPALITY, giver.municipality_id, giver.municipality_id, detail)
