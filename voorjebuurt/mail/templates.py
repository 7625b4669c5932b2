"""Every kind of mail: whose words it carries, and what it is for. Pure.

A mail that is not in this table can't be written, so that nobody adds one without saying both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Words(StrEnum):
    """Whose words a mail carries, beside amounts, dates and links."""

    OURS = "ours"
    STRANGERS = "strangers"
    """Names, titles or messages that somebody typed: only for an address that was confirmed."""


class Purpose(StrEnum):
    """Why a mail is sent: what holds when its reader gets more mails than we send in an hour."""

    SIGN_IN = "sign_in"
    """A link to sign in: counted apart, so that other mails keep nobody out."""
    ATTEMPT = "attempt"
    """Somebody, perhaps not its reader, began something with the address: dropped."""
    SERVICE = "service"
    """About something of the reader's own: sent later, never lost."""
    DIGEST = "digest"
    """What waits on a desk: sent later; its reader may unsubscribe."""


@dataclass(frozen=True)
class MailTemplate:
    """What is known of one template.

    ``conditional``: a check that its feature registers is made before every attempt to send it.
    ``secret``: it carries a link that acts for its reader, and goes to nobody else.
    """

    words: Words
    purpose: Purpose
    conditional: bool = False
    secret: bool = False


_OWN = MailTemplate(Words.STRANGERS, Purpose.SERVICE)
_DESK = MailTemplate(Words.STRANGERS, Purpose.DIGEST)

TEMPLATES: Mapping[str, MailTemplate] = {
    "accounting_asked": _OWN,
    "address_change_confirm": MailTemplate(Words.OURS, Purpose.SERVICE, secret=True),
    "address_change_stop": MailTemplate(Words.OURS, Purpose.SERVICE, secret=True),
    "application_received": _OWN,
    "campaign_approved": _OWN,
    "campaign_cancelled": _OWN,
    "campaign_draft": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "campaign_ending": _OWN,
    "campaign_failed": _OWN,
    "campaign_question": _OWN,
    "campaign_rejected": _OWN,
    "campaign_returned": _OWN,
    "campaign_submitted": _OWN,
    "campaign_won": _OWN,
    "campaign_won_donor": _OWN,
    "completion_asked": _OWN,
    "completion_reminder": _OWN,
    "decision_answers_objection": _OWN,
    "decision_sent": _OWN,
    "objection_decided": _OWN,
    "objection_extended": _OWN,
    "objection_received": _OWN,
    "officer_reminder": _DESK,
    "paid_out": _OWN,
    "payee_asked": _OWN,
    "payee_changed": _OWN,
    "payee_refused": _OWN,
    "payee_verified": _OWN,
    "payment_failed": MailTemplate(Words.OURS, Purpose.ATTEMPT, conditional=True),
    "payout_returned": _OWN,
    "place_opened": _OWN,
    "place_wish_confirm": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "receipt": _OWN,
    "refund_asked": _OWN,
    "refund_failed": _OWN,
    "refunded": _OWN,
    "review_answered": _OWN,
    "review_waiting": _DESK,
    "sign_in": MailTemplate(Words.OURS, Purpose.SIGN_IN, secret=True),
    "staff_invitation": MailTemplate(Words.OURS, Purpose.SERVICE),
    "term_extended": _OWN,
    "words_hidden": _OWN,
}


def mail_template(name: str) -> MailTemplate:
    """What is known of a template. Raises ``LookupError`` for one that is not in the table."""
    try:
        return TEMPLATES[name]
    except KeyError:
        raise LookupError(f"the mail {name!r} is not in mail.templates") from None
