"""Requirements as phrases: what is needed, and what an application has."""

from fractions import Fraction
from typing import assert_never

from voorjebuurt.rulebook.clauses import Field, Requirement
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import figure_of
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.texts.phrases import Count, Money, Names, Number, Phrase, Value, phrase


def needed(requirement: Requirement) -> Value:
    """What a requirement asks for: ``ten minste 2 donateurs``."""
    field, value = requirement.field, requirement.value
    match value:
        case bool():
            return _first_time(value)
        case Fraction():
            return _about(field, phrase(requirement.op, value=_figure(field, value)))
        case frozenset():
            names = Names(tuple(sorted(value)), "or", themes=field is Field.THEME)
            if field is Field.THEME:
                return phrase("condition_theme", themes=names)
            return phrase("condition_groups", groups=names)
        case _:
            assert_never(value)


def actual(requirement: Requirement, application: Application, measures: Measures) -> Value:
    """What the application has of that: ``1 donateur``."""
    field, value = requirement.field, requirement.value
    match value:
        case bool():
            return _first_time(application.first_time)
        case Fraction():
            return _about(field, _figure(field, figure_of(field, application, measures)))
        case frozenset():
            return _theme(application) if field is Field.THEME else _groups(application)
        case _:
            assert_never(value)


def at_least(field: Field, value: Fraction | int) -> Value:
    """``ten minste 50% van het doel``, for thresholds."""
    return needed(Requirement(field, ">=", Fraction(value), "-"))


def _first_time(first: bool) -> Phrase:
    return phrase("condition_first_time" if first else "condition_not_first_time")


def _theme(application: Application) -> Phrase:
    if application.theme is None:
        return phrase("condition_no_theme")
    return phrase("condition_theme", themes=Names((application.theme,), "or", themes=True))


def _groups(application: Application) -> Phrase:
    names = Names(tuple(sorted(application.groups)), "and")
    if not names.names:
        return phrase("condition_no_groups")
    return phrase("condition_groups", groups=names)


def _figure(field: Field, value: Fraction) -> Value:
    match field:
        case Field.DONORS:
            return Count(int(value), "donor")
        case Field.LOCAL_DONORS:
            return Count(int(value), "local_donor")
        case Field.CROWD_PCT:
            return phrase("condition_percentage", value=Number(value))
        case Field.CROWD_CENTS | Field.GOAL_CENTS:
            return Money(value)
        case Field.THEME | Field.GROUPS | Field.FIRST_TIME:
            raise ValueError(f"{field} has no figure")
        case _:
            assert_never(field)


def _about(field: Field, amount: Value) -> Value:
    """The amount with what it is of; a count of donors says that by itself.

    Fields without a figure have no amount, and so do not come here.
    """
    match field:
        case Field.DONORS | Field.LOCAL_DONORS | Field.THEME | Field.GROUPS | Field.FIRST_TIME:
            return amount
        case Field.CROWD_CENTS:
            return phrase("condition_crowd", amount=amount)
        case Field.CROWD_PCT:
            return phrase("condition_crowd_share", amount=amount)
        case Field.GOAL_CENTS:
            return phrase("condition_goal", amount=amount)
        case _:
            assert_never(field)
