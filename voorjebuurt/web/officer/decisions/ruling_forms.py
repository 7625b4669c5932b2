"""The forms of the decision on an objection, of the court, and of a penalty for being late."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from voorjebuurt.decisions.objections.rows import TEXT_MAX
from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    MoneyField,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.words.objection_labels import JUDGMENTS, NO_PENALTY, OUTCOMES


class RulingForm(Form):
    """What is decided on an objection, why, and what comes in the place of the old decision."""

    outcome = RadioField(
        _l("What do you decide?"),
        choices=[SelectChoice(code, name) for code, name in OUTCOMES.items()],
        validators=[chosen()],
    )
    reason = TextAreaField(
        _l("Considerations"),
        description=_l("Who objected reads this. Answer every point, in plain words."),
        validators=[required(_l("Give a reason.")), at_most(TEXT_MAX)],
        render_kw={"rows": 10},
    )
    public_reason = TextAreaField(
        _l("What others may read of it"),
        description=_l("Nothing about persons or state aid. Empty: nobody else reads a reason."),
        validators=[Optional(), at_most(1_000)],
        render_kw={"rows": 3},
    )
    follows = RadioField(
        _l("Do you follow the advice of the committee?"),
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No, or not in full"))],
        default="yes",
        validators=[chosen()],
    )
    deviation = TextAreaField(
        _l("Why do you not follow it?"),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 4},
    )
    kind = RadioField(
        _l("What comes in the place of the old decision?"),
        description=_l("Only when the objection is founded, in whole or in part."),
        validators=[Optional()],
        validate_choice=False,
    )
    amount = MoneyField(_l("Amount of the new decision"))
    grounds = SelectMultipleField(
        _l("Grounds of the new decision"),
        description=_l("Not for an award of the whole amount."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
    new_reason = TextAreaField(
        _l("Explanation of the new decision"),
        validators=[Optional(), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 4},
    )
    extra = MoneyField(
        _l("Extra above the ceiling"),
        description=_l(
            "Only when the fund has too little left (Awb 4:25, third paragraph). Both officers "
            "approve it."
        ),
    )
    extra_reason = TextAreaField(
        _l("Who made the extra money available, and where is that written?"),
        validators=[Optional(), at_most(1_000)],
        render_kw={"rows": 2},
    )
    costs = MoneyField(
        _l("Payment of professional help"),
        description=_l(
            "Only when it was asked before the decision (Awb 7:15). For each who asked."
        ),
    )
    joined = SelectMultipleField(
        _l("Decide on these objections as well"),
        description=_l("About the same decision. If it is revoked, decide on all of them at once."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
    court = StringField(
        _l("Which court is the appeal for?"),
        description=_l("As it must stand in the letter: de rechtbank Noord-Holland."),
        validators=[required(_l("Name the court.")), at_most(200)],
    )


class AppealForm(Form):
    """What the court told about an appeal."""

    court = StringField(_l("Court"), validators=[required(_l("Name the court.")), at_most(200)])
    case_number = StringField(
        _l("Case number of the court"), validators=[required(_l("Fill this in.")), at_most(100)]
    )
    lodged_on = DayField(
        _l("Day on which the appeal came in at the court"),
        validators=[required(_l("Enter the day."))],
    )


class JudgmentForm(Form):
    """What the court decided."""

    outcome = RadioField(
        _l("What did the court decide?"),
        choices=[SelectChoice(code, name) for code, name in JUDGMENTS.items()],
        validators=[chosen()],
    )
    judged_on = DayField(_l("Day of the judgment"), validators=[required(_l("Enter the day."))])
    decide_by = DayField(
        _l("By which day must there be a new decision?"),
        description=_l("Only when the court annulled the decision. Count from its own term."),
        validators=[Optional()],
    )
    judgment = TextAreaField(
        _l("What the court said, in short"),
        validators=[required(_l("Fill this in.")), at_most(TEXT_MAX)],
        render_kw={"rows": 6},
    )


class DefaultForm(Form):
    """A letter that says the decision is late."""

    about = RadioField(_l("What is late?"), validators=[chosen()])
    received_on = DayField(_l("Received on"), validators=[required(_l("Enter the day."))])


class PenaltyForm(Form):
    """Whether a penalty is due."""

    ground = RadioField(
        _l("Is there a reason to pay no penalty?"),
        choices=[
            SelectChoice("", _l("No, the penalty is as the law computes it")),
            *(SelectChoice(code, name) for code, name in NO_PENALTY.items()),
        ],
        default="",
        validators=[Optional()],
    )
    reason = TextAreaField(
        _l("Explanation"),
        description=_l("Needed when there is no penalty."),
        validators=[Optional(), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 4},
    )


class PaidForm(Form):
    """The day on which the municipality paid."""

    paid_on = DayField(_l("Paid on"), validators=[required(_l("Enter the day."))])
