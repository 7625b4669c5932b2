"""What applications, decisions and objections are called on every screen."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.decisions.rules.views import SILENCE

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
    "expired": _l("award expired"),
}

DECISION_KINDS: Mapping[str, LazyString] = {
    "award": _l("award"),
    "partial_award": _l("partial award"),
    "refusal": _l("refusal"),
    "withdrawal": _l("withdrawal of the award"),
    "determination": _l("determination"),
    "lower_determination": _l("lower determination"),
    "clawback": _l("claim to pay back"),
    "interest": _l("statutory interest"),
    "interest_owed": _l("interest that we owe"),
    "award_change": _l("change of the award"),
    "determination_change": _l("change of the determination"),
    "plan_change": _l("change at the applicant’s request"),
    "plan_refusal": _l("refusal of a change that was asked for"),
}

DECISION_STATES: Mapping[str, LazyString] = {
    "proposed": _l("waits for a second officer"),
    "dismissed": _l("dismissed"),
    "approved": _l("approved, not sent yet"),
    "recalled": _l("recalled"),
    "sent": _l("sent"),
}

VIEWS_STATES: Mapping[str, LazyString] = {
    "open": _l("waits for views"),
    "answered": _l("views came in"),
    "waived": _l("has no views"),
    "dropped": _l("no longer intended"),
}

VIEWS_TOLD: Mapping[str, LazyString] = {**VIEWS_STATES, SILENCE: _l("no answer in time")}
"""How an intention is told: its state, or that its term ended without a word."""

VIEWS_CHANNELS: Mapping[str, LazyString] = {
    "online": _l("on the site"),
    "letter": _l("by letter"),
    "phone": _l("by telephone"),
    "desk": _l("at the desk"),
}

VIEWS_EXCEPTIONS: Mapping[str, LazyString] = {
    "urgency": _l("It can't wait (Awb 4:11, a)"),
    "before": _l("The applicant could give views before, and nothing changed since (Awb 4:11, b)"),
    "purpose": _l("Asking would defeat the purpose of the decision (Awb 4:11, c)"),
}
"""Why views need not be asked."""

INQUIRY_STATES: Mapping[str, LazyString] = {
    "open": _l("waits for proof"),
    "answer": _l("an answer came in"),
    "silence": _l("no answer in time"),
    "end": _l("closed"),
}
INQUIRY_TASKS: Mapping[str, LazyString] = {
    **{code: INQUIRY_STATES[code] for code in ("open", "answer", "silence")},
    "question": _l("the lot fell on it: ask"),
}
INQUIRY_GROUNDS: Mapping[str, LazyString] = {
    "sample": _l("drawn by lot"),
    "cause": _l("for a cause"),
}
INQUIRY_CHANNELS: Mapping[str, LazyString] = {
    code: VIEWS_CHANNELS[code] for code in ("online", "letter", "desk")
}
PLAN_OUTCOMES: Mapping[str, LazyString] = {
    "whole": _l("Give everything that was asked"),
    "part": _l("Give a part"),
    "refusal": _l("Give nothing"),
}
"""What officers can decide on a change that was asked for."""
PLAN_STATES: Mapping[str, LazyString] = {
    "open": _l("waits for a decision"),
    "whole": _l("given"),
    "part": _l("given in part"),
    "refusal": _l("not given"),
    "withdrawal": _l("taken back"),
    "end": _l("the award is gone"),
}
"""How a request for a change stands."""
FINDINGS: Mapping[str, LazyString] = {
    "proof": _l("the plan was carried out"),
    "gap": _l("it does not show that the plan was carried out"),
    "silence": _l("no answer came in"),
    "mistake": _l("asked by mistake"),
}

OBJECTION_STATES: Mapping[str, LazyString] = {
    "received": _l("received"),
    "upheld": _l("upheld"),
    "partly_upheld": _l("upheld in part"),
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
    "open": _l("no decision yet"),
    "fixed": _l("reserved without an award, the campaign is over"),
    "awarded": _l("awarded, if the campaign succeeds"),
    "committed": _l("owed to the initiator"),
    "received": _l("owed to the initiator, paid by the municipality"),
    "released": _l("let go"),
}

MATCH_RUNGS: Mapping[str, LazyString] = {
    "reserved": _l("reserved, no decision yet"),
    "awarded": _l("granted"),
    "determined": _l("determined"),
}
"""How certain match money is, in one word each (the ladder of certainty)."""

WAITS_FOR: Mapping[str, LazyString] = {
    "campaign_over_unawarded": _l("the campaign was over before the award: to be refused"),
    "round_not_divided": _l("waits for the division"),
    "match_released_already": _l("the campaign did not succeed: to be refused"),
    "not_completed": _l("was not completed: by then it can be left aside"),
}
"""Why an application can't be awarded yet, on the work list."""

