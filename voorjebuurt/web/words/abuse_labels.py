"""What reports of abuse are called, and what is said when something of one can't be."""

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.abuse.rules import AbuseMeasure, AbuseOutcome, AbuseReason, AbuseThing

_l = lazy_gettext

REASONS: Mapping[AbuseReason, LazyString] = {
    AbuseReason.DANGER: _l("Somebody is in danger or is threatened"),
    AbuseReason.FRAUD: _l("It is a scam, or the money goes elsewhere"),
    AbuseReason.HATE: _l("It is insulting, or against a group of people"),
    AbuseReason.PRIVACY: _l("It shows private things of somebody"),
    AbuseReason.COPY: _l("It is the text or picture of somebody else"),
    AbuseReason.ADVERTISING: _l("It is advertising"),
    AbuseReason.OTHER: _l("Something else"),
}
THINGS: Mapping[AbuseThing, LazyString] = {
    AbuseThing.CAMPAIGN: _l("Page of a campaign"),
    AbuseThing.UPDATE: _l("News of a campaign"),
    AbuseThing.QUESTION: _l("Question with its answer"),
    AbuseThing.GIFT_MESSAGE: _l("Message with a gift"),
    AbuseThing.FUNDER_REMARK: _l("Remark of somebody who looks along"),
}
MEASURES: Mapping[AbuseMeasure, LazyString] = {
    AbuseMeasure.HIDE: _l("Hide these words"),
    AbuseMeasure.PAUSE: _l("Let nobody give for now"),
    AbuseMeasure.STOP: _l("Stop the campaign and pay everybody back"),
}
OUTCOMES: Mapping[AbuseOutcome, tuple[LazyString, str]] = {
    AbuseOutcome.DISMISSAL: (_l("Nothing done"), "neutral"),
    AbuseOutcome.MEASURE: (_l("Something done"), "positive"),
}

ABUSE_MESSAGES: Mapping[str, LazyString] = {
    "abuse_asked": _l("A colleague asked this already. You can ask one thing about a report."),
    "abuse_bad_faith": _l(
        "Several reports from this address were not honest. So we take none from it for "
        "%(days)s days. In danger? Call 112."
    ),
    "abuse_decided": _l("A colleague decided on this report already."),
    "abuse_full": _l(
        "We have so many reports about this campaign that no more fit. We are looking at them."
    ),
    "abuse_measure_not_possible": _l("This can't be done any more. Look at the page again."),
    "abuse_of_one": _l(
        "We have %(most)s reports from you about this campaign already. We look at those first."
    ),
    "abuse_proof_late": _l("This report takes no more files."),
    "abuse_proof_not_yours": _l("Only who looks at this report opens its files. First take it."),
    "abuse_reply_late": _l("This report waits for no answer of yours."),
    "abuse_reply_missing": _l("Write your answer."),
    "abuse_report_not_found": _l("We can't find this report."),
    "abuse_report_over": _l("This link does not work any more."),
    "abuse_taken": _l("A colleague is looking at this report."),
    "abuse_text_missing": _l("Write down what is wrong."),
    "abuse_thing_gone": _l("What you want to report is not on the site any more."),
    "abuse_unnamed_full": _l(
        "We have many reports about this campaign without an address. Leave yours, then we look at "
        "your report too."
    ),
    "abuse_unreachable": _l("Who reported this left no address that we can mail."),
}


def abuse_reason(code: str) -> str:
    """Why somebody reports something."""
    return str(REASONS[AbuseReason(code)])


def abuse_thing(code: str) -> str:
    """What a report is about."""
    return str(THINGS[AbuseThing(code)])


def abuse_measure(code: str) -> str:
    """What is done."""
    return str(MEASURES[AbuseMeasure(code)])


def abuse_outcome(code: str) -> tuple[str, str]:
    """What was decided, and the tone of its badge."""
    label, tone = OUTCOMES[AbuseOutcome(code)]
    return str(label), tone


FILTERS: Mapping[str, Callable[..., object]] = {
    "abuse_reason": abuse_reason,
    "abuse_thing": abuse_thing,
    "abuse_measure": abuse_measure,
    "abuse_outcome": abuse_outcome,
}
