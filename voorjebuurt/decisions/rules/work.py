"""What can wait on an officer's desk. Pure."""

from enum import StrEnum


class WorkKind(StrEnum):
    """A kind of waiting work.

    ``decide``: an application without a decision; ``complete``: it waits for the applicant;
    ``approve``: a colleague's proposal; ``recall``: approved, and still to be recalled; ``object``:
    an objection; ``account``: the applicant should account; ``determine``: an account to look at;
    ``alert``: something about the case needs an eye; ``post``: a letter to print and post;
    ``views``: an applicant can give their views of what is intended, or did, or their term ended.
    ``penalty``: a notice of default, with its term and its penalty.
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
