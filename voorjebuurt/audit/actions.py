"""Every action that the audit trail writes, in one grammar: ``subject.verb_in_past``. Pure.

The subject is the noun by which staff filter the trail. Rows are never changed, so what was
written before this grammar keeps its text: ``OLD_ACTIONS`` says which action it means.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Action(StrEnum):
    """What somebody, a job or the payment provider did."""

    ABUSE_REPORT_ACTED_ON = "abuse_report.acted_on"
    ABUSE_REPORT_ANSWERED = "abuse_report.answered"
    ABUSE_REPORT_ASKED = "abuse_report.asked"
    ABUSE_REPORT_DISMISSED = "abuse_report.dismissed"
    ABUSE_REPORT_PAUSED = "abuse_report.paused"
    ABUSE_REPORT_PUT_BACK = "abuse_report.put_back"
    ABUSE_REPORT_PROOF_ADDED = "abuse_report.proof_added"
    ABUSE_REPORT_PROOF_OPENED = "abuse_report.proof_opened"
    ABUSE_REPORT_RECEIVED = "abuse_report.received"
    ABUSE_REPORT_TAKEN = "abuse_report.taken"

    ALERT_RESOLVED = "alert.resolved"

    APPLICATION_ACCOUNTED = "application.accounted"
    APPLICATION_ACCOUNT_REOPENED = "application.account_reopened"
    APPLICATION_ADMITTED = "application.admitted"
    APPLICATION_AREAS_CHANGED = "application.areas_changed"
    APPLICATION_ASSIGNED = "application.assigned"
    APPLICATION_AWARDED = "application.awarded"
    APPLICATION_CHANGED = "application.changed"
    APPLICATION_CHECKED = "application.checked"
    APPLICATION_COMPLETED = "application.completed"
    APPLICATION_COMPLETION_ASKED = "application.completion_asked"
    APPLICATION_DEFAULT_REGISTERED = "application.default_registered"
    APPLICATION_DETERMINED = "application.determined"
    APPLICATION_EXPIRED = "application.expired"
    APPLICATION_EXTENDED = "application.extended"
    APPLICATION_GROUPS_VERIFIED = "application.groups_verified"
    APPLICATION_LAST_TERM_SET = "application.last_term_set"
    APPLICATION_LOT_DRAWN = "application.lot_drawn"
    APPLICATION_PLAN_CHANGE_ASKED = "application.plan_change_asked"
    APPLICATION_PLAN_REQUEST_WITHDRAWN = "application.plan_request_withdrawn"
    APPLICATION_PROOF_ASKED = "application.proof_asked"
    APPLICATION_PROOF_CLOSED = "application.proof_closed"
    APPLICATION_PROOF_EXTENDED = "application.proof_extended"
    APPLICATION_PROOF_RECEIVED = "application.proof_received"
    APPLICATION_HANDED_OVER = "application.handed_over"
    APPLICATION_INTENTION_DROPPED = "application.intention_dropped"
    APPLICATION_LAPSED = "application.lapsed"
    APPLICATION_NOTED = "application.noted"
    APPLICATION_PAPER_REGISTERED = "application.paper_registered"
    APPLICATION_PENALTY_DETERMINED = "application.penalty_determined"
    APPLICATION_PENALTY_PAID = "application.penalty_paid"
    APPLICATION_PENALTY_PROPOSED = "application.penalty_proposed"
    APPLICATION_PROPOSED = "application.proposed"
    APPLICATION_REFUSAL_PROPOSED = "application.refusal_proposed"
    APPLICATION_REFUSED = "application.refused"
    APPLICATION_REOPENED = "application.reopened"
    APPLICATION_REOPENED_UNADMITTED = "application.reopened_unadmitted"
    APPLICATION_RETURNED = "application.returned"
    APPLICATION_RETURNED_UNADMITTED = "application.returned_unadmitted"
    APPLICATION_REVOKED = "application.revoked"
    APPLICATION_SCORED = "application.scored"
    APPLICATION_SUBMITTED = "application.submitted"
    APPLICATION_TEAM_CHANGED = "application.team_changed"
    APPLICATION_VIEWS_ASKED = "application.views_asked"
    APPLICATION_VIEWS_EXTENDED = "application.views_extended"
    APPLICATION_VIEWS_RECEIVED = "application.views_received"
    APPLICATION_WITHDRAWN = "application.withdrawn"

    ATTACHMENT_REFUSED = "attachment.refused"
    ATTACHMENT_SUBMITTED = "attachment.submitted"

    BANK_FILE_CREATED = "bank_file.created"
    BANK_FILE_DOWNLOADED = "bank_file.downloaded"

    CAMPAIGN_CANCELLED = "campaign.cancelled"
    CAMPAIGN_CLOSING_STARTED = "campaign.closing_started"
    CAMPAIGN_CORRECTED = "campaign.corrected"
    CAMPAIGN_CORRECTION_HIDDEN = "campaign.correction_hidden"
    CAMPAIGN_DRAFTED = "campaign.drafted"
    CAMPAIGN_EDITED = "campaign.edited"
    CAMPAIGN_ERASED = "campaign.erased"
    CAMPAIGN_CLAIMED = "campaign.claimed"
    CAMPAIGN_EXTENDED = "campaign.extended"
    CAMPAIGN_FAILED = "campaign.failed"
    CAMPAIGN_FELL_BACK = "campaign.fell_back"
    CAMPAIGN_HELP_ACCEPTED = "campaign.help_accepted"
    CAMPAIGN_CASH_ASKED_BACK = "campaign.cash_asked_back"
    CAMPAIGN_CASH_BOOKED = "campaign.cash_booked"
    CAMPAIGN_CASH_CONFIRMED = "campaign.cash_confirmed"
    CAMPAIGN_CASH_COUNTED = "campaign.cash_counted"
    CAMPAIGN_CASH_DEPOSITED = "campaign.cash_deposited"
    CAMPAIGN_CASH_DISMISSED = "campaign.cash_dismissed"
    CAMPAIGN_CASH_ENTERED = "campaign.cash_entered"
    CAMPAIGN_CASH_HANDED_BACK = "campaign.cash_handed_back"
    CAMPAIGN_CASH_HELPER_ASKED = "campaign.cash_helper_asked"
    CAMPAIGN_CASH_HELPER_ENDED = "campaign.cash_helper_ended"
    CAMPAIGN_CASH_HELPER_JOINED = "campaign.cash_helper_joined"
    CAMPAIGN_CASH_REFUSED = "campaign.cash_refused"
    CAMPAIGN_CASH_RETURN_DROPPED = "campaign.cash_return_dropped"
    CAMPAIGN_CASH_RETURN_PROPOSED = "campaign.cash_return_proposed"
    CAMPAIGN_CASH_RETURN_RELEASED = "campaign.cash_return_released"
    CAMPAIGN_CASH_REVERSAL_DROPPED = "campaign.cash_reversal_dropped"
    CAMPAIGN_CASH_REVERSAL_PROPOSED = "campaign.cash_reversal_proposed"
    CAMPAIGN_CASH_REVERSAL_RELEASED = "campaign.cash_reversal_released"
    CAMPAIGN_CASH_SEEN = "campaign.cash_seen"
    CAMPAIGN_CASH_UNCOUNTED = "campaign.cash_uncounted"
    CAMPAIGN_CASH_VOIDED = "campaign.cash_voided"
    CAMPAIGN_CASH_WITHDRAWN = "campaign.cash_withdrawn"
    CAMPAIGN_DESK_GIFT_MADE = "campaign.desk_gift_made"
    CAMPAIGN_DESK_LETTER_TOLD = "campaign.desk_letter_told"
    CAMPAIGN_HELP_OFFERED = "campaign.help_offered"
    CAMPAIGN_HELP_THANKED = "campaign.help_thanked"
    CAMPAIGN_HELP_WITHDRAWN = "campaign.help_withdrawn"
    CAMPAIGN_HOURS_CONFIRMED = "campaign.hours_confirmed"
    CAMPAIGN_HANDED_OVER = "campaign.handed_over"
    CAMPAIGN_HANDOVER_ASKED = "campaign.handover_asked"
    CAMPAIGN_HANDOVER_DROPPED = "campaign.handover_dropped"
    CAMPAIGN_INVITATION_ACCEPTED = "campaign.invitation_accepted"
    CAMPAIGN_INVITATION_REFUSED = "campaign.invitation_refused"
    CAMPAIGN_INVITATION_SENT = "campaign.invitation_sent"
    CAMPAIGN_INVITATION_WITHDRAWN = "campaign.invitation_withdrawn"
    CAMPAIGN_MEMBER_LEFT = "campaign.member_left"
    CAMPAIGN_NEED_ADDED = "campaign.need_added"
    CAMPAIGN_NEED_REMOVED = "campaign.need_removed"
    CAMPAIGN_NEED_STOPPED = "campaign.need_stopped"
    CAMPAIGN_NEARLY_MISSED = "campaign.nearly_missed"
    CAMPAIGN_OPENED = "campaign.opened"
    CAMPAIGN_PAID_OUT = "campaign.paid_out"
    CAMPAIGN_PICTURES_CHANGED = "campaign.pictures_changed"
    CAMPAIGN_PLAN_APPROVED = "campaign.plan_approved"
    CAMPAIGN_PLAN_RETURNED = "campaign.plan_returned"
    CAMPAIGN_PLAN_SENT = "campaign.plan_sent"
    CAMPAIGN_CHOICE_CLOSED = "campaign.choice_closed"
    CAMPAIGN_PAYOUT_REOPENED = "campaign.payout_reopened"
    CAMPAIGN_GIFTS_DOWNLOADED = "campaign.gifts_downloaded"
    CAMPAIGN_DONORS_THANKED = "campaign.donors_thanked"
    CAMPAIGN_THANKS_HIDDEN = "campaign.thanks_hidden"
    CAMPAIGN_COACH_EDITED = "campaign.coach_edited"
    CAMPAIGN_COACH_EDIT_ANSWERED = "campaign.coach_edit_answered"
    CAMPAIGN_FUNDER_ANSWERED = "campaign.funder_answered"
    CAMPAIGN_FUNDER_LINK_MADE = "campaign.funder_link_made"
    CAMPAIGN_FUNDER_LINK_REVOKED = "campaign.funder_link_revoked"
    CAMPAIGN_FUNDER_REMARKED = "campaign.funder_remarked"
    CAMPAIGN_FUNDER_REMARK_REMOVED = "campaign.funder_remark_removed"
    CAMPAIGN_REVIEW_PUT_BACK = "campaign.review_put_back"
    CAMPAIGN_REVIEW_TAKEN = "campaign.review_taken"
    CAMPAIGN_QUESTION_ANSWERED = "campaign.question_answered"
    CAMPAIGN_QUESTION_HIDDEN = "campaign.question_hidden"
    CAMPAIGN_QUESTION_SHOWN = "campaign.question_shown"
    CAMPAIGN_UPDATE_CORRECTED = "campaign.update_corrected"
    CAMPAIGN_UPDATE_HIDDEN = "campaign.update_hidden"
    CAMPAIGN_UPDATE_PUBLISHED = "campaign.update_published"
    CAMPAIGN_UPDATE_SHOWN = "campaign.update_shown"
    CAMPAIGN_UPDATE_WITHDRAWN = "campaign.update_withdrawn"
    CAMPAIGN_PLEDGES_RESUMED = "campaign.pledges_resumed"
    CAMPAIGN_PLEDGES_STOPPED = "campaign.pledges_stopped"
    CAMPAIGN_REJECTED = "campaign.rejected"
    CAMPAIGN_REWARD_ADDED = "campaign.reward_added"
    CAMPAIGN_REWARD_REMOVED = "campaign.reward_removed"
    CAMPAIGN_REWARD_STOPPED = "campaign.reward_stopped"
    CAMPAIGN_SENT_BACK = "campaign.sent_back"
    CAMPAIGN_STOP_HIDDEN = "campaign.stop_hidden"
    CAMPAIGN_SUBMITTED = "campaign.submitted"
    CAMPAIGN_SUCCEEDED = "campaign.succeeded"
    CAMPAIGN_WITHDRAWN = "campaign.withdrawn"

    DECISION_APPROVED = "decision.approved"
    DECISION_DISMISSED = "decision.dismissed"
    DECISION_POSTED = "decision.posted"
    DECISION_PROPOSED = "decision.proposed"
    DECISION_RECALLED = "decision.recalled"
    DECISION_SENT = "decision.sent"

    DELEGATION_ENDED = "delegation.ended"
    DELEGATION_MADE = "delegation.made"

    DEMO_LOADED = "demo.loaded"
    DEMO_STARTED = "demo.started"

    FUND_CHANGED = "fund.changed"
    FUND_CLOSED = "fund.closed"
    FUND_CREATED = "fund.created"
    FUND_DIVIDED = "fund.divided"
    FUND_MONEY_RECEIVED = "fund.money_received"
    FUND_MONEY_REVERSED = "fund.money_reversed"
    FUND_OPENED = "fund.opened"
    FUND_PUBLISHED = "fund.published"
    FUND_QUESTION_ANSWERED = "fund.question_answered"
    FUND_REHEARSED = "fund.rehearsed"
    FUND_REVISED = "fund.revised"
    FUND_ARRANGEMENTS_SAVED = "fund.arrangements_saved"
    FUND_RULES_SAVED = "fund.rules_saved"
    FUND_RETURN_CANCELLED = "fund.return_cancelled"
    FUND_RETURN_EXECUTED = "fund.return_executed"
    FUND_RETURN_EXPORTED = "fund.return_exported"
    FUND_RETURN_PROPOSED = "fund.return_proposed"
    FUND_RETURN_REFUSED = "fund.return_refused"
    FUND_RETURN_RELEASED = "fund.return_released"
    FUND_SETTLED = "fund.settled"
    FUND_SETTLED_LIVE = "fund.settled_live"
    FUND_TEAM_CHANGED = "fund.team_changed"
    FUND_VERSION_PUBLISHED = "fund.version_published"
    FUND_WITHDRAWN = "fund.withdrawn"

    MAIL_SENT_AGAIN = "mail.sent_again"
    MAIL_SUBSCRIBED = "mail.subscribed"
    MAIL_UNSUBSCRIBED = "mail.unsubscribed"

    MATCH_AWARDED = "match.awarded"
    MATCH_CLAIMED = "match.claimed"
    MATCH_CLAWBACK_RECEIVED = "match.clawback_received"
    MATCH_CLAWBACK_REVERSED = "match.clawback_reversed"
    MATCH_CLAWBACK_UNDONE = "match.clawback_undone"
    MATCH_CLAWED_BACK = "match.clawed_back"
    MATCH_COMMITTED = "match.committed"
    MATCH_COMPUTED_AGAIN = "match.computed_again"
    MATCH_FIXED = "match.fixed"
    MATCH_INTEREST_LAID_DOWN = "match.interest_laid_down"
    MATCH_INTEREST_OWED = "match.interest_owed"
    MATCH_INTEREST_OWED_UNDONE = "match.interest_owed_undone"
    MATCH_INTEREST_WRITTEN_OFF = "match.interest_written_off"
    MATCH_LOWERED = "match.lowered"
    MATCH_MOVED = "match.moved"
    MATCH_OPENED = "match.opened"
    MATCH_PROMISED_AGAIN = "match.promised_again"
    MATCH_RECEIVED = "match.received"
    MATCH_RELEASED = "match.released"
    MATCH_REOPENED = "match.reopened"
    MATCH_STARTED = "match.started"

    MUNICIPALITY_ADDED = "municipality.added"
    MUNICIPALITY_BUDGET_ADOPTED = "municipality.budget_adopted"

    OBJECTION_APPEAL_REGISTERED = "objection.appeal_registered"
    OBJECTION_DECLARED_INADMISSIBLE = "objection.declared_inadmissible"
    OBJECTION_EXTENDED = "objection.extended"
    OBJECTION_JUDGMENT_REGISTERED = "objection.judgment_registered"
    OBJECTION_PARTLY_UPHELD = "objection.partly_upheld"
    OBJECTION_RECEIVED = "objection.received"
    OBJECTION_REJECTED = "objection.rejected"
    OBJECTION_REOPENED = "objection.reopened"
    OBJECTION_RULING_APPROVED = "objection.ruling_approved"
    OBJECTION_RULING_PROPOSED = "objection.ruling_proposed"
    OBJECTION_RULING_RETURNED = "objection.ruling_returned"
    OBJECTION_RULING_SENT = "objection.ruling_sent"
    OBJECTION_STEP_RECORDED = "objection.step_recorded"
    OBJECTION_UPHELD = "objection.upheld"
    OBJECTION_WITHDRAWN = "objection.withdrawn"

    OWN_WORDS_APPROVED = "own_words.approved"
    OWN_WORDS_BEGUN = "own_words.begun"
    OWN_WORDS_DROPPED = "own_words.dropped"
    OWN_WORDS_PROPOSED = "own_words.proposed"
    OWN_WORDS_RETURNED = "own_words.returned"
    OWN_WORDS_WRITTEN = "own_words.written"

    PAYEE_CHECK_TICKED = "payee_check.ticked"
    PAYEE_CHECK_WAIVED = "payee_check.waived"
    PAYEE_CHECK_WAIVER_ASKED = "payee_check.waiver_asked"
    PAYEE_CHECK_WAIVER_REFUSED = "payee_check.waiver_refused"

    PAYEE_DROPPED = "payee.dropped"
    PAYEE_PROPOSED = "payee.proposed"
    PAYEE_REFUSED = "payee.refused"
    PAYEE_REPLACED = "payee.replaced"
    PAYEE_SUBMITTED = "payee.submitted"
    PAYEE_VERIFIED = "payee.verified"

    PAYMENT_ABANDONED = "payment.abandoned"
    PAYMENT_AUTHORIZED = "payment.authorized"
    PAYMENT_CANCELED = "payment.canceled"
    PAYMENT_EXPIRED = "payment.expired"
    PAYMENT_FAILED = "payment.failed"
    PAYMENT_OPENED = "payment.opened"
    PAYMENT_PAID = "payment.paid"
    PAYMENT_PROCESSING_STARTED = "payment.processing_started"
    PAYMENT_RESTORED = "payment.restored"
    PAYMENT_STARTED = "payment.started"
    PAYMENT_TWIN_FOUND = "payment.twin_found"

    PAYOUT_CANCELLED = "payout.cancelled"
    PAYOUT_EXECUTED = "payout.executed"
    PAYOUT_EXPORTED = "payout.exported"
    PAYOUT_PROPOSED = "payout.proposed"
    PAYOUT_RELEASED = "payout.released"
    PAYOUT_RETURNED = "payout.returned"

    PERSON_ADDED = "person.added"
    PERSON_ADDRESS_CHANGED = "person.address_changed"
    PERSON_ADDRESS_CHANGE_APPROVED = "person.address_change_approved"
    PERSON_ADDRESS_CHANGE_ASKED = "person.address_change_asked"
    PERSON_ADDRESS_CHANGE_STOPPED = "person.address_change_stopped"
    PERSON_ADDRESS_CHANGE_WITHDRAWN = "person.address_change_withdrawn"
    PERSON_BLOCKED = "person.blocked"
    PERSON_CALENDAR_ENDED = "person.calendar_ended"
    PERSON_CALENDAR_SHARED = "person.calendar_shared"
    PERSON_ERASED = "person.erased"
    PERSON_MAIL_CHOSEN = "person.mail_chosen"
    PERSON_FACTOR_ADDED = "person.factor_added"
    PERSON_FACTOR_CLEARED = "person.factor_cleared"
    PERSON_FACTOR_REMOVED = "person.factor_removed"
    PERSON_PASSKEY_ADDED = "person.passkey_added"
    PERSON_PASSKEY_REMOVED = "person.passkey_removed"
    PERSON_PASSWORD_SET = "person.password_set"  # noqa: S105 (no password)
    PERSON_PROFILE_CHANGED = "person.profile_changed"
    PERSON_RECOVERY_CODES_RENEWED = "person.recovery_codes_renewed"
    PERSON_RECOVERY_CODE_USED = "person.recovery_code_used"
    PERSON_SESSIONS_ENDED = "person.sessions_ended"
    PERSON_SESSION_ENDED = "person.session_ended"
    PERSON_SIGNED_IN = "person.signed_in"
    PERSON_UNBLOCKED = "person.unblocked"
    PERSON_VIEWING_ENDED = "person.viewing_ended"
    PERSON_VIEWING_STARTED = "person.viewing_started"

    PLACE_IMPORT_ASKED = "place_import.asked"
    PLACE_IMPORT_DONE = "place_import.done"
    PLACE_IMPORT_REFUSED = "place_import.refused"
    PLACE_IMPORT_ROLLED_BACK = "place_import.rolled_back"

    PLEDGE_ANSWERED = "pledge.answered"
    PLEDGE_BOOKED = "pledge.booked"
    PLEDGE_CHANGED = "pledge.changed"
    PLEDGE_ERASED = "pledge.erased"
    PLEDGE_LOGO_APPROVED = "pledge.logo_approved"
    PLEDGE_LOGO_REFUSED = "pledge.logo_refused"
    PLEDGE_LOGO_SENT = "pledge.logo_sent"
    PLEDGE_LOGO_WITHDRAWN = "pledge.logo_withdrawn"
    PLEDGE_MADE = "pledge.made"
    PLEDGE_MONTHLY_CHANGED = "pledge.monthly_changed"
    PLEDGE_MONTHLY_CHOSEN = "pledge.monthly_chosen"
    PLEDGE_MONTHLY_COLLECTED = "pledge.monthly_collected"
    PLEDGE_MONTHLY_ENDED = "pledge.monthly_ended"
    PLEDGE_MONTHLY_FAILED = "pledge.monthly_failed"
    PLEDGE_MONTHLY_PAUSED = "pledge.monthly_paused"
    PLEDGE_MONTHLY_RESUMED = "pledge.monthly_resumed"
    PLEDGE_MONTHLY_STARTED = "pledge.monthly_started"
    PLEDGE_REWARD_DELIVERED = "pledge.reward_delivered"
    PLEDGE_REWARD_GRANTED = "pledge.reward_granted"
    PLEDGE_REWARD_LACKED = "pledge.reward_lacked"
    PLEDGE_REWARD_UNDELIVERED = "pledge.reward_undelivered"
    PLEDGE_WORDS_HIDDEN = "pledge.words_hidden"
    PLEDGE_WORDS_SHOWN = "pledge.words_shown"

    DEPOSIT_DISMISSED = "deposit.dismissed"
    DEPOSIT_DISPUTED = "deposit.disputed"
    DEPOSIT_ENTERED = "deposit.entered"
    DEPOSIT_UPHELD = "deposit.upheld"

    REFUND_ASKED = "refund.asked"

    REHEARSAL_ASKED = "rehearsal.asked"
    REHEARSAL_DONE = "rehearsal.done"
    REHEARSAL_FAILED = "rehearsal.failed"

    ROLE_CHANGED = "role.changed"
    ROLE_GRANTED = "role.granted"
    ROLE_PROPOSED = "role.proposed"
    ROLE_PROPOSAL_DISMISSED = "role.proposal_dismissed"
    ROLE_REVOKED = "role.revoked"

    SIGN_IN_LINK_REQUESTED = "sign_in_link.requested"

    STAKE_DECLARED = "stake.declared"

    TEAM_CHANGED = "team.changed"
    TEAM_ENDED = "team.ended"
    TEAM_MADE = "team.made"

    UNMATCHED_GIVER_NAMED = "unmatched_giver.named"
    UNMATCHED_GIVER_REMOVED = "unmatched_giver.removed"

    @property
    def topic(self) -> str:
        """The noun before the dot: ``payout`` of ``payout.released``."""
        return self.value.partition(".")[0]


OLD_ACTIONS: Mapping[str, Action] = {
    "application.account": Action.APPLICATION_ACCOUNTED,
    "application.admit": Action.APPLICATION_ADMITTED,
    "application.ask_completion": Action.APPLICATION_COMPLETION_ASKED,
    "application.award": Action.APPLICATION_AWARDED,
    "application.complete": Action.APPLICATION_COMPLETED,
    "application.determine": Action.APPLICATION_DETERMINED,
    "application.expire": Action.APPLICATION_EXPIRED,
    "application.lapse": Action.APPLICATION_LAPSED,
    "application.propose": Action.APPLICATION_PROPOSED,
    "application.propose_refusal": Action.APPLICATION_REFUSAL_PROPOSED,
    "application.refuse": Action.APPLICATION_REFUSED,
    "application.reopen": Action.APPLICATION_REOPENED,
    "application.reopen_account": Action.APPLICATION_ACCOUNT_REOPENED,
    "application.reopen_unadmitted": Action.APPLICATION_REOPENED_UNADMITTED,
    "application.return": Action.APPLICATION_RETURNED,
    "application.return_unadmitted": Action.APPLICATION_RETURNED_UNADMITTED,
    "application.revoke": Action.APPLICATION_REVOKED,
    "application.withdraw": Action.APPLICATION_WITHDRAWN,
    "campaign.cancel": Action.CAMPAIGN_CANCELLED,
    "campaign.fail": Action.CAMPAIGN_FAILED,
    "campaign.nearly_miss": Action.CAMPAIGN_NEARLY_MISSED,
    "campaign.open": Action.CAMPAIGN_OPENED,
    "campaign.pay_out": Action.CAMPAIGN_PAID_OUT,
    "campaign.reject": Action.CAMPAIGN_REJECTED,
    "campaign.reopen_payout": Action.CAMPAIGN_PAYOUT_REOPENED,
    "campaign.send_back": Action.CAMPAIGN_SENT_BACK,
    "campaign.start_closing": Action.CAMPAIGN_CLOSING_STARTED,
    "campaign.submit": Action.CAMPAIGN_SUBMITTED,
    "campaign.succeed": Action.CAMPAIGN_SUCCEEDED,
    "campaign.withdraw": Action.CAMPAIGN_WITHDRAWN,
    "decision.approve": Action.DECISION_APPROVED,
    "decision.dismiss": Action.DECISION_DISMISSED,
    "decision.propose": Action.DECISION_PROPOSED,
    "decision.recall": Action.DECISION_RECALLED,
    "decision.send": Action.DECISION_SENT,
    "fund.close": Action.FUND_CLOSED,
    "fund.divide": Action.FUND_DIVIDED,
    "fund.open": Action.FUND_OPENED,
    "fund.publish": Action.FUND_PUBLISHED,
    "fund.rehearse": Action.FUND_REHEARSED,
    "fund.revise": Action.FUND_REVISED,
    "fund.settle": Action.FUND_SETTLED,
    "fund.settle_live": Action.FUND_SETTLED_LIVE,
    "fund.withdraw": Action.FUND_WITHDRAWN,
    "objection.declare_inadmissible": Action.OBJECTION_DECLARED_INADMISSIBLE,
    "objection.reject": Action.OBJECTION_REJECTED,
    "objection.uphold": Action.OBJECTION_UPHELD,
    "objection.withdraw": Action.OBJECTION_WITHDRAWN,
    "payment.open": Action.PAYMENT_OPENED,
    "payment.pending": Action.PAYMENT_PROCESSING_STARTED,
    "unmatched.named": Action.UNMATCHED_GIVER_NAMED,
    "unmatched.removed": Action.UNMATCHED_GIVER_REMOVED,
}
"""Texts that stand in rows from before the grammar."""

_BY_TEXT: Mapping[str, Action] = {**OLD_ACTIONS, **{action.value: action for action in Action}}


def action_of(text: str) -> Action | None:
    """The action that a row's text means, old or new; None for a text that was never written."""
    return _BY_TEXT.get(text)


def texts_of(actions: Iterable[Action]) -> frozenset[str]:
    """Every text, old and new, under which rows of these actions stand."""
    actions = frozenset(actions)
    return frozenset(text for text, action in _BY_TEXT.items() if action in actions)
