"""What is looked at before money goes to an account, and what can be found. Pure."""

from enum import StrEnum


class CheckItem(StrEnum):
    """One thing to look at, in the order in which it is shown."""

    NAME = "name"
    """The name on the account is that of the registration."""
    REGISTRATION = "registration"
    """The number at the Chamber of Commerce, or the RSIN, exists and is of this group."""
    HOLDER = "holder"
    """The holder and the IBAN belong together: the bank's name check, or a statement."""
    SIGNER = "signer"
    """Who gave the account may act for the group."""
    EXPOSURE = "exposure"
    """Politically exposed people, and the lists of sanctions."""


class Verdict(StrEnum):
    """What was found. Of an account the latest of an item counts."""

    FIT = "fit"
    UNFIT = "unfit"
    INAPPLICABLE = "inapplicable"
    """There is nothing to look at: a group of neighbours is not registered."""


class WaiverAnswer(StrEnum):
    """What a second member of staff said to paying out without the whole list."""

    GRANT = "grant"
    REFUSAL = "refusal"


MAY_NOT_APPLY = frozenset({CheckItem.NAME, CheckItem.REGISTRATION})
"""Items that a group without a registration has no answer to."""

WITH_PROOF = frozenset({CheckItem.REGISTRATION, CheckItem.HOLDER})
"""Items that are fit only with a file: one that staff add, or one that came with the account."""


def verdicts_of(item: CheckItem) -> tuple[Verdict, ...]:
    """What can be found of an item."""
    if item in MAY_NOT_APPLY:
        return tuple(Verdict)
    return (Verdict.FIT, Verdict.UNFIT)
