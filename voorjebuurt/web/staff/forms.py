"""The forms of staff."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from voorjebuurt.campaigns.rules import MAX_LENGTHS
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    email_field,
    required,
)

LONG = 1000


class EvidenceForm(Form):
    """How an account was checked."""

    evidence = TextAreaField(
        _l("How did you check this account?"),
        description=_l(
            "For example: name and number agree with a bank statement of this month. The group is"
            " registered at the Chamber of Commerce."
        ),
        validators=[required(_l("Write down how you checked the account.")), at_most(LONG)],
        render_kw={"rows": 3},
    )


class ReasonForm(Form):
    """Why something is refused, cancelled or stopped."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[required(_l("Give a reason.")), at_most(LONG)],
        render_kw={"rows": 3},
    )


class ViewingForm(Form):
    """Why a member of staff looks at the site as somebody sees it; that one reads it."""

    reason = TextAreaField(
        _l("Why do you look along?"),
        description=_l(
            "The person reads this. For example: you asked us why your picture does not show."
        ),
        validators=[required(_l("Give a reason.")), at_most(LONG)],
        render_kw={"rows": 3},
    )


class ExecutedForm(Form):
    """When the bank carried a payout out."""

    executed_on = DayField(
        _l("Day on the bank statement"), validators=[required(_l("Enter the day."))]
    )
    remark = StringField(
        _l("Remark"),
        description=_l("For example the number of the statement."),
        validators=[Optional(), at_most(200)],
    )


class ResolutionForm(Form):
    """What was done about an alert."""

    resolution = TextAreaField(
        _l("What did you do about it?"),
        validators=[required(_l("Write down what you did.")), at_most(LONG)],
        render_kw={"rows": 3},
    )


class AddressForm(ReasonForm):
    """Another address of mail for a person, and why."""

    email = email_field()


class CorrectionForm(ReasonForm):
    """The words of a live page; nothing of its money or its last day."""

    title = StringField(
        _l("Name of the plan"),
        validators=[required(), at_most(MAX_LENGTHS["title"])],
    )
    summary = TextAreaField(
        _l("What changes in the neighbourhood?"),
        validators=[required(), at_most(MAX_LENGTHS["summary"])],
        render_kw={"rows": 3},
    )
    story = TextAreaField(
        _l("The plan"),
        validators=[required(), at_most(MAX_LENGTHS["story"])],
        render_kw={"rows": 12},
    )


class RecipientForm(Form):
    """Whom a mail is sent to again."""

    email = email_field()


class RoleForm(Form):
    """A role for a person."""

    role = SelectField(_l("Role"), validators=[chosen()])
    municipality_id = SelectField(
        _l("Municipality"),
        description=_l("Only for an officer or an auditor of a municipality."),
        validators=[Optional()],
    )


class TrailForm(Form):
    """Which deeds to show."""

    class Meta:
        csrf = False

    soort = SelectField(_l("About"), validators=[Optional()])
    wie = StringField(
        _l("Email address of who did it"),
        validators=[Optional(), at_most(254, quiet=True)],
    )
    van = DayField(_l("From"), validators=[Optional()])
    tot = DayField(_l("Up to and including"), validators=[Optional()])