TERM_EVENTS: Mapping[str, LazyString] = {
    "completion_asked": _l("Asked to complete; the clock stands still"),
    "completed": _l("Completed; the clock runs again"),
    "completion_expired": _l("Not completed in time; the clock runs again"),
    "extended": _l("Term lengthened"),
    "decided": _l("Decided"),
    "reopened": _l("To be decided again"),
}

STORY_KINDS: Mapping[str, LazyString] = {
    "received": _l("Received"),
    "accounting_asked": _l("The money is your campaign's: show what it is spent on"),
    "due": _l("The money is your campaign's"),
    "accounted": _l("You told what the money was spent on"),
    "expired": _l("Award expired: the campaign did not succeed"),
    "objected": _l("Objection received"),
    "objection_decided": _l("Objection dealt with"),
    "paid_out": _l("Paid out, together with the gifts"),
    "payout_returned": _l("The payout came back from the bank"),
    "paid_back": _l("You paid back"),
    "paper_accounting": _l("The municipality registered your account from paper"),
    "paper_application": _l("The municipality registered your application from paper"),
    "paper_completion": _l("The municipality registered your completion from paper"),
    "paper_withdrawal": _l("The municipality registered your withdrawal from paper"),
    "views_asked": _l("Asked what you think of what is intended"),
    "views_given": _l("You gave your views"),
    "views_waived": _l("You said that you have no views"),
    "intention_dropped": _l("No longer intended"),
    "last_term": _l("Last term to show what you did"),
    "plan_asked": _l("You asked for a change"),
    "plan_withdrawal": _l("You took your request for a change back"),
    "proof_asked": _l("Asked to show what you did"),
    "proof_given": _l("You showed what you did"),
    "proof_found": _l("The municipality looked at what you did"),
}
"""What happened with an application, beside the term and the decisions."""

WORK_KINDS: Mapping[str, LazyString] = {
    "decide": _l("Decide"),
    "complete": _l("Waits for the applicant"),
    "approve": _l("Approve"),
    "recall": _l("Approved, is sent soon"),
    "object": _l("Handle an objection"),
    "account": _l("Waits for an account of the money"),
    "determine": _l("Determine"),
    "alert": _l("Look at an alert"),
    "post": _l("Post a letter"),
    "views": _l("Views of an applicant"),
    "penalty": _l("Notice of default"),
    "interest": _l("Determine interest"),
    "interest_owed": _l("Interest that we owe"),
    "proof": _l("Proof"),
    "plan": _l("A change that was asked for"),
    "budget": _l("Budget condition (Awb 4:34)"),
    "wording": _l("Approve own words in letters"),
    "colleague": _l("Confirm an officer or a mandate"),
    "publish": _l("Publish rules of a fund"),
}
PENALTY_TASKS: Mapping[str, LazyString] = {
    "decide": _l("decide before it costs a penalty"),
    "determine": _l("determine the penalty"),
    "approve": _l("approve the penalty"),
    "pay": _l("pay the penalty"),
}

