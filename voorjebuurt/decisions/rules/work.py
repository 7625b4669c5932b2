"""What can wait on an officer's desk. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class WorkKind(StrEnum):
    """A kind of waiting work.

    ``decide``: an application without a decision; ``complete``: it waits for the applicant;
    ``approve``: a colleague's proposal; ``recall``: approved, and still to be recalled; ``object``:
    an objection; ``account``: the applicant should account; ``determine``: an account to look at;
    ``alert``: something about the case needs an eye; ``post``: a letter to print and post;
    ``views``: an applicant can give their views of what is intended, or did, or their term ended.
    ``penalty``: a notice of default, with its term and its penalty; ``interest``: a claim that is
    paid late, of which the interest was never laid down; ``interest_owed``: an
    award that was paid late, of which that was not. ``proof``: the lot fell on a case, or
    proof was asked for and is waited for, came in, or did not. ``plan``: an applicant asked for a
    change of the award. ``budget``: the council adopted a
    budget with too little for an award, whose condition lapses in four weeks (Awb 4:34).
    ``wording``: own words in letters that a colleague wrote; ``colleague``: an officer or mandate
    that a colleague proposed; ``publish``: a fund's rules that a colleague wrote, to be published.
    """

    DECIDE = "decide"
    COMPLETE = "complete"
    APPROVE = "approve"
    RECALL = "recall"
    OBJECT = "object"
    ACCOUNT = "account"
    DETERMINE = "determine"
    ALERT = "alert"
    POST = "post"
    VIEWS = "views"
    PENALTY = "penalty"
    INTEREST = "interest"
    INTEREST_OWED = "interest_owed"
    PROOF = "proof"
    PLAN = "plan"
    BUDGET = "budget"
    WORDING = "wording"
    COLLEAGUE = "colleague"
    PUBLISH = "publish"


SECOND_LOOKS: Mapping[WorkKind, tuple[str, ...]] = {
    WorkKind.APPROVE: ("officer.approve_decision", "officer.decide_small_cases"),
    WorkKind.OBJECT: ("officer.approve_ruling_on_objection",),
    WorkKind.PENALTY: ("officer.approve_late_penalty",),
    WorkKind.WORDING: ("officer.approve_wording",),
    WorkKind.COLLEAGUE: ("officer.confirm_officer",),
    WorkKind.PUBLISH: ("officer.publish_draft", "officer.publish_next"),
}
"""What waits for a second officer, and by which deeds that one does it: the one registry.

What it names is on the work list of whoever may do it, whoever handles the case, and in their
mails. Deeds of a second person that are not in it are looked for by
``tests/house/test_two_people_on_the_list.py``.
"""
LOOK_DAYS = 14
"""So many days a second officer has by our own reckoning, where no law and no fund gives a day."""
