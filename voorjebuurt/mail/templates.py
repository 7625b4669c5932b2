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
    """What is on a desk, or came to a campaign: sent later; its reader may unsubscribe."""


@dataclass(frozen=True)
class MailTemplate:
    """What is known of one template.

    ``conditional``: a check that its feature registers is made before every attempt to send it.
    ``refused_as``: the template that is refused together with it.
    ``by_choice``: its reader chooses how often it comes, by kind; see ``mail.choices``.
    ``secret``: it carries a link that acts for its reader, and goes to nobody else. The link is
    made when it is sent (``mail.secret_links``), and no row keeps it.
    """

    words: Words
    purpose: Purpose
    conditional: bool = False
    secret: bool = False
    by_choice: bool = False
    refused_as: str | None = None


_OWN = MailTemplate(Words.STRANGERS, Purpose.SERVICE)
_SECURITY = MailTemplate(Words.OURS, Purpose.SERVICE)
_CHECKED = MailTemplate(Words.STRANGERS, Purpose.SERVICE, conditional=True)
_DESK = MailTemplate(Words.STRANGERS, Purpose.DIGEST)
_DESK_CHECKED = MailTemplate(Words.STRANGERS, Purpose.DIGEST, conditional=True)
_NEWS = MailTemplate(Words.STRANGERS, Purpose.DIGEST, conditional=True)
_OFFICERS = MailTemplate(Words.STRANGERS, Purpose.DIGEST, conditional=True, by_choice=True)

DONOR_NEWS = ("minimum_reached_donor", "paid_out_donor", "accounted_donor")
"""What donors may do without. Receipts, money that goes back and choices always come."""

