"""What the deeds in the audit trail and the kinds of alert are called."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.audit.actions import Action, action_of
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.web.words.case_labels import CASE_ACTIONS, CASE_ALERTS, CASE_TOPICS
from voorjebuurt.web.words.fund_labels import FUND_ACTIONS, FUND_TOPICS
from voorjebuurt.web.words.messages import MESSAGES

_l = lazy_gettext

ACTIONS: Mapping[Action, LazyString] = {
    **CASE_ACTIONS,
    **FUND_ACTIONS,
    Action.ABUSE_REPORT_ACTED_ON: _l("Acted on a report of abuse"),
    Action.ABUSE_REPORT_ANSWERED: _l("Who reported abuse answered"),
    Action.ABUSE_REPORT_ASKED: _l("Asked who reported abuse for more"),
    Action.ABUSE_REPORT_DISMISSED: _l("Dismissed a report of abuse"),
    Action.ABUSE_REPORT_PAUSED: _l("Stopped giving because of a report of abuse"),
    Action.ABUSE_REPORT_PUT_BACK: _l("Put a report of abuse back"),
    Action.ABUSE_REPORT_PROOF_ADDED: _l("Added a file to a report of abuse"),
    Action.ABUSE_REPORT_PROOF_OPENED: _l("Opened a file of a report of abuse"),
    Action.ABUSE_REPORT_RECEIVED: _l("Somebody reported abuse"),
    Action.ABUSE_REPORT_TAKEN: _l("Took a report of abuse"),
    Action.ALERT_RESOLVED: _l("Dealt with an alert"),
    Action.BANK_FILE_CREATED: _l("Made a bank file"),
    Action.BANK_FILE_DOWNLOADED: _l("Downloaded a bank file"),
    Action.CAMPAIGN_CANCELLED: _l("Stopped a campaign"),
    Action.CAMPAIGN_CORRECTED: _l("Corrected the page of a campaign"),
    Action.CAMPAIGN_CORRECTION_HIDDEN: _l("Hid what a page said before"),
    Action.CAMPAIGN_DRAFTED: _l("Began a campaign"),
    Action.CAMPAIGN_EDITED: _l("Changed a campaign"),
    Action.CAMPAIGN_ERASED: _l("Erased a draft that nobody changed for a long time"),
    Action.CAMPAIGN_CLAIMED: _l("Confirmed that a draft is theirs"),
    Action.CAMPAIGN_CHOICE_CLOSED: _l("The choices of donors are over"),
    Action.CAMPAIGN_FELL_BACK: _l("Campaign lost its minimum after it had succeeded"),
    Action.CAMPAIGN_PICTURES_CHANGED: _l("Changed pictures or video of a campaign"),
    Action.CAMPAIGN_PLAN_APPROVED: _l("Approved a changed plan"),
    Action.CAMPAIGN_PLAN_RETURNED: _l("Sent a changed plan back"),
    Action.CAMPAIGN_PLAN_SENT: _l("Sent in a changed plan"),
    Action.CAMPAIGN_EXTENDED: _l("Moved the last day of a campaign"),
    Action.CAMPAIGN_STOP_HIDDEN: _l("Hid why a campaign was stopped"),
    Action.CAMPAIGN_FAILED: _l("Campaign did not raise enough"),
    Action.CAMPAIGN_HELP_ACCEPTED: _l("Accepted help"),
    Action.CAMPAIGN_HELP_OFFERED: _l("Somebody offered help"),
    Action.CAMPAIGN_HELP_THANKED: _l("Thanked for help that is not needed"),
    Action.CAMPAIGN_HELP_WITHDRAWN: _l("Somebody took an offer of help back"),
    Action.CAMPAIGN_HOURS_CONFIRMED: _l("Confirmed hours of help"),
    Action.CAMPAIGN_HANDED_OVER: _l("Signs for the campaign now"),
    Action.CAMPAIGN_HANDOVER_ASKED: _l("Asked another to sign for the campaign"),
    Action.CAMPAIGN_HANDOVER_DROPPED: _l("Did not hand the campaign over"),
    Action.CAMPAIGN_INVITATION_ACCEPTED: _l("Joined as an initiator"),
    Action.CAMPAIGN_INVITATION_REFUSED: _l("Said no to an invitation"),
    Action.CAMPAIGN_INVITATION_SENT: _l("Invited somebody as an initiator"),
    Action.CAMPAIGN_INVITATION_WITHDRAWN: _l("Withdrew an invitation"),
    Action.CAMPAIGN_MEMBER_LEFT: _l("Stopped as an initiator"),
    Action.CAMPAIGN_CASH_ASKED_BACK: _l("Asked cash back"),
    Action.CAMPAIGN_CASH_BOOKED: _l("Booked cash that came to the bank"),
    Action.CAMPAIGN_CASH_CONFIRMED: _l("Confirmed cash"),
    Action.CAMPAIGN_CASH_COUNTED: _l("Let a deposit of cash count"),
    Action.CAMPAIGN_CASH_DEPOSITED: _l("Announced a deposit of cash"),
    Action.CAMPAIGN_CASH_DISMISSED: _l("Dismissed a deposit of cash"),
    Action.CAMPAIGN_CASH_ENTERED: _l("Entered cash"),
    Action.CAMPAIGN_CASH_HANDED_BACK: _l("Gave cash back"),
    Action.CAMPAIGN_CASH_HELPER_ASKED: _l("Made a link for somebody who collects"),
    Action.CAMPAIGN_CASH_HELPER_ENDED: _l("Let somebody collect no longer"),
    Action.CAMPAIGN_CASH_HELPER_JOINED: _l("Became somebody who collects"),
    Action.CAMPAIGN_CASH_REFUSED: _l("A deposit of cash came too late"),
    Action.CAMPAIGN_CASH_RETURN_DROPPED: _l("Took back a return of cash"),
    Action.CAMPAIGN_CASH_RETURN_PROPOSED: _l("Proposed to transfer cash back"),
    Action.CAMPAIGN_CASH_RETURN_RELEASED: _l("Transferred cash back"),
    Action.CAMPAIGN_CASH_REVERSAL_DROPPED: _l("Took back a reversal of cash"),
    Action.CAMPAIGN_CASH_REVERSAL_PROPOSED: _l("Proposed to reverse an arrival of cash"),
    Action.CAMPAIGN_CASH_REVERSAL_RELEASED: _l("Reversed an arrival of cash"),
    Action.CAMPAIGN_DESK_GIFT_MADE: _l("Made a gift at the desk"),
    Action.CAMPAIGN_DESK_LETTER_TOLD: _l("Told a donor by hand"),
    Action.CAMPAIGN_CASH_SEEN: _l("Entered cash that came to the bank"),
    Action.CAMPAIGN_CASH_UNCOUNTED: _l("Let cash count no longer"),
    Action.CAMPAIGN_CASH_VOIDED: _l("Crossed out cash"),
    Action.CAMPAIGN_CASH_WITHDRAWN: _l("Withdrew a deposit of cash"),
    Action.CAMPAIGN_NEED_ADDED: _l("Asked for help"),
    Action.CAMPAIGN_NEED_REMOVED: _l("Removed a question for help from a plan"),
    Action.CAMPAIGN_NEED_STOPPED: _l("Asks for this help no longer"),
    Action.CAMPAIGN_NEARLY_MISSED: _l("Campaign almost made it"),
    Action.CAMPAIGN_OPENED: _l("Opened a campaign"),
    Action.CAMPAIGN_PAID_OUT: _l("Campaign was paid out"),
    Action.CAMPAIGN_PLEDGES_RESUMED: _l("Allowed giving again"),
    Action.CAMPAIGN_PLEDGES_STOPPED: _l("Stopped giving"),
    Action.CAMPAIGN_REJECTED: _l("Rejected a campaign"),
    Action.CAMPAIGN_GIFTS_DOWNLOADED: _l("Downloaded the list of gifts"),
    Action.CAMPAIGN_DONORS_THANKED: _l("Thanked donors"),
    Action.CAMPAIGN_THANKS_HIDDEN: _l("Stopped thanks to donors"),
    Action.CAMPAIGN_COACH_EDITED: _l("Bettered the words of a plan"),
    Action.CAMPAIGN_COACH_EDIT_ANSWERED: _l("Answered a change of a coach"),
    Action.CAMPAIGN_FUNDER_ANSWERED: _l("Answered a remark of a funder"),
    Action.CAMPAIGN_FUNDER_LINK_MADE: _l("Made a link for a funder"),
    Action.CAMPAIGN_FUNDER_LINK_REVOKED: _l("Closed the link of a funder"),
    Action.CAMPAIGN_FUNDER_REMARKED: _l("Remarked something by a link"),
    Action.CAMPAIGN_FUNDER_REMARK_REMOVED: _l("Removed a remark of a funder"),
    Action.CAMPAIGN_REVIEW_PUT_BACK: _l("Put a plan back for another coach"),
    Action.CAMPAIGN_REVIEW_TAKEN: _l("Took a plan to review it"),
    Action.CAMPAIGN_QUESTION_ANSWERED: _l("Answered a question about a campaign"),
    Action.CAMPAIGN_QUESTION_HIDDEN: _l("Hid a question about a campaign"),
    Action.CAMPAIGN_QUESTION_SHOWN: _l("Showed a question about a campaign again"),
    Action.CAMPAIGN_UPDATE_CORRECTED: _l("Corrected an update of a campaign"),
    Action.CAMPAIGN_UPDATE_HIDDEN: _l("Hid an update of a campaign"),
    Action.CAMPAIGN_UPDATE_PUBLISHED: _l("Published an update of a campaign"),
    Action.CAMPAIGN_UPDATE_SHOWN: _l("Showed an update of a campaign again"),
    Action.CAMPAIGN_UPDATE_WITHDRAWN: _l("Took an update of a campaign back"),
    Action.CAMPAIGN_PAYOUT_REOPENED: _l("More money to pay out"),
    Action.CAMPAIGN_REWARD_ADDED: _l("Added a reward for donors"),
    Action.CAMPAIGN_REWARD_REMOVED: _l("Removed a reward from a plan"),
    Action.CAMPAIGN_REWARD_STOPPED: _l("Stopped giving a reward"),
    Action.CAMPAIGN_SENT_BACK: _l("Sent a campaign back"),
    Action.CAMPAIGN_CLOSING_STARTED: _l("Campaign reached its last day"),
    Action.CAMPAIGN_SUBMITTED: _l("Sent in a campaign"),
    Action.CAMPAIGN_SUCCEEDED: _l("Campaign succeeded"),
    Action.CAMPAIGN_WITHDRAWN: _l("Withdrew a campaign"),
    Action.DEMO_LOADED: _l("Finished loading the demo"),
    Action.DEMO_STARTED: _l("Began loading the demo"),
    Action.FUND_RETURN_CANCELLED: _l("Cancelled paying back what was left"),
    Action.FUND_RETURN_EXECUTED: _l("What was left is back at the municipality"),
    Action.FUND_RETURN_EXPORTED: _l("Put what was left into a bank file"),
    Action.FUND_RETURN_PROPOSED: _l("Proposed to pay back what was left"),
    Action.FUND_RETURN_REFUSED: _l("What was left came back from the bank"),
    Action.FUND_RETURN_RELEASED: _l("Released paying back what was left"),
    Action.FUND_MONEY_RECEIVED: _l("Money of a municipality came in"),
    Action.FUND_MONEY_REVERSED: _l("Took money of a municipality out of the books again"),
    Action.MAIL_SENT_AGAIN: _l("Sent a mail again"),
    Action.MAIL_SUBSCRIBED: _l("Wants a kind of mail again"),
    Action.MAIL_UNSUBSCRIBED: _l("Unsubscribed from a kind of mail"),
    Action.MATCH_AWARDED: _l("Match awarded"),
    Action.MATCH_CLAIMED: _l("Match assigned to gifts"),
    Action.MATCH_CLAWBACK_RECEIVED: _l("Match paid back"),
    Action.MATCH_CLAWBACK_REVERSED: _l("Took match that was paid back out of the books again"),
    Action.MATCH_CLAWBACK_UNDONE: _l("Claim to pay back withdrawn"),
    Action.MATCH_INTEREST_LAID_DOWN: _l("Interest determined"),
    Action.MATCH_INTEREST_OWED: _l("Interest that the municipality owes"),
    Action.MATCH_INTEREST_OWED_UNDONE: _l("Interest that the municipality owed, taken back"),
    Action.MATCH_INTEREST_WRITTEN_OFF: _l("Interest written off"),
    Action.MATCH_CLAWED_BACK: _l("Match claimed back"),
    Action.MATCH_COMMITTED: _l("Match owed to the initiator"),
    Action.MATCH_COMPUTED_AGAIN: _l("Match computed again by the rule"),
    Action.MATCH_FIXED: _l("Match fixed at the end of the campaign"),
    Action.MATCH_LOWERED: _l("Match lowered"),
    Action.MATCH_MOVED: _l("Match reserved or let go"),
    Action.MATCH_OPENED: _l("Match money was applied for"),
    Action.MATCH_PROMISED_AGAIN: _l("Match is promised, not owed any more"),
    Action.MATCH_RECEIVED: _l("Match paid by the municipality"),
    Action.MATCH_RELEASED: _l("Match let go"),
    Action.MATCH_REOPENED: _l("Match possible again"),
    Action.MATCH_STARTED: _l("Match began to follow the gifts"),
    Action.MUNICIPALITY_ADDED: _l("Added a municipality"),
    Action.MUNICIPALITY_BUDGET_ADOPTED: _l("Noted that the council adopted a budget"),
    Action.PAYEE_CHECK_TICKED: _l("Looked at an account"),
    Action.PAYEE_CHECK_WAIVED: _l("Allowed paying out without the whole list"),
    Action.PAYEE_CHECK_WAIVER_ASKED: _l("Asked to pay out without the whole list"),
    Action.PAYEE_CHECK_WAIVER_REFUSED: _l("Refused paying out without the whole list"),
    Action.PAYEE_REFUSED: _l("Turned down an account"),
    Action.PAYEE_DROPPED: _l("A proposed account came to nothing"),
    Action.PAYEE_PROPOSED: _l("Proposed an account"),
    Action.PAYEE_REPLACED: _l("Account replaced by another"),
    Action.PAYEE_SUBMITTED: _l("Gave an account"),
    Action.PAYEE_VERIFIED: _l("Approved an account"),
    Action.PAYMENT_ABANDONED: _l("Payment was never made"),
    Action.PAYMENT_AUTHORIZED: _l("Payment being processed"),
    Action.PAYMENT_CANCELED: _l("Payment cancelled"),
    Action.PAYMENT_EXPIRED: _l("Payment ran out of time"),
    Action.PAYMENT_FAILED: _l("Payment failed"),
    Action.PAYMENT_OPENED: _l("Payment opened"),
    Action.PAYMENT_PAID: _l("Payment made"),
    Action.PAYMENT_PROCESSING_STARTED: _l("Payment being processed"),
    Action.PAYMENT_RESTORED: _l("Found a lost payment at the provider"),
    Action.PAYMENT_STARTED: _l("Began to pay"),
    Action.PAYMENT_TWIN_FOUND: _l("Found a second payment for the same gift"),
    Action.PAYOUT_CANCELLED: _l("Cancelled a payout"),
    Action.PAYOUT_EXECUTED: _l("Noted a payout as paid"),
    Action.PAYOUT_EXPORTED: _l("Put a payout in a bank file"),
    Action.PAYOUT_PROPOSED: _l("Proposed a payout"),
    Action.PAYOUT_RELEASED: _l("Released a payout"),
    Action.PAYOUT_RETURNED: _l("Noted that a payout came back"),
    Action.PERSON_ADDED: _l("New person"),
    Action.PERSON_ADDRESS_CHANGED: _l("Email address changed"),
    Action.PERSON_ADDRESS_CHANGE_APPROVED: _l("Approved another email address"),
    Action.PERSON_ADDRESS_CHANGE_ASKED: _l("Asked for another email address"),
    Action.PERSON_ADDRESS_CHANGE_STOPPED: _l("Stopped a change of email address"),
    Action.PERSON_ADDRESS_CHANGE_WITHDRAWN: _l("Withdrew a change of email address"),
    Action.PERSON_BLOCKED: _l("Blocked a person"),
    Action.PERSON_CALENDAR_ENDED: _l("Ended a link to a calendar of terms"),
    Action.PERSON_CALENDAR_SHARED: _l("Made a link to a calendar of terms"),
    Action.PERSON_ERASED: _l("Erased who a person is, at their own wish"),
    Action.PERSON_MAIL_CHOSEN: _l("Chose which mails to get"),
    Action.PERSON_FACTOR_ADDED: _l("Set up a second step for signing in"),
    Action.PERSON_FACTOR_CLEARED: _l("Let somebody set up the second step anew"),
    Action.PERSON_FACTOR_REMOVED: _l("Took away the second step for signing in"),
    Action.PERSON_PASSKEY_ADDED: _l("Added a passkey"),
    Action.PERSON_PASSKEY_REMOVED: _l("Removed a passkey"),
    Action.PERSON_PASSWORD_SET: _l("Set a password"),
    Action.PERSON_PROFILE_CHANGED: _l("Changed own details"),
    Action.PERSON_RECOVERY_CODES_RENEWED: _l("Made new recovery codes"),
    Action.PERSON_RECOVERY_CODE_USED: _l("Used a recovery code"),
    Action.PERSON_SESSIONS_ENDED: _l("Signed out everywhere"),
    Action.PERSON_SESSION_ENDED: _l("Signed out on one device"),
    Action.PERSON_SIGNED_IN: _l("Signed in"),
    Action.PERSON_UNBLOCKED: _l("Unblocked a person"),
    Action.PERSON_VIEWING_ENDED: _l("Stopped looking along with a person"),
    Action.PERSON_VIEWING_STARTED: _l("Looked at the site as a person sees it"),
    Action.PLACE_IMPORT_ASKED: _l("Asked to import a file about areas"),
    Action.PLACE_IMPORT_DONE: _l("Imported a file about areas"),
    Action.PLACE_IMPORT_REFUSED: _l("File about areas was refused"),
    Action.PLACE_IMPORT_ROLLED_BACK: _l("Rolled back a file about areas"),
    Action.PLEDGE_ANSWERED: _l("A donor chose what happens to a gift"),
    Action.PLEDGE_BOOKED: _l("Gift received"),
    Action.PLEDGE_CHANGED: _l("Changed a gift"),
    Action.PLEDGE_ERASED: _l("Erased who a gift was from, at their own wish"),
    Action.PLEDGE_LOGO_APPROVED: _l("Let a group's logo on the page"),
    Action.PLEDGE_LOGO_REFUSED: _l("Kept a group's logo off the page"),
    Action.PLEDGE_LOGO_SENT: _l("Sent a group's logo"),
    Action.PLEDGE_LOGO_WITHDRAWN: _l("Took a group's logo away"),
    Action.PLEDGE_MADE: _l("Promised a gift"),
    Action.PLEDGE_MONTHLY_CHANGED: _l("Changed how much a donor gives each month"),
    Action.PLEDGE_MONTHLY_CHOSEN: _l("Chose to give each month"),
    Action.PLEDGE_MONTHLY_COLLECTED: _l("Asked the bank for the gift of a month"),
    Action.PLEDGE_MONTHLY_ENDED: _l("A monthly gift ended"),
    Action.PLEDGE_MONTHLY_FAILED: _l("The gift of a month could not be collected"),
    Action.PLEDGE_MONTHLY_PAUSED: _l("Paused a monthly gift"),
    Action.PLEDGE_MONTHLY_RESUMED: _l("Went on with a monthly gift"),
    Action.PLEDGE_MONTHLY_STARTED: _l("A monthly gift began"),
    Action.PLEDGE_REWARD_DELIVERED: _l("Delivered a reward"),
    Action.PLEDGE_REWARD_GRANTED: _l("A donor has a reward"),
    Action.PLEDGE_REWARD_LACKED: _l("No reward was left for a gift"),
    Action.PLEDGE_REWARD_UNDELIVERED: _l("Took back that a reward was delivered"),
    Action.PLEDGE_WORDS_HIDDEN: _l("Hid a donor's words"),
    Action.PLEDGE_WORDS_SHOWN: _l("Showed a donor's words again"),
    Action.DEPOSIT_DISMISSED: _l("Dismissed an entry of money that came in"),
    Action.DEPOSIT_DISPUTED: _l("Asked to take a booking of money back"),
    Action.DEPOSIT_ENTERED: _l("Entered money that came in"),
    Action.DEPOSIT_UPHELD: _l("Left a booking of money as it was"),
    Action.REFUND_ASKED: _l("Ordered a refund"),
    Action.REHEARSAL_ASKED: _l("Asked for a rehearsal"),
    Action.REHEARSAL_DONE: _l("Rehearsal done"),
    Action.REHEARSAL_FAILED: _l("Rehearsal failed"),
    Action.ROLE_CHANGED: _l("Changed a mandate"),
    Action.ROLE_GRANTED: _l("Gave a role"),
    Action.ROLE_PROPOSED: _l("Proposed a role"),
    Action.ROLE_PROPOSAL_DISMISSED: _l("Dismissed a proposal for a role"),
    Action.ROLE_REVOKED: _l("Took away a role"),
    Action.SIGN_IN_LINK_REQUESTED: _l("Asked for a sign-in link"),
    Action.UNMATCHED_GIVER_NAMED: _l("Named somebody whose gifts are not matched"),
    Action.UNMATCHED_GIVER_REMOVED: _l("Took somebody off the list of gifts that are not matched"),
}

TOPICS: Mapping[str, LazyString] = {
    **CASE_TOPICS,
    **FUND_TOPICS,
    "abuse_report": _l("Reports of abuse"),
    "alert": _l("Alerts"),
    "bank_file": _l("Bank files"),
    "campaign": _l("Campaigns"),
    "demo": _l("Demo data"),
    "mail": _l("Mail"),
    "match": _l("Match money"),
    "municipality": _l("Municipalities"),
    "payee": _l("Accounts"),
    "payee_check": _l("Checklist of the account"),
    "payment": _l("Payments"),
    "payout": _l("Payouts"),
    "person": _l("People"),
    "place_import": _l("Files about areas"),
    "pledge": _l("Gifts"),
    "deposit": _l("Money that came in"),
    "refund": _l("Refunds"),
    "rehearsal": _l("Rehearsals"),
    "role": _l("Roles"),
    "sign_in_link": _l("Sign-in links"),
    "unmatched_giver": _l("Gifts without match money"),
}

ACTOR_KINDS: Mapping[str, LazyString] = {
    "guest": _l("a visitor"),
    "system": _l("the system"),
    "provider": _l("the payment provider"),
}

ALERTS: Mapping[AlertKind, tuple[LazyString, LazyString]] = {
    **CASE_ALERTS,
    AlertKind.LEDGER_DIFFERENCE: (
        _l("The books differ"),
        _l("A check of the ledger found rows that differ. Find out why before you pay out."),
    ),
    AlertKind.MATCH_ABOVE_PLAN: (
        _l("Match is above what the changed plan needs"),
        _l(
            "The plan became smaller. Gifts and match money together are more than it costs, and "
            "this amount was awarded as such. Nothing is paid out before the award is lowered."
        ),
    ),
    AlertKind.MATCH_AFTER_DECISION: (
        _l("A gift went back after the match was decided"),
        _l(
            "Nothing was taken back automatically: the money was paid out, or its amount was "
            "decided. Tell the officer of the application: the match can stay, or be determined "
            "lower."
        ),
    ),
    AlertKind.MATCH_NOT_COVERED: (
        _l("Match was paid out, and its money is not here"),
        _l(
            "A booking of a municipality’s payment was taken back after the payout. Until the "
            "money comes in, the platform has paid it from its own. Ask the municipality for it."
        ),
    ),
    AlertKind.REFUND_FAILED: (
        _l("A refund could not be delivered"),
        _l(
            "The donor still has a right to this money, and was asked to contact us. Never ask for "
            "an account number by email or telephone: we told them that we don't."
        ),
    ),
    AlertKind.REFUND_REFUSED: (
        _l("The payment provider refused a refund"),
        _l("Look at the reason, and at the payment in the provider's dashboard."),
    ),
    AlertKind.REFUND_STUCK: (
        _l("A refund could not be ordered"),
        _l("Look at the error. The donor still waits for this money."),
    ),
    AlertKind.REFUND_STATUS_UNKNOWN: (
        _l("A refund has a state we don't know"),
        _l("Look at the refund in the provider's dashboard and tell the developers."),
    ),
    AlertKind.CAMPAIGN_FELL_SHORT: (
        _l("A campaign lost its minimum while money was on its way to it"),
        _l("A payout was released already. Decide with the initiator and the municipality."),
    ),
    AlertKind.CAMPAIGN_ORPHANED: (
        _l("Nobody runs a campaign any more"),
        _l("Nobody can give to it now. Invite somebody who takes it over, or end it."),
    ),
    AlertKind.CHARGEBACK: (
        _l("A bank took money back"),
        _l("A donor's bank reversed a payment. Look whether the campaign still has enough."),
    ),
    AlertKind.MONEY_UNEXPLAINED: (
        _l("Money left that nothing explains"),
        _l("It is booked as not explained. Find out with the payment provider what it was."),
    ),
    AlertKind.GATEWAY_UNAUTHORIZED: (
        _l("The payment provider does not accept our key"),
        _l("No payment or refund can be sent. Check the key in the settings."),
    ),
    AlertKind.JOB_FAILED: (
        _l("A background job keeps failing"),
        _l("Tell the developers. The job is kept and can be run again."),
    ),
    AlertKind.MAIL_SERVER_SILENT: (
        _l("The mail server does not take our mail"),
        _l(
            "Nobody gets mail, links to sign in neither. It is tried again for two days."
            " Check SMTP_URL."
        ),
    ),
    AlertKind.MAIL_UNDELIVERABLE: (
        _l("Mail could not be delivered"),
        _l("Look in the list of undeliverable mail. Mend the address, or send it again."),
    ),
    AlertKind.PAYMENT_AMOUNT: (
        _l("A payment of another amount than we asked"),
        _l("The money counts for no campaign. Find out what happened and pay it back."),
    ),
    AlertKind.PAYMENT_CURRENCY: (
        _l("A payment in another currency"),
        _l("The money counts for no campaign. Find out what happened and pay it back."),
    ),
    AlertKind.PAYMENT_MODE: (
        _l("A test payment among real ones, or the other way round"),
        _l("It is left out of the books. Check the key in the settings."),
    ),
    AlertKind.PAYMENT_STATUS_UNKNOWN: (
        _l("A payment has a state we don't know"),
        _l("Look at the payment in the provider's dashboard and tell the developers."),
    ),
    AlertKind.PAYMENT_UNKNOWN: (
        _l("The payment provider has a payment that we don't know"),
        _l(
            "It was paid, and no gift here belongs to it. Find out whether it was lost in a"
            " restore. Pay it back in the provider's dashboard if nobody can say whose it is."
        ),
    ),
    AlertKind.PAYMENT_FOREIGN: (
        _l("A payment that is not ours names one of our gifts"),
        _l("Somebody else's payment carries our reference. Find out who made it."),
    ),
    AlertKind.PAYMENT_REFUSED: (
        _l("The payment provider would not make a payment"),
        _l("The donor could not pay. Look at the reason; the developers may have to act."),
    ),
    AlertKind.PAYMENT_METADATA: (
        _l("A payment that names another gift"),
        _l("The money counts for no campaign. Find out what happened and pay it back."),
    ),
}
"""A kind's name, and what to do about it."""


