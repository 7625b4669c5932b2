"""The forms about objections."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.words.case_labels import OBJECTION_CHANNELS, OBJECTION_STATES


class RegisterForm(Form):
    """An objection that did not come over the site."""

    channel = RadioField(
        _l("How did it come in?"),
        choices=[SelectChoice(code, OBJECTION_CHANNELS[code]) for code in ("letter", "desk")],
        validators=[chosen()],
    )
    received_on = DayField(_l("Received on"), validators=[required(_l("Enter the day."))])
    posted_on = DayField(
        _l("Date of the postmark"),
        description=_l("Only for a letter that came after the last day to object."),
        validators=[Optional()],
    )
    reason = TextAreaField(
        _l("Why does the applicant object?"),
        description=_l("In the applicant's own words, as far as you can."),
        validators=[required(_l("Write down why.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 6},
    )
    committee = BooleanField(
        _l("An advisory committee looks at it"),
        description=_l("Then there are twelve weeks to decide instead of six."),
    )


class OutcomeForm(Form):
    """What comes of an objection, and why."""

    outcome = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice(code, OBJECTION_STATES[code])
            for code in ("upheld", "rejected", "inadmissible")
        ],
        validators=[chosen()],
    )
    excuse = TextAreaField(
        _l("Why may it be late?"),
        description=_l("It came too late. Without an excuse it is inadmissible."),
        validators=[Optional(), at_most(MAX_LENGTHS["excuse"])],
        render_kw={"rows": 3},
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Who objected reads this. Answer every point, in plain words."),
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 6},
    )
