"""The forms about officers who are away."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from voorjebuurt.web.kit.forms.fields import DayField, chosen, required
from voorjebuurt.web.officer.cases.forms import ReasonForm

_CHOOSE = _l("Choose an officer.")


class DelegationForm(ReasonForm):
    """Who is away, from when until when, and who stands in."""

    absent = SelectField(_l("Who is away?"), validators=[required(_CHOOSE)])
    stand_in = SelectField(_l("Who stands in?"), validators=[required(_CHOOSE)])
    from_on = DayField(_l("First day"), validators=[required(_l("Enter the day."))])
    until_on = DayField(_l("Last day"), validators=[required(_l("Enter the day."))])


class HandOverForm(ReasonForm):
    """From whom to whom all open cases go."""

    giver = SelectField(_l("Cases of"), validators=[chosen(_CHOOSE), required(_CHOOSE)])
    taker = SelectField(_l("Go to"), validators=[chosen(_CHOOSE), required(_CHOOSE)])
