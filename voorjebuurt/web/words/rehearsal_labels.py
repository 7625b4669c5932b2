"""What rehearsals, their rules and their outcomes are called on the screens."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.kernel.catalogues import DUTCH, catalogue
from voorjebuurt.matching.rehearsal import texts
from voorjebuurt.matching.rehearsal.choices import PRESET
from voorjebuurt.matching.rehearsal.comparison import Change
from voorjebuurt.matching.rehearsal.states import Failure, RehearsalStatus
from voorjebuurt.rulebook.presets import Preset
from voorjebuurt.rulebook.texts import wording
from voorjebuurt.web.words.written import as_written

PRESETS: Mapping[Preset, LazyString] = {
    Preset.RECOMMENDED: _l("Recommended rules"),
    Preset.FIRST_COME: _l("A euro for a euro, first come first served"),
}
STATES: Mapping[RehearsalStatus, tuple[LazyString, str]] = {
    RehearsalStatus.WAITING: (_l("Waiting"), "neutral"),
    RehearsalStatus.RUNNING: (_l("Being worked out"), "info"),
    RehearsalStatus.DONE: (_l("Done"), "positive"),
    RehearsalStatus.FAILED: (_l("Failed"), "negative"),
}
CHANGES: Mapping[Change, tuple[LazyString, str]] = {
    Change.GAINS: (_l("gets more"), "positive"),
    Change.LOSES: (_l("gets less"), "warning"),
    Change.SAME: (_l("the same"), "neutral"),
    Change.FALLS_OUT: (_l("drops out"), "negative"),
    Change.COMES_IN: (_l("now takes part"), "positive"),
    Change.NOTHING: (_l("nothing, like before"), "neutral"),
}
FAILURES: Mapping[Failure, LazyString] = {
    Failure.REFUSED: _l("The rules or the campaigns do not validate. See below what is wrong."),
    Failure.TIME: _l(
        "The computer could not work these rules out within the time it gets. Nothing was kept. Try"
        " simpler rules or fewer campaigns, or ask the operator for more time."
    ),
    Failure.NO_CAMPAIGNS: _l("There are no campaigns to rehearse on."),
    Failure.BROKEN: _l(
        "Something went wrong on our side. Try again. If it happens again, tell us the number of"
        " this rehearsal."
    ),
}


def preset_key(preset: Preset) -> str:
    """How a form chooses rules with a name."""
    return f"{PRESET}:{preset.value}"


def language() -> str:
    """The language of this request."""
    return str(get_locale() or DUTCH)


def ruleset_label(name: str) -> str:
    """Whose rules they are, from what was kept."""
    return str(PRESETS[Preset(name)]) if name in set(Preset) else name


def ruleset_shown(name: str) -> str:
    """The same for a page: the name of a fund is in the language of whoever called it so."""
    return ruleset_label(name) if name in set(Preset) else as_written(name)


def band_name(row: Mapping[str, Any], indicator: str | None) -> str:
    """What a band of a report is called."""
    return texts.band_label(row, indicator, language())


def figure_name(figure: str, indicator: str | None) -> str:
    """An area's figure with its unit."""
    return texts.figure_text(figure, indicator, language())


def number_name(figure: str) -> str:
    """A factor as people write it."""
    return texts.figure_text(figure, None, language())


FILTERS: Mapping[str, Callable[..., object]] = {
    "rehearsal_state": lambda code: str(STATES[RehearsalStatus(code)][0]),
    "rehearsal_tone": lambda code: STATES[RehearsalStatus(code)][1],
    "change_label": lambda code: str(CHANGES[Change(code)][0]),
    "change_tone": lambda code: CHANGES[Change(code)][1],
    "failure_label": lambda code: str(FAILURES[Failure(code)]),
    "ruleset_label": ruleset_label,
    "ruleset_shown": ruleset_shown,
    "band_name": band_name,
    "figure_name": figure_name,
    "number_name": number_name,
    "indicator_name": lambda key: texts.indicator_name(key, language()),
    "grouped": lambda number: wording.grouped(number, catalogue(language())),
}