TEMPLATES: Mapping[str, MailTemplate] = {
    "abuse_decided": _OWN,
    "abuse_measure": _OWN,
    "abuse_report_asked": MailTemplate(Words.STRANGERS, Purpose.SERVICE, secret=True),
    "abuse_report_confirm": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "accounted_donor": _DESK,
    "accounting_asked": _OWN,
    "accounting_received": _OWN,
    "address_change_confirm": MailTemplate(Words.OURS, Purpose.SERVICE, secret=True),
    "address_change_stop": MailTemplate(Words.OURS, Purpose.SERVICE, secret=True),
    "address_changed": _SECURITY,
    "application_admitted": _OWN,
    "application_changed": _OWN,
    "application_received": _OWN,
    "application_withdrawn": _OWN,
    "appeal_judged": _OWN,
    "appeal_registered": _OWN,
    "campaign_approved": _OWN,
    "campaign_cancelled": _OWN,
    "campaign_closing": _CHECKED,
    "campaign_draft": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "campaign_ending": _OWN,
    "campaign_failed": _OWN,
    "campaign_invitation": MailTemplate(Words.OURS, Purpose.ATTEMPT),
    "campaign_mark": _OWN,
    "campaign_orphaned": _OWN,
    "campaign_paused": _CHECKED,
    "campaign_paused_donor": _CHECKED,
    "campaign_asked": _OWN,
    "campaign_question": _OWN,
    "campaign_question_answered": _OWN,
    "campaign_question_confirm": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "campaign_question_hidden": _OWN,
    "campaign_rejected": _OWN,
    "campaign_resumed": _CHECKED,
    "campaign_resumed_donor": _CHECKED,
    "campaign_returned": _OWN,
    "campaign_changed_coach": _DESK,
    "campaign_extended_donor": _OWN,
    "campaign_extended_follower": MailTemplate(
        Words.STRANGERS, Purpose.DIGEST, refused_as="campaign_update"
    ),
    "campaign_stopped_desk": _DESK,
    "campaign_stopped_follower": MailTemplate(
        Words.STRANGERS, Purpose.DIGEST, refused_as="campaign_update"
    ),
    "campaign_submitted": _OWN,
    "campaign_thanks": MailTemplate(
        Words.STRANGERS, Purpose.DIGEST, conditional=True, refused_as="campaign_update"
    ),
    "campaign_update": _NEWS,
    "campaign_won": _OWN,
    "campaign_withdrawn": _OWN,
    "campaign_won_donor": _OWN,
    "clawback_notice": MailTemplate(Words.STRANGERS, Purpose.SERVICE, conditional=True),
    "clawback_paid": _OWN,
    "clawback_payment_reversed": _OWN,
    "clawback_reminder": MailTemplate(Words.STRANGERS, Purpose.SERVICE, conditional=True),
    "clawback_returned": _OWN,
    "coach_edit_answered": _OWN,
    "coach_edit_waits": _OWN,
    "completion_asked": _OWN,
    "completion_received": _OWN,
    "completion_reminder": _OWN,
    "default_registered": _OWN,
    "crowd_changed": _OWN,
    "decision_answers_objection": _OWN,
    "decision_sent": _OWN,
    "factor_changed": _SECURITY,
    "intention_dropped": _OWN,
    "member_news": _OWN,
    "monthly_announced": MailTemplate(Words.STRANGERS, Purpose.SERVICE, conditional=True),
    "monthly_begun": _OWN,
    "monthly_changed": _OWN,
    "monthly_failed": _OWN,
    "monthly_over": _OWN,
    "near_miss_asked": _CHECKED,
    "near_miss_begun": _OWN,
    "near_miss_kept": _OWN,
    "near_miss_over": _OWN,
    "near_miss_over_coach": _OWN,
    "near_miss_plan_due": _CHECKED,
    "near_miss_plan_judged": _OWN,
    "near_miss_plan_waits": _DESK_CHECKED,
    "need_offer_accepted": MailTemplate(Words.STRANGERS, Purpose.SERVICE, secret=True),
    "need_offer_confirm": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "need_offer_thanked": _OWN,
    "need_offer_waits": _OWN,
    "need_offer_withdrawn": _OWN,
    "new_device": _OWN,
    "draft_ends": _CHECKED,
    "draft_waits": _CHECKED,
    "first_gift": _OWN,
    "follow_confirm": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "follow_digest": _DESK,
    "follow_link": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "fund_question_answered": MailTemplate(Words.STRANGERS, Purpose.SERVICE),
    "fund_question_confirm": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "gift_address_confirm": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "gift_address_left": _SECURITY,
    "gift_address_new": _SECURITY,
    "gift_charged_back": _OWN,
    "gift_counts_again": _OWN,
    "gift_digest": MailTemplate(Words.STRANGERS, Purpose.DIGEST, by_choice=True),
    "gift_in_check": MailTemplate(Words.OURS, Purpose.SERVICE),
    "match_amount_fixed": _OWN,
    "match_granted_donor": _OWN,
    "match_let_go_donor": _OWN,
    "match_lowered_donor": _OWN,
    "minimum_reached_donor": _DESK,
    "objection_by_other": _OWN,
    "objection_completed": _OWN,
    "objection_decided": _OWN,
    "objection_extended": _OWN,
    "objection_invitation": _OWN,
    "objection_question": _OWN,
    "objection_received": _OWN,
    "objection_withdrawn": _OWN,
    "officer_news": _OFFICERS,
    "officer_reminder": _OFFICERS,
    "own_data_erased": MailTemplate(Words.OURS, Purpose.SERVICE),
    "own_data_link": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "own_gifts_link": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "paid_out": _OWN,
    "password_changed": _SECURITY,
    "password_set": _SECURITY,
    "paid_out_donor": _DESK_CHECKED,
    "payee_agreed": _OWN,
    "payee_asked": _OWN,
    "payee_changed": _OWN,
    "payee_to_confirm": _OWN,
    "payee_not_agreed": _OWN,
    "payee_proposed": _OWN,
    "payee_refused": _OWN,
    "payee_verified": _OWN,
    "payment_failed": MailTemplate(Words.OURS, Purpose.ATTEMPT, conditional=True),
    "payment_open": MailTemplate(Words.OURS, Purpose.ATTEMPT, conditional=True),
    "payment_pending": MailTemplate(Words.OURS, Purpose.ATTEMPT, conditional=True),
    "payout_returned": _OWN,
    "penalty_determined": _OWN,
    "person_blocked": _OWN,
    "person_unblocked": _OWN,
    "viewing_started": _OWN,
    "place_opened": _OWN,
    "present_over": MailTemplate(
        Words.OURS, Purpose.DIGEST, conditional=True, refused_as="present_told"
    ),
    "present_told": MailTemplate(Words.OURS, Purpose.DIGEST, conditional=True, secret=True),
    "place_wish_confirm": MailTemplate(Words.OURS, Purpose.ATTEMPT, secret=True),
    "last_term_reminder": _OWN,
    "last_term_set": _OWN,
    "plan_request_received": _OWN,
    "proof_asked": _OWN,
    "proof_closed": _OWN,
    "proof_extended": _OWN,
    "proof_received": _OWN,
    "proof_reminder": _OWN,
    "receipt": _OWN,
    "refund_asked": _OWN,
    "refund_failed": _OWN,
    "cash_goes_back": _OWN,
    "refunded": _OWN,
    "review_answered": _OWN,
    "review_waiting": _DESK,
    "role_changed": _OWN,
    "role_confirmed": _OWN,
    "role_ended": _OWN,
    "role_granted": _OWN,
    "role_offered": MailTemplate(Words.OURS, Purpose.SERVICE),
    "role_proposed": _OWN,
    "role_revoked": _OWN,
    "round_divided": _OWN,
    "sign_in": MailTemplate(Words.OURS, Purpose.SIGN_IN, secret=True),
    "staff_news": MailTemplate(Words.STRANGERS, Purpose.DIGEST, conditional=True),
    "staff_invitation": MailTemplate(Words.OURS, Purpose.SERVICE),
    "talk_waits": _CHECKED,
    "term_extended": _OWN,
    "week_numbers": MailTemplate(Words.STRANGERS, Purpose.DIGEST, conditional=True, by_choice=True),
    "logo_refused": _OWN,
    "words_hidden": _OWN,
    "page_words_hidden": _OWN,
    "update_hidden": _OWN,
    "views_asked": _OWN,
    "views_extended": _OWN,
    "views_received": _OWN,
    "views_reminder": _OWN,
}


def mail_template(name: str) -> MailTemplate:
    """What is known of a template. Raises ``LookupError`` for one that is not in the table."""
    try:
        return TEMPLATES[name]
    except KeyError:
        raise LookupError(f"the mail {name!r} is not in mail.templates") from None
