"""How states of applications, decisions and objections look, and how near a last day is."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_decimal
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.kernel import text
from voorjebuurt.kernel.text import days_until
from voorjebuurt.web.words import case_labels as labels
from voorjebuurt.web.words import objection_labels
from voorjebuurt.web.words.decision_addresses import SLUGS
from voorjebuurt.web.words.paper_labels import LETTER_KINDS, PAPER_KINDS
from voorjebuurt.web.words.written import as_written

APPLICATION_TONES: Mapping[str, str] = {
    "received": "info",
    "incomplete": "warning",
    "admitted": "info",
    "proposed": "info",
    "awarded": "positive",
    "refused": "negative",
    "withdrawn": "neutral",
    "revoked": "negative",
    "accounted": "info",
    "determined": "positive",
    "expired": "neutral",
}
DECISION_TONES: Mapping[str, str] = {
    "proposed": "info",
    "dismissed": "neutral",
    "approved": "warning",
    "recalled": "neutral",
    "sent": "positive",
}
OBJECTION_TONES: Mapping[str, str] = {
    "received": "warning",
    "upheld": "positive",
    "partly_upheld": "positive",
    "rejected": "neutral",
    "inadmissible": "neutral",
    "withdrawn": "neutral",
}
VIEWS_TONES: Mapping[str, str] = {
    "open": "info",
    "answered": "warning",
    "waived": "positive",
    "dropped": "neutral",
    "silence": "warning",
}
INQUIRY_TONES: Mapping[str, str] = {
    "open": "info",
    "answer": "warning",
    "silence": "warning",
    "end": "neutral",
}
SOON_DAYS = 7
"""From so many days on, a last day is marked."""


def due_words(last_day: date) -> str:
    """How near a last day is: ``3 days left``, ``today``, ``2 days too late``."""
    days = days_until(last_day)
    if days < 0:
        return str(ngettext("%(num)s day too late", "%(num)s days too late", -days))
    if days == 0:
        return str(_("today"))
    return str(ngettext("%(num)s day left", "%(num)s days left", days))


def due_tone(last_day: date) -> str:
    """The tone of such a badge: late, soon, or neither."""
    days = days_until(last_day)
    if days < 0:
        return "negative"
    return "warning" if days <= SOON_DAYS else "neutral"


def _name(names: Mapping[str, object]) -> Callable[[str], str]:
    return lambda code: str(names.get(code, code))


def _tone(tones: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: tones.get(code, "neutral")


def share_percent(share: str) -> str:
    """An exact share of 1 as a percentage, with at most one decimal: ``33,3%``."""
    number = format_decimal(round(Decimal(share) * 100, 1), locale=str(get_locale() or "nl"))
    return f"{number}%"


def number_plain(number: Decimal) -> str:
    """A number with at most one decimal: ``20`` or ``20,5``."""
    return str(format_decimal(number, format="0.#", locale=str(get_locale() or "nl")))


def exact_moment(at: datetime) -> str:
    """A moment to the millisecond: the order of receipt can be proved by it."""
    return text.exact_moment(at, str(get_locale() or "nl"))


def story_name(kind: str) -> str:
    """What an event in the story of an application is called: of itself, its term or a decision."""
    if kind in labels.DECISION_KINDS:
        name = str(labels.DECISION_KINDS[kind])
        return name[:1].upper() + name[1:]
    return str({**labels.TERM_EVENTS, **labels.STORY_KINDS}[kind])


def step_text(kind: str, detail: str) -> str:
    """What stands beside a step of an objection: its code in words, or the name that it has."""
    codes = {
        "question": objection_labels.MISSING_PARTS,
        "waiver": objection_labels.NO_HEARING,
    }.get(kind)
    if codes is not None:
        return str(codes[detail])
    if kind == "excuse":
        return str(_("Yes") if detail == "yes" else _("No"))
    return as_written(detail)


FILTERS: dict[str, Callable[..., object]] = {
    "application_state": _name(labels.APPLICATION_STATES),
    "application_tone": _tone(APPLICATION_TONES),
    "channel_name": _name(labels.OBJECTION_CHANNELS),
    "clock_event_name": _name(labels.TERM_EVENTS),
    "decision_kind": _name(labels.DECISION_KINDS),
    "decision_slug": lambda kind: SLUGS[DecisionKind(kind)],
    "decision_state": _name(labels.DECISION_STATES),
    "decision_tone": _tone(DECISION_TONES),
    "due_tone": due_tone,
    "due_words": due_words,
    "exact_moment": exact_moment,
    "match_state": _name(labels.MATCH_STATES),
    "judgment_name": _name(objection_labels.JUDGMENTS),
    "next_for_reader": _name(objection_labels.NEXT_FOR_READER),
    "next_step_name": _name(objection_labels.NEXT_STEPS),
    "number_plain": number_plain,
    "objection_state": _name(labels.OBJECTION_STATES),
    "objection_tone": _tone(OBJECTION_TONES),
    "rung_name": _name(labels.MATCH_RUNGS),
    "outcome_name": _name(objection_labels.OUTCOMES),
    "share_percent": share_percent,
    "step_deed": _name(objection_labels.STEP_BUTTONS),
    "step_name": _name(objection_labels.STEPS),
    "step_text": step_text,
    "story_name": story_name,
    "finding": _name(labels.FINDINGS),
    "plan_state": _name(labels.PLAN_STATES),
    "inquiry_channel": _name(labels.INQUIRY_CHANNELS),
    "inquiry_state": _name(labels.INQUIRY_STATES),
    "inquiry_task": _name(labels.INQUIRY_TASKS),
    "inquiry_tone": _tone(INQUIRY_TONES),
    "views_channel": _name(labels.VIEWS_CHANNELS),
    "views_exception": _name(labels.VIEWS_EXCEPTIONS),
    "views_state": _name(labels.VIEWS_TOLD),
    "views_tone": _tone(VIEWS_TONES),
    "waits_for": _name(labels.WAITS_FOR),
    "work_kind": _name(labels.WORK_KINDS),
    "letter_kind": _name(LETTER_KINDS),
    "paper_kind": _name(PAPER_KINDS),
    "penalty_task": _name(labels.PENALTY_TASKS),
}
"""What templates of officers and residents may call."""
