"""The forms that lay interest down."""

from flask_babel import lazy_gettext as _l

from voorjebuurt.web.kit.forms.fields import DayField, Form, HiddenField, chosen


class InterestForm(Form):
    """Up to which day. ``seen`` is the amount (eurocents) that the page showed for it."""

    until = DayField(
        _l("Interest up to and including"),
        description=_l(
            "A day that is over. What runs after it can be determined later, by another decision."
        ),
        validators=[chosen(_l("Enter a day."))],
    )
    seen = HiddenField()


class OwedInterestForm(Form):
    """Nothing to fill in: the amount follows from the days, and its version from the case."""
