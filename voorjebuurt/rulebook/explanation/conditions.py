"""Requirements as phrases: what is needed, and what an application has."""

from fractions import Fraction

from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import figure_of
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.ruleset import Field, Requirement
from voorjebuurt.rulebook.texts.phrases import Count, Money, Names, Number, Phrase, Value, phrase

_NOUNS = {Field.DONORS: "donor", Field.LOCAL_DONORS: "local_donor"}


def needed(one: Requirement) -> Value:
    """What a requirement asks for: ``ten minste 2 donateurs``."""
    if isinstance(one.value, bool):
        return _first_time(one.value)
    if isinstance(one.value, Fraction):
        return _about(one.field, phrase(one.op, value=_figure(one.field, one.value)))
    names = Names(tuple(sorted(one.value)), "or", themes=one.field is Field.THEME)
    return (
        phrase("condition_theme", themes=names)
        if one.field is Field.THEME
        else phrase("condition_groups", groups=names)
    )


def found(one: Requirement, application: Application, measures: Measures) -> Value:
    """What the application has of that: ``1 donateur``."""
    if isinstance(one.value, bool):
        return _first_time(application.first_time)
    if isinstance(one.value, Fraction):
        return _about(one.field, _figure(one.field, figure_of(one.field, application, measures)))
    if one.field is Field.THEME:
        theme = application.theme
        if theme is None:
            return phrase("condition_no_theme")
        return phrase("condition_theme", themes=Names((theme,), "or", themes=True))
    names = Names(tuple(sorted(application.groups)), "and")
    if not names.names:
        return phrase("condition_no_groups")
    return phrase("condition_groups", groups=names)


def at_least(field: Field, value: Fraction | int) -> Value:
    """``ten minste 50% van het doel``, for thresholds."""
    return needed(Requirement(field, ">=", Fraction(value), "-"))


def _first_time(first: bool) -> Phrase:
    return phrase("condition_first_time" if first else "condition_not_first_time")


def _figure(field: Field, value: Fraction) -> Value:
    if field in _NOUNS:
        return Count(int(value), _NOUNS[field])
    if field is Field.CROWD_PCT:
        return phrase("condition_percentage", value=Number(value))
    return Money(value)


def _about(field: Field, amount: Value) -> Value:
    if field in _NOUNS:
        return amount
    about = {Field.CROWD_CENTS: "condition_crowd", Field.CROWD_PCT: "condition_crowd_share"}
    return phrase(about.get(field, "condition_goal"), amount=amount)
