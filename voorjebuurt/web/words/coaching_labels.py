"""What is said about the words that a coach changed in a plan."""

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.campaigns.coaching.rules import EditAnswer, Turn

_l = lazy_gettext

EDIT_ANSWERS: Mapping[EditAnswer, LazyString] = {
    EditAnswer.ACCEPTANCE: _l("kept"),
    EditAnswer.RESTORATION: _l("the words of the initiator were put back"),
    EditAnswer.REPLACEMENT: _l("there came other words"),
    EditAnswer.WITHDRAWAL: _l("the coach took it back"),
}

COACHING_MESSAGES: dict[str, LazyString] = {
    "edit_answered": _l("This was answered already. Look at what the plan says now."),
    "edit_not_found": _l("We can't find this change any more."),
    "edit_overtaken": _l(
        "The plan says something else by now. So there is nothing to put back, and nothing is lost."
    ),
    "edits_wait": _l(
        "Words that a coach changed wait for the initiator. Only after their answer can the plan "
        "go live."
    ),
    "funder_answer_missing": _l("Write your answer."),
    "funder_day_far": _l("Choose a day within half a year."),
    "funder_day_past": _l("This day is over. Choose a later one."),
    "funder_link_closed": _l("This link does not work any more. Your remark was not sent."),
    "funder_link_not_found": _l("We can't find this link."),
    "funder_links_full": _l(
        "At most %(most)s links are open at a time. First close one that is not needed any more."
    ),
    "funder_name_missing": _l("Enter your name."),
    "funder_plan_live": _l("Everybody can see this plan, or nobody any more. No link is needed."),
    "funder_reader_missing": _l("Write down for whom it is."),
    "funder_remark_answered": _l("This remark was answered or removed already."),
    "funder_remark_missing": _l("Write your remark."),
    "funder_remark_not_found": _l("We can't find this remark."),
    "funder_remarks_full": _l("You left %(most)s remarks by this link. That is the most."),
    "funder_text_long": _l("Use at most %(most)s characters."),
    "talk_over": _l("This conversation is over. You can still read it."),
}


def edit_answer_label(answer: str) -> str:
    """What became of a change of a coach."""
    return str(EDIT_ANSWERS[EditAnswer(answer)])


TURNS: Mapping[Turn, LazyString] = {
    Turn.INITIATOR: _l("Waits for the initiator"),
    Turn.COACH: _l("Waits for the coach"),
    Turn.NOBODY: _l("Nothing waits"),
}


def turn_label(turn: str) -> str:
    """For whom a conversation waits."""
    return str(TURNS[Turn(turn)])


FILTERS: Mapping[str, Callable[..., object]] = {
    "edit_answer_label": edit_answer_label,
    "turn_label": turn_label,
}
"""What templates may call."""