CASE_ACTIONS: Mapping[Action, LazyString] = {
    Action.APPLICATION_ACCOUNTED: _l("Accounted for the money"),
    Action.APPLICATION_ADMITTED: _l("Admitted an application"),
    Action.APPLICATION_AREAS_CHANGED: _l("Changed the areas of an application"),
    Action.APPLICATION_COMPLETION_ASKED: _l("Asked to complete an application"),
    Action.APPLICATION_ASSIGNED: _l("Gave a case to an officer"),
    Action.APPLICATION_AWARDED: _l("Application was awarded"),
    Action.APPLICATION_CHANGED: _l("Changed an application"),
    Action.APPLICATION_CHECKED: _l("Marked an item of the checklist"),
    Action.APPLICATION_COMPLETED: _l("Completed an application"),
    Action.APPLICATION_DETERMINED: _l("Amount was determined"),
    Action.APPLICATION_EXPIRED: _l("Award expired: the campaign did not succeed"),
    Action.APPLICATION_EXTENDED: _l("Lengthened the term to decide"),
    Action.APPLICATION_GROUPS_VERIFIED: _l("Verified groups"),
    Action.APPLICATION_HANDED_OVER: _l("Another initiator is the applicant now"),
    Action.APPLICATION_INTENTION_DROPPED: _l("Dropped an intention"),
    Action.APPLICATION_LAST_TERM_SET: _l("Gave a last term to account"),
    Action.APPLICATION_LOT_DRAWN: _l("Drew the lot of the sample"),
    Action.APPLICATION_PLAN_CHANGE_ASKED: _l("Asked for a change of the award"),
    Action.APPLICATION_PLAN_REQUEST_WITHDRAWN: _l("Took a request for a change back"),
    Action.APPLICATION_PROOF_ASKED: _l("Asked the applicant for proof"),
    Action.APPLICATION_PROOF_CLOSED: _l("Closed the question for proof"),
    Action.APPLICATION_PROOF_EXTENDED: _l("Gave more time for proof"),
    Action.APPLICATION_PROOF_RECEIVED: _l("An answer about proof came in"),
    Action.APPLICATION_LAPSED: _l("Application was not completed in time"),
    Action.APPLICATION_NOTED: _l("Wrote a note on a case"),
    Action.APPLICATION_PAPER_REGISTERED: _l("Registered what came on paper"),
    Action.APPLICATION_PROPOSED: _l("Application waits for a decision"),
    Action.APPLICATION_REFUSAL_PROPOSED: _l("Application waits for a refusal"),
    Action.APPLICATION_REFUSED: _l("Application was refused"),
    Action.APPLICATION_REOPENED: _l("Application is decided again"),
    Action.APPLICATION_ACCOUNT_REOPENED: _l("Account is looked at again"),
    Action.APPLICATION_REOPENED_UNADMITTED: _l("Application is looked at again"),
    Action.APPLICATION_RETURNED: _l("Application back to the officer"),
    Action.APPLICATION_RETURNED_UNADMITTED: _l("Application back to the officer, not admitted"),
    Action.APPLICATION_REVOKED: _l("Award was withdrawn"),
    Action.APPLICATION_SCORED: _l("Scored an application"),
    Action.APPLICATION_SUBMITTED: _l("Applied to a fund"),
    Action.APPLICATION_VIEWS_ASKED: _l("Asked the applicant for their views"),
    Action.APPLICATION_VIEWS_EXTENDED: _l("Gave more time for views"),
    Action.APPLICATION_VIEWS_RECEIVED: _l("Views of the applicant came in"),
    Action.APPLICATION_WITHDRAWN: _l("Withdrew an application"),
    Action.DECISION_APPROVED: _l("Approved a decision"),
    Action.DECISION_DISMISSED: _l("Dismissed a proposed decision"),
    Action.ATTACHMENT_REFUSED: _l("Refused a file (virus scanner)"),
    Action.ATTACHMENT_SUBMITTED: _l("Added files"),
    Action.DECISION_POSTED: _l("Posted a letter"),
    Action.DECISION_PROPOSED: _l("Proposed a decision"),
    Action.DECISION_RECALLED: _l("Recalled a decision"),
    Action.DECISION_SENT: _l("Sent a decision"),
    Action.DELEGATION_ENDED: _l("Ended a replacement"),
    Action.DELEGATION_MADE: _l("Arranged a replacement"),
    Action.APPLICATION_DEFAULT_REGISTERED: _l("Notice of default came in"),
    Action.APPLICATION_PENALTY_DETERMINED: _l("Set the penalty for being late"),
    Action.APPLICATION_PENALTY_PAID: _l("Penalty for being late was paid"),
    Action.APPLICATION_PENALTY_PROPOSED: _l("Proposed the penalty for being late"),
    Action.OBJECTION_APPEAL_REGISTERED: _l("Appeal at the court came in"),
    Action.OBJECTION_JUDGMENT_REGISTERED: _l("Wrote down what the court decided"),
    Action.OBJECTION_PARTLY_UPHELD: _l("Upheld an objection in part"),
    Action.OBJECTION_REOPENED: _l("Objection is open again after the court"),
    Action.OBJECTION_RULING_APPROVED: _l("Approved a decision on an objection"),
    Action.OBJECTION_RULING_PROPOSED: _l("Proposed a decision on an objection"),
    Action.OBJECTION_RULING_RETURNED: _l("Took a decision on an objection back"),
    Action.OBJECTION_RULING_SENT: _l("Sent a decision on an objection"),
    Action.OBJECTION_STEP_RECORDED: _l("Wrote down a step of an objection"),
    Action.OBJECTION_DECLARED_INADMISSIBLE: _l("Declared an objection inadmissible"),
    Action.OBJECTION_EXTENDED: _l("Lengthened the term for an objection"),
    Action.OBJECTION_RECEIVED: _l("Objection came in"),
    Action.OBJECTION_REJECTED: _l("Rejected an objection"),
    Action.OBJECTION_UPHELD: _l("Upheld an objection"),
    Action.OBJECTION_WITHDRAWN: _l("Withdrew an objection"),
    Action.OWN_WORDS_APPROVED: _l("Approved the municipality’s own words in letters"),
    Action.OWN_WORDS_BEGUN: _l("Began a version of the own words in letters"),
    Action.OWN_WORDS_DROPPED: _l("Dropped a version of the own words in letters"),
    Action.OWN_WORDS_PROPOSED: _l("Proposed own words in letters"),
    Action.OWN_WORDS_RETURNED: _l("Gave back own words in letters"),
    Action.OWN_WORDS_WRITTEN: _l("Changed a draft of own words in letters"),
    Action.STAKE_DECLARED: _l("Declared a stake in a campaign"),
    Action.APPLICATION_TEAM_CHANGED: _l("Gave a case to a team, or took it from one"),
    Action.TEAM_CHANGED: _l("Changed a team"),
    Action.TEAM_ENDED: _l("Ended a team"),
    Action.TEAM_MADE: _l("Made a team"),
}
"""Deeds in the audit trail, merged into those of the staff's screens."""

CASE_TOPICS: Mapping[str, LazyString] = {
    "application": _l("Applications"),
    "attachment": _l("Attachments"),
    "decision": _l("Decisions"),
    "delegation": _l("Replacements"),
    "objection": _l("Objections"),
    "own_words": _l("Letters"),
    "stake": _l("Stakes"),
    "team": _l("Teams"),
}

CASE_ALERTS: Mapping[AlertKind, tuple[LazyString, LazyString]] = {
    AlertKind.ATTACHMENT_REFUSED: (
        _l("The virus scanner refused a file of a case"),
        _l("Nobody can save it. Ask the applicant for the file again, made anew."),
    ),
    AlertKind.DECISION_NOT_SENT: (
        _l("A decision could not be sent"),
        _l("Look at the reason. An officer must recall the decision and propose another."),
    ),
    AlertKind.SCANNER_SILENT: (
        _l("The virus scanner does not answer"),
        _l("Files that people add can’t be saved until it does. Check clamd and CLAMD."),
    ),
}
"""Alerts about cases: their name, and what to do."""
