"""What can be reported, why, and what staff can do about it. Pure."""

from enum import StrEnum

TEXT_MAX_LENGTH, ANSWER_MAX_LENGTH = 2_000, 2_000
MOST_UNNAMED, MOST_WAITING, MOST_OF_ONE = 10, 50, 3
"""Reports about one campaign that nobody decided on yet: without an address, in all, of one
address. Who leaves an address is heard when others fill the list without one."""
BAD_FAITH_MOST, BAD_FAITH_DAYS = 3, 90
"""After so many reports in bad faith within so many days, an address sends none for a while."""
MOST_FILES, PROOF_HOURS = 3, 24
"""Files that go with a report, and so long after it they can be added."""
MOST_BYTES = 10_000_000
"""Of all files of a report together: who sends them need not be known."""
UNCONFIRMED_DAYS, KEPT_DAYS = 7, 365
"""An address that nobody confirms is kept so long; a report so long after the decision on it."""


class AbuseThing(StrEnum):
    """What a report is about."""

    CAMPAIGN = "campaign"
    UPDATE = "update"
    QUESTION = "question"
    GIFT_MESSAGE = "gift_message"
    FUNDER_REMARK = "funder_remark"


class AbuseReason(StrEnum):
    """Why somebody reports it; ``danger`` is looked at first."""

    DANGER = "danger"
    FRAUD = "fraud"
    HATE = "hate"
    PRIVACY = "privacy"
    COPY = "copy"
    ADVERTISING = "advertising"
    OTHER = "other"


class AbuseOutcome(StrEnum):
    """What staff decided: nothing is wrong, or something is done."""

    DISMISSAL = "dismissal"
    MEASURE = "measure"


class AbuseMeasure(StrEnum):
    """What is done: keep the words off the page, take no gifts for now, end the campaign."""

    HIDE = "hide"
    PAUSE = "pause"
    STOP = "stop"


def measures_for(
    thing: AbuseThing, *, is_live: bool, can_stop: bool, is_shown: bool
) -> tuple[AbuseMeasure, ...]:
    """What can be done about a thing: a campaign's page is stopped, not hidden."""
    possible = {
        AbuseMeasure.HIDE: thing is not AbuseThing.CAMPAIGN and is_shown,
        AbuseMeasure.PAUSE: is_live,
        AbuseMeasure.STOP: can_stop,
    }
    return tuple(measure for measure, holds in possible.items() if holds)
