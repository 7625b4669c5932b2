"""The form with which a resident asks for a change of an award."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from voorjebuurt.decisions.rules.plans import TEXT_MAX
from voorjebuurt.web.kit.forms.fields import DayField, Form, TextAreaField, at_most
from voorjebuurt.web.kit.forms.statement import long_text


class PlanChangeForm(Form):
    """Until when, what else, and why."""

    wish_on = DayField(
        _l("Until which day do you need more time?"),
        description=_l("Leave this empty if you don’t need more time."),
        validators=[Optional()],
    )
    activities = TextAreaField(
        _l("What do you want to do instead?"),
        description=_l("Leave this empty if your plan stays the same."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 4},
    )
    reason = long_text(
        _l("Why?"),
        "reason",
        _l("Tell why you ask for this."),
        _l("For example what went otherwise than you thought."),
    )
