"""What the deeds in the audit trail and the kinds of alert are called."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.web.words.case_labels import CASE_ACTIONS, CASE_ALERTS, CASE_TOPICS
from voorjebuurt.web.words.fund_labels import FUND_ACTIONS, FUND_TOPICS

_l = lazy_gettext

ACTIONS: Mapping[str, LazyString] = {
    **CASE_ACTIONS,
    **FUND_ACTIONS,
    "alert.resolved": _l("Dealt with an alert"),
    "bank_file.created": _l("Made a bank file"),
    "bank_file.downloaded": _l("Downloaded a bank file"),
    "campaign.approved": _l("Approved a campaign"),
    "campaign.cancel": _l("Stopped a campaign"),
    "campaign.drafted": _l("Began a campaign"),
    "campaign.edited": _l("Changed a campaign"),
    "campaign.fail": _l("Campaign did not raise enough"),
    "campaign.nearly_miss": _l("Campaign almost made it"),
    "campaign.open": _l("Opened a campaign"),
    "campaign.pay_out": _l("Campaign was paid out"),
    "campaign.pledges_resumed": _l("Allowed giving again"),
    "campaign.pledges_stopped": _l("Stopped giving"),
    "campaign.reject": _l("Rejected a campaign"),
    "campaign.reopen_payout": _l("More money to pay out"),
    "campaign.send_back": _l("Sent a campaign back"),
    "campaign.start_closing": _l("Campaign reached its last day"),
    "campaign.submit": _l("Sent in a campaign"),
    "campaign.succeed": _l("Campaign succeeded"),
    "campaign.withdraw": _l("Withdrew a campaign"),
    "demo.loaded": _l("Finished loading the demo"),
    "demo.started": _l("Began loading the demo"),
    "fund.money_received": _l("Money of a municipality came in"),
    "match.awarded": _l("Match awarded"),
    "match.claimed": _l("Match assigned to gifts"),
    "match.clawback_received": _l("Match paid back"),
    "match.clawback_undone": _l("Claim to pay back withdrawn"),
    "match.clawed_back": _l("Match claimed back"),
    "match.committed": _l("Match owed to the initiator"),
    "match.fixed": _l("Match fixed at the end of the campaign"),
    "match.lowered": _l("Match lowered"),
    "match.moved": _l("Match set apart or let go"),
    "match.opened": _l("Match money was applied for"),
    "match.received": _l("Match paid by the municipality"),
    "match.released": _l("Match let go"),
    "match.reopened": _l("Match possible again"),
    "match.started": _l("Match began to follow the gifts"),
    "municipality.added": _l("Added a municipality"),
    "payee.refused": _l("Turned down an account"),
    "payee.replaced": _l("Account replaced by another"),
    "payee.submitted": _l("Gave an account"),
    "payee.verified": _l("Approved an account"),
    "payment.abandoned": _l("Payment was never made"),
    "payment.canceled": _l("Payment cancelled"),
    "payment.expired": _l("Payment ran out of time"),
    "payment.failed": _l("Payment failed"),
    "payment.open": _l("Payment opened"),
    "payment.paid": _l("Payment made"),
    "payment.pending": _l("Payment being processed"),
    "payment.started": _l("Began to pay"),
    "payment.twin_found": _l("Found a second payment for the same gift"),
    "payout.cancelled": _l("Cancelled a payout"),
    "payout.executed": _l("Noted a payout as paid"),
    "payout.exported": _l("Put a payout in a bank file"),
    "payout.proposed": _l("Proposed a payout"),
    "payout.released": _l("Released a payout"),
    "payout.returned": _l("Noted that a payout came back"),
    "person.added": _l("New person"),
    "person.blocked": _l("Blocked a person"),
    "person.password_set": _l("Set a password"),
    "person.profile_changed": _l("Changed own details"),
    "person.sessions_ended": _l("Signed out everywhere"),
    "person.signed_in": _l("Signed in"),
    "person.unblocked": _l("Unblocked a person"),
    "place_import.asked": _l("Asked to import a file about areas"),
    "place_import.done": _l("Imported a file about areas"),
    "place_import.refused": _l("File about areas was refused"),
    "place_import.rolled_back": _l("Rolled back a file about areas"),
    "pledge.booked": _l("Gift received"),
    "pledge.changed": _l("Changed a gift"),
    "pledge.made": _l("Promised a gift"),
    "refund.asked": _l("Ordered a refund"),
    "rehearsal.asked": _l("Asked for a rehearsal"),
    "rehearsal.done": _l("Rehearsal done"),
    "rehearsal.failed": _l("Rehearsal failed"),
    "role.granted": _l("Gave a role"),
    "role.revoked": _l("Took away a role"),
    "sign_in_link.requested": _l("Asked for a sign-in link"),
    "unmatched.named": _l("Named somebody whose gifts are not matched"),
    "unmatched.removed": _l("Took somebody off the list of gifts that are not matched"),
}

TOPICS: Mapping[str, LazyString] = {
    **CASE_TOPICS,
    **FUND_TOPICS,
    "alert": _l("Alerts"),
    "bank_file": _l("Bank files"),
    "campaign": _l("Campaigns"),
    "municipality": _l("Municipalities"),
    "payee": _l("Accounts"),
    "payment": _l("Payments"),
    "payout": _l("Payouts"),
    "person": _l("People"),
    "place_import": _l("Files about areas"),
    "pledge": _l("Gifts"),
    "refund": _l("Refunds"),
    "rehearsal": _l("Rehearsals"),
    "role": _l("Roles"),
    "sign_in_link": _l("Sign-in links"),
}

ACTOR_KINDS: Mapping[str, LazyString] = {
    "guest": _l("a visitor"),
    "system": _l("the system"),
    "provider": _l("the payment provider"),
}

ALERTS: Mapping[str, tuple[LazyString, LazyString]] = {
    **CASE_ALERTS,
    "ledger_difference": (
        _l("The books differ"),
        _l("A check of the ledger found rows that differ. Find out why before you pay out."),
    ),
    "match_after_decision": (
        _l("A gift went back after the match was decided"),
        _l(
            "Nothing was taken back by itself. Tell the officer of the application: the match can "
            "stay, or be determined lower."
        ),
    ),
    "refund_failed": (
        _l("A refund could not be delivered"),
        _l("The donor still has a right to this money. Ask for another account number."),
    ),
    "refund_refused": (
        _l("The payment provider refused a refund"),
        _l("Look at the reason, and at the payment in the provider's dashboard."),
    ),
    "refund_stuck": (
        _l("A refund could not be ordered"),
        _l("Look at the error. The donor still waits for this money."),
    ),
    "refund_status_unknown": (
        _l("A refund has a state we don't know"),
        _l("Look at the refund in the provider's dashboard and tell the developers."),
    ),
    "chargeback": (
        _l("A bank took money back"),
        _l("A donor's bank reversed a payment. Look whether the campaign still has enough."),
    ),
    "money_unexplained": (
        _l("Money left that nothing explains"),
        _l("It is booked as not explained. Find out with the payment provider what it was."),
    ),
    "gateway_unauthorized": (
        _l("The payment provider does not accept our key"),
        _l("No payment or refund can be sent. Check the key in the settings."),
    ),
    "job_failed": (
        _l("A background job keeps failing"),
        _l("Tell the developers. The job is kept and can be run again."),
    ),
    "payment_amount": (
        _l("A payment of another amount than we asked"),
        _l("The money counts for no campaign. Find out what happened and pay it back."),
    ),
    "payment_currency": (
        _l("A payment in another currency"),
        _l("The money counts for no campaign. Find out what happened and pay it back."),
    ),
    "payment_mode": (
        _l("A test payment among real ones, or the other way round"),
        _l("It is left out of the books. Check the key in the settings."),
    ),
    "payment_status_unknown": (
        _l("A payment has a state we don't know"),
        _l("Look at the payment in the provider's dashboard and tell the developers."),
    ),
    "payment_foreign": (
        _l("A payment that is not ours names one of our gifts"),
        _l("Somebody else's payment carries our reference. Find out who made it."),
    ),
    "payment_refused": (
        _l("The payment provider would not make a payment"),
        _l("The donor could not pay. Look at the reason; the developers may have to act."),
    ),
    "payment_metadata": (
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
    "campaign_id": _l("Campaign"),
    "check": _l("Check"),
    "code": _l("Code"),
    "claim_cents": _l("Match that can be claimed now"),
    "match_cents": _l("Match"),
    "decision": _l("Decision"),
    "differences": _l("Differences"),
    "error": _l("Error"),
    "facts": _l("What the provider says"),
    "message": _l("Message"),
    "payment_id": _l("Payment"),
    "pledge_id": _l("Gift"),
    "provider_id": _l("Number at the provider"),
    "refund_id": _l("Refund"),
    "status": _l("State"),
    "task": _l("Task"),
}
"""What the details of an alert are called."""


def action_name(code: str) -> str:
    """What a deed is called."""
    return str(ACTIONS.get(code, code))


def actor_kind_name(code: str) -> str:
    """Who did it, when it was no person who is known."""
    return str(ACTOR_KINDS.get(code, code))


def detail_name(code: str) -> str:
    """What a detail of an alert is called."""
    return str(DETAILS.get(code, code))


def alert_title(kind: str) -> str:
    """What an alert says."""
    return str(ALERTS[kind][0]) if kind in ALERTS else kind


def alert_advice(kind: str) -> str:
    """What to do about an alert."""
    return str(ALERTS[kind][1]) if kind in ALERTS else ""


FILTERS = {
    "action_name": action_name,
    "actor_kind_name": actor_kind_name,
    "alert_advice": alert_advice,
    "alert_title": alert_title,
    "detail_name": detail_name,
}
