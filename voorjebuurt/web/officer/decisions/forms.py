"""The forms about one decision."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    MoneyField,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.words.case_labels import VIEWS_EXCEPTIONS


class ProposalForm(Form):
    """An amount, grounds and a reason; and what only a change has. A kind without one of these has
    its field taken away.
    """

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
    effect_on = DayField(
        _l("Until when the old plan counts"),
        description=_l(
            "Only for a ground of article 4:50: a reasonable term, of two weeks or more. The new "
            "amount must have room for what the group does by its plan until that day."
        ),
        validators=[Optional()],
    )
    compensation = MoneyField(
        _l("Damage that you pay"),
        description=_l(
            "Only for a ground of article 4:50: of who relied on the award. You pay it outside "
            "this website. Leave it empty when you know of none."
        ),
        validators=[Optional()],
    )
    breach_on = DayField(
        _l("On which day the duty was not met"),
        description=_l("Only for the ground of article 4:49, under c."),
        validators=[Optional()],
    )


class ViewsForm(ProposalForm):
    """The same with what is said of the applicant's views, where they must be asked first."""

    weighing = TextAreaField(
        _l("How do you weigh the views?"),
        description=_l("The applicant reads this in the letter, below their own words."),
        validators=[
            required(_l("Tell how you weighed the views.")),
            at_most(MAX_LENGTHS["weighing"]),
        ],
        render_kw={"rows": 6},
    )
    exception = SelectField(
        _l("Why views are not asked"),
        description=_l("Only if the law allows it. Your colleague and the applicant read it."),
        choices=[
            SelectChoice("", _l("No exception")),
            *(SelectChoice(*pair) for pair in VIEWS_EXCEPTIONS.items()),
        ],
        validators=[Optional()],
    )
    exception_reason = TextAreaField(
        _l("Why this exception applies here"),
        description=_l("Leave this empty without an exception."),
        validators=[Optional(), at_most(MAX_LENGTHS["exception_reason"])],
        render_kw={"rows": 3},
    )
