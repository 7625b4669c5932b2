"""Erasing whoever asks for it, in one transaction: with an account, or by a link to an address.

Locks are taken in the order of ADR 28: gifts, campaigns, and only then the person.
"""

from uuid import UUID

from sqlalchemy import and_, delete, exists, select
from sqlalchemy.orm import Session

from voorjebuurt.abuse.reporting import forget_reporter
from voorjebuurt.campaigns.erasing import (
    erase_messages,
    erase_plan,
    leave_for_good,
    lock_campaigns,
)
from voorjebuurt.campaigns.follow.service import forget_follows
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.needs.offers import forget_offers
from voorjebuurt.campaigns.questions.service import forget_questions as forget_asked
from voorjebuurt.campaigns.together.invitations import forget_invitations
from voorjebuurt.campaigns.updates.erasing import forget_update_drafts
from voorjebuurt.decisions.filters.service import forget_filters
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail.erasing import erase_mails_to, forget_address, forget_ended
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.matching.questions.service import forget_questions
from voorjebuurt.owndata.holds import holds_of
from voorjebuurt.owndata.mailed_access import link_of
from voorjebuurt.owndata.models import DataLink
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.rules import CURRENT_PAYEE
from voorjebuurt.people.erasing import erase_person
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import person_by_email
from voorjebuurt.people.service import locked_person
from voorjebuurt.places.wishes import forget_wishes
from voorjebuurt.pledges.corrections.addresses import forget_address_changes
from voorjebuurt.pledges.dedications.presents import forget_recipient
from voorjebuurt.pledges.erasing.boards import forget_board, leave_boards, leave_ended_boards
from voorjebuurt.pledges.erasing.requests import (
    erase_donor,
    finish_erasing,
    is_known_donor,
    lock_gifts,
)
from voorjebuurt.pledges.thanks.service import forget_thanks

TEMPLATE = "own_data_erased"


def erase_signed_in(
    session: Session, *, person_id: UUID, typed_email: str, tell: bool, actor: Actor
) -> None:
    """Erase somebody who is signed in; they type their address, so that it is no slip.

    ``tell``: they want to hear how campaigns end that they gave to. A second time changes nothing.
    Raises ``DomainError``: ``erasure_address`` at ``email``, ``erasure_held``.
    """
    email = session.get_one(Person, person_id).email
    if normal_address(typed_email) != email:
        raise DomainError("erasure_address", field="email")
    gift_ids = lock_gifts(session, email=email, person_id=person_id)
    campaigns = lock_campaigns(session, person_id)
    person = locked_person(session, person_id)
    if person.erased_at is not None:
        return
    if person.email != email:  # changed meanwhile: the gifts of the new address are not held
        raise DomainError("erasure_address", field="email")
    if holds_of(session, person):
        raise DomainError("erasure_held")
    is_kept = erase_donor(session, gift_ids=gift_ids, tell=tell, actor=actor)
    locale = person.locale
    for campaign in campaigns:
        if leave_for_good(session, campaign=campaign, person_id=person_id, actor=actor):
            forget_board(session, campaign.id)
            erase_plan(session, campaign=campaign, actor=actor)
    erase_messages(session, person_id)
    forget_update_drafts(session, person_id)
    forget_thanks(session, person_id)
    _forget_unused_accounts(session, person_id)
    forget_filters(session, person_id)
    _erase_address(session, email, is_kept=is_kept)
    erase_person(session, person=person, actor=actor)
    _tell(session, email, locale, fact=person_id, is_kept=is_kept)


def erase_by_link(
    session: Session, *, token: str, typed_email: str, tell: bool, locale: str, actor: Actor
) -> None:
    """Erase what there is of the address that a link was mailed to, which somebody reads.

    Raises ``DomainError``: ``erasure_link_over``, ``erasure_address`` at ``email``, and
    ``erasure_of_account`` for an address that somebody can sign in with: that is theirs to erase.
    """
    link = link_of(session, token)
    if link is None:
        raise DomainError("erasure_link_over")
    email, link_id = link.email, link.id
    if normal_address(typed_email) != email:
        raise DomainError("erasure_address", field="email")
    gift_ids = lock_gifts(session, email=email, person_id=None)
    if person_by_email(session, email) is not None:
        raise DomainError("erasure_of_account")
    is_kept = erase_donor(session, gift_ids=gift_ids, tell=tell, actor=actor)
    _erase_address(session, email, is_kept=is_kept)
    _tell(session, email, locale, fact=link_id, is_kept=is_kept)


def finish(session: Session, *, limit: int) -> int:
    """Erase addresses of erased donors that nothing needs any more; returns of how many gifts."""
    emails = finish_erasing(session, limit=limit)
    for email in sorted(set(emails)):
        if not is_known_donor(session, email) and person_by_email(session, email) is None:
            _erase_address(session, email, is_kept=False)
    leave_ended_boards(session)
    forget_ended(session, template=TEMPLATE)
    return len(emails)


def _erase_address(session: Session, email: str, *, is_kept: bool) -> None:
    """Mails before the links in them: whoever sends a mail takes them in that order."""
    erase_mails_to(session, email, but_waiting=is_kept)
    session.execute(delete(DataLink).where(DataLink.email == email))
    forget_address_changes(session, email)
    forget_wishes(session, email)
    forget_follows(session, email)
    forget_recipient(session, email)
    forget_asked(session, email)
    forget_reporter(session, email)
    forget_questions(session, email)
    forget_offers(session, email)
    forget_invitations(session, email)
    leave_boards(session, email)
    if not is_kept:
        forget_address(session, email)


def _forget_unused_accounts(session: Session, person_id: UUID) -> None:
    """Throw away account numbers that no money was paid to: the books don’t know them.

    Not one that counts and that another of a campaign agreed to: it is their group's.
    """
    is_paid_to = exists().where(Payout.payee_id == Payee.id)
    is_groups = and_(
        Payee.status.in_(sorted(CURRENT_PAYEE)),
        exists().where(
            CampaignMember.campaign_id == Payee.campaign_id,
            CampaignMember.person_id == Payee.agreed_by,
            CampaignMember.left_at.is_(None),
        ),
    )
    ids = select(Payee.id).where(Payee.submitted_by == person_id, ~is_paid_to, ~is_groups)
    session.execute(delete(Payee).where(Payee.id.in_(ids)))


def _tell(session: Session, email: str, locale: str, *, fact: UUID, is_kept: bool) -> None:
    """The last mail; what is known of it goes when it was sent."""
    queue_mail(
        session,
        key=f"{TEMPLATE}:{fact}",
        template=TEMPLATE,
        recipient=email,
        locale=locale,
        kept=is_kept,
    )
