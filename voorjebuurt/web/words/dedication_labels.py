"""What is said of gifts in somebody's name, or for somebody, and when something of it can't be."""

from collections.abc import Callable, Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from voorjebuurt.pledges.dedications.rules import DedicationKind

_l = lazy_gettext

DEDICATION_CHOICES: Mapping[DedicationKind, LazyString] = {
    DedicationKind.GROUP: _l("A group or firm gives"),
    DedicationKind.MEMORY: _l("In memory of somebody"),
    DedicationKind.BEHALF: _l("On behalf of somebody else"),
    DedicationKind.PRESENT: _l("As a present for somebody"),
}

DEDICATION_MESSAGES: Mapping[str, LazyString] = {
    "dedication_name_missing": _l("Enter the name of the group, firm or person."),
    "dedication_stays": _l(
        "This can't be changed any more: the last day of the campaign is over, or the gift "
        "went back."
    ),
    "present_day_missing": _l("Choose the day on which we may tell it."),
    "present_day_outside": _l("Choose a day from today up to and including %(last_day)s."),
    "present_over": _l("This present isn't there any more, or you answered already."),
    "present_told": _l("We mailed this present already, so it stays as it is."),
}


def dedication_line(kind: str, name: str) -> Markup:
    """In whose name a gift is, or for whom, in one line; a name that is Markup already stays so."""
    lines = {
        DedicationKind.GROUP: gettext("Given by %(name)s"),
        DedicationKind.MEMORY: gettext("In memory of %(name)s"),
        DedicationKind.BEHALF: gettext("On behalf of %(name)s"),
        DedicationKind.PRESENT: gettext("A present for %(name)s"),
    }
    return escape(lines[DedicationKind(kind)]) % {"name": name}


FILTERS: dict[str, Callable[..., object]] = {"dedication_line": dedication_line}
"""What templates may call."""
