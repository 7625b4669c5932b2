"""What applications, decisions and objections are called on every screen."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

APPLICATION_STATES: Mapping[str, LazyString] = {
    "received": _l("received"),
    "incomplete": _l("waits to be completed"),
    "admitted": _l("admitted"),
    "proposed": _l("decision proposed"),
    "awarded": _l("awarded"),
    "refused": _l("refused"),
    "withdrawn": _l("withdrawn"),
    "revoked": _l("award withdrawn"),
    "accounted": _l("accounted for"),
    "determined": _l("determined"),
}

DECISION_KINDS: Mapping[str, LazyString] = {
    "award": _l("award"),
    "partial_award": _l("partial award"),
    "refusal": _l("refusal"),
    "withdrawal": _l("withdrawal of the award"),
    "determination": _l("determination"),
    "lower_determination": _l("lower determination"),
    "clawback": _l("claim to pay back"),
}

DECISION_STATES: Mapping[str, LazyString] = {
    "proposed": _l("waits for a second officer"),
    "dismissed": _l("dismissed"),
    "approved": _l("approved, not sent yet"),
    "recalled": _l("recalled"),
    "sent": _l("sent"),
}

OBJECTION_STATES: Mapping[str, LazyString] = {
    "received": _l("received"),
    "upheld": _l("upheld"),
    "rejected": _l("rejected"),
    "inadmissible": _l("inadmissible"),
    "withdrawn": _l("withdrawn"),
}

OBJECTION_CHANNELS: Mapping[str, LazyString] = {
    "online": _l("on the site"),
    "letter": _l("by letter"),
    "desk": _l("at the desk"),
}

MATCH_STATES: Mapping[str, LazyString] = {
    "open": _l("set apart, may still change"),
    "fixed": _l("set apart, the campaign is over"),
    "awarded": _l("awarded"),
    "committed": _l("owed to the initiator"),
    "received": _l("owed to the initiator, paid by the municipality"),
    "released": _l("let go"),
}

TERM_EVENTS: Mapping[str, LazyString] = {
    "completion_asked": _l("Asked to complete; the clock stands still"),
    "completed": _l("Completed; the clock runs again"),
    "completion_expired": _l("Not completed in time; the clock runs again"),
    "extended": _l("Term lengthened"),
    "decided": _l("Decided"),
    "reopened": _l("To be decided again"),
}

WORK_KINDS: Mapping[str, LazyString] = {
    "decide": _l("Decide"),
    "complete": _l("Waits for the applicant"),
    "approve": _l("Approve"),
    "recall": _l("Approved, is sent soon"),
    "object": _l("Decide on an objection"),
    "account": _l("Waits for an account of the money"),
    "determine": _l("Determine"),
    "alert": _l("Look at an alert"),
}

CASE_ACTIONS: Mapping[str, LazyString] = {
    "application.account": _l("Accounted for the money"),
    "application.admit": _l("Admitted an application"),
    "application.areas_changed": _l("Changed the areas of an application"),
    "application.ask_completion": _l("Asked to complete an application"),
    "application.assigned": _l("Gave a case to an officer"),
    "application.award": _l("Application was awarded"),
    "application.changed": _l("Changed an application"),
    "application.checked": _l("Marked an item of the checklist"),
    "application.complete": _l("Completed an application"),
    "application.determine": _l("Award was determined"),
    "application.extended": _l("Lengthened the term to decide"),
    "application.groups_verified": _l("Verified groups"),
    "application.lapse": _l("Application was not completed in time"),
    "application.noted": _l("Wrote a note on a case"),
    "application.propose": _l("Application waits for a decision"),
    "application.propose_refusal": _l("Application waits for a refusal"),
    "application.refuse": _l("Application was refused"),
    "application.reopen": _l("Application is decided again"),
    "application.reopen_account": _l("Account is looked at again"),
    "application.reopen_unadmitted": _l("Application is looked at again"),
    "application.return": _l("Application back to the officer"),
    "application.return_unadmitted": _l("Application back to the officer, not admitted"),
    "application.revoke": _l("Award was withdrawn"),
    "application.scored": _l("Scored an application"),
    "application.submitted": _l("Applied to a fund"),
    "application.withdraw": _l("Withdrew an application"),
    "decision.approve": _l("Approved a decision"),
    "decision.dismiss": _l("Dismissed a proposed decision"),
    "decision.propose": _l("Proposed a decision"),
    "decision.recall": _l("Recalled a decision"),
    "decision.send": _l("Sent a decision"),
    "delegation.ended": _l("Ended a replacement"),
    "delegation.made": _l("Arranged a replacement"),
    "objection.declare_inadmissible": _l("Declared an objection inadmissible"),
    "objection.extended": _l("Lengthened the term for an objection"),
    "objection.received": _l("Objection came in"),
    "objection.reject": _l("Rejected an objection"),
    "objection.uphold": _l("Upheld an objection"),
    "objection.withdraw": _l("Withdrew an objection"),
    "stake.declared": _l("Declared a stake in a campaign"),
}
"""Deeds in the audit trail, merged into those of the staff's screens."""

CASE_TOPICS: Mapping[str, LazyString] = {
    "application": _l("Applications"),
    "decision": _l("Decisions"),
    "delegation": _l("Replacements"),
    "objection": _l("Objections"),
    "stake": _l("Stakes"),
}

CASE_ALERTS: Mapping[str, tuple[LazyString, LazyString]] = {
    "decision_not_sent": (
        _l("A decision could not be sent"),
        _l("Look at the reason. An officer must recall the decision and propose another."),
    ),
}
"""Alerts about cases: their name, and what to do."""
