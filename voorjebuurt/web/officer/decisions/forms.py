"""The forms about one decision."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.fields import (
    Form,
    MoneyField,
    TextAreaField,
    at_most,
    chosen,
    required,
)


class ProposalForm(Form):
    """An amount, grounds and a reason; a kind without one of these has its field taken away."""

    amount = MoneyField(_l("Amount"), validators=[chosen(_l("Enter an amount."))])
    grounds = SelectMultipleField(
        _l("Grounds"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[chosen(_l("Choose at least one ground."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("The applicant reads this in the letter. Write it to them, in plain words."),
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 6},
    )