DETAILS: Mapping[str, LazyString] = {
    "amount_cents": _l("Amount"),
    "cents": _l("Amount"),
    "asked_cents": _l("We asked"),
    "application": _l("Application"),
    "application_id": _l("Application"),
    "fund": _l("Fund"),
    "budget_cents": _l("The plan costs"),
    "reference": _l("Reference on the bank statement"),
    "campaign_id": _l("Campaign"),
    "check": _l("Check"),
    "code": _l("Code"),
    "claim_cents": _l("Match that can be claimed now"),
    "match_cents": _l("Match"),
    "decision": _l("Decision"),
    "differences": _l("Differences"),
    "finding": _l("Finding"),
    "error": _l("Error"),
    "facts": _l("What the provider says"),
    "id": _l("Identification"),
    "message": _l("Message"),
    "payment_id": _l("Payment"),
    "pledge_id": _l("Gift"),
    "provider_id": _l("Number at the provider"),
    "refund_id": _l("Refund"),
    "since": _l("Since"),
    "status": _l("State"),
    "task": _l("Task"),
}
"""What the details of an alert are called."""


def action_name(code: str) -> str:
    """What an action is called, also one whose row has the text of before."""
    action = action_of(code)
    return str(ACTIONS[action]) if action else code


def actor_kind_name(code: str) -> str:
    """Who did it, when it was no person who is known."""
    return str(ACTOR_KINDS.get(code, code))


def detail_name(code: str) -> str:
    """What a detail of an alert is called."""
    return str(DETAILS.get(code, code))


def alert_title(kind: str) -> str:
    """What an alert says."""
    return str(ALERTS[AlertKind(kind)][0]) if kind in ALERTS else kind


def alert_advice(kind: str) -> str:
    """What to do about an alert."""
    return str(ALERTS[AlertKind(kind)][1]) if kind in ALERTS else ""


def error_text(code: str) -> str:
    """What an error says by its code and without its values, with the code beside it."""
    template = str(MESSAGES.get(code, ""))
    return f"{template} ({code})" if template and "%(" not in template else code


FILTERS = {
    "action_name": action_name,
    "actor_kind_name": actor_kind_name,
    "alert_advice": alert_advice,
    "alert_title": alert_title,
    "detail_name": detail_name,
    "error_text": error_text,
}
