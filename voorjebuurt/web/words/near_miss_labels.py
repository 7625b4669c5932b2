"""What the parts of a near miss are called, and what is said when something of it can't be."""

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.pledges.near_miss.rules import Answer, NearMissCause, NearMissState
from voorjebuurt.pledges.rules import NoAnswer

_l = lazy_gettext

STATES: Mapping[NearMissState, tuple[LazyString, str]] = {
    NearMissState.PLANNING: (_l("The initiator changes the plan"), "info"),
    NearMissState.REVIEW: (_l("A coach looks at the plan"), "warning"),
    NearMissState.ASKING: (_l("Donors choose"), "info"),
    NearMissState.CLOSING: (_l("The outcome is being worked out"), "info"),
    NearMissState.OVER: (_l("Over"), "neutral"),
}

CAUSES: Mapping[NearMissCause, LazyString] = {
    NearMissCause.DEADLINE: _l("Almost enough on the last day"),
    NearMissCause.MATCH: _l("Money of the municipality fell away"),
    NearMissCause.GIFT: _l("A gift was taken back by the bank"),
}

ANSWERS: Mapping[Answer, LazyString] = {
    Answer.KEEP: _l("My gift stays"),
    Answer.MORE: _l("My gift stays and I give more"),
    Answer.BACK: _l("I take my gift back"),
}

SILENCE: Mapping[NoAnswer, LazyString] = {
    NoAnswer.BACK: _l("If you don't choose, you get your gift back."),
    NoAnswer.KEEP: _l("If you don't choose, your gift stays with the plan."),
}

NEAR_MISS_MESSAGES: Mapping[str, LazyString] = {
    "answer_final": _l("You took this gift back. The money is on its way to you."),
    "campaign_fell_short": _l(
        "This campaign has less than its minimum now. Its donors choose first what happens."
    ),
    "gift_not_asked": _l("Nothing is asked about this gift. You don't need to do anything."),
    "near_miss_not_found": _l("This campaign has no changed plan."),
    "near_miss_over": _l("The time to choose is over."),
    "no_more_asked": _l("This plan does not ask for more money."),
    "plan_empty": _l("Leave at least one amount in the budget."),
    "plan_incomplete": _l("Enter an amount for every line. Enter 0 for what is left out."),
    "plan_left_out_missing": _l("Tell what you leave out or do more simply."),
    "plan_line_raised": _l("An amount can become lower, not higher."),
    "plan_out_of_reach": _l(
        "This plan costs more than the %(reached)s that there is now. Make it smaller, or ask "
        "for the rest."
    ),
    "plan_too_late": _l("The time to send in a plan is over."),
    "plan_unchanged": _l("Make the plan smaller, or ask for the rest."),
    "review_too_late": _l("The time to review this plan is over."),
}


def near_miss_state(code: str) -> str:
    """Whose turn it is."""
    return str(STATES[NearMissState(code)][0])


def near_miss_tone(code: str) -> str:
    """The tone of that state's badge."""
    return STATES[NearMissState(code)][1]


def near_miss_cause(code: str) -> str:
    """Why it began."""
    return str(CAUSES[NearMissCause(code)])


def answer_name(code: str) -> str:
    """What a donor chose."""
    return str(ANSWERS[Answer(code)])


def silence_text(code: str) -> str:
    """What no answer means."""
    return str(SILENCE[NoAnswer(code)])


FILTERS: Mapping[str, Callable[..., object]] = {
    "answer_name": answer_name,
    "near_miss_cause": near_miss_cause,
    "near_miss_state": near_miss_state,
    "near_miss_tone": near_miss_tone,
    "silence_text": silence_text,
}
