"""The forms about officers, what they may decide, and their teams."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from voorjebuurt.people.rules import MandateKind
from voorjebuurt.people.teams.service import NAME_MAX_LENGTH
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    MailAddressField,
    MoneyField,
    StringField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.officer.cases.forms import ReasonForm
from voorjebuurt.web.words.mandate_labels import MANDATE_KINDS


class ColleagueForm(Form):
    """Whom it is about."""

    email = MailAddressField(
        _l("Email address at work"),
        description=_l("Somebody who never was here gets an invitation at this address."),
        validators=[required(_l("Enter the email address of your colleague."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class MandateForm(Form):
    """Up to what and for what an officer decides, until when, and whether they appoint others."""

    mandate_limit_cents = MoneyField(
        _l("May decide up to"),
        description=_l("The highest amount in one decision. Enter 0 for no decisions at all."),
        validators=[chosen(_l("Enter an amount. Enter 0 for no decisions at all."))],
    )
    scope = RadioField(
        _l("For which decisions?"),
        choices=[
            SelectChoice("all", _l("All kinds, also those that come later (a general mandate)")),
            SelectChoice("some", _l("Only the kinds that I choose below")),
        ],
        default="all",
        validators=[chosen(_l("Choose for which decisions the mandate is."))],
    )
    kinds = SelectMultipleField(
        _l("Kinds of decision"),
        description=_l("Proposing and approving need a mandate for that kind."),
        choices=[SelectChoice(kind.value, name) for kind, name in MANDATE_KINDS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
    until = DayField(
        _l("Last day of the mandate"),
        description=_l("Leave it empty for a mandate that goes on until somebody ends it."),
        validators=[Optional()],
    )
    may_appoint = BooleanField(
        _l("May appoint officers"),
        description=_l("Proposes colleagues and confirms them, and changes what they may decide."),
    )

    def chosen_kinds(self) -> frozenset[MandateKind] | None:
        """The kinds that were chosen; None for a general mandate."""
        if self.scope.data != "some":
            return None
        return frozenset(map(MandateKind, self.kinds.data or ()))


class OfficerForm(ColleagueForm, MandateForm):
    """Whom to propose as an officer, and with which mandate."""


class TeamForm(Form):
    """What a team is called, and who is in it."""

    name = StringField(
        _l("Name of the team"),
        description=_l("For example ‘Team Noord’."),
        validators=[
            required(_l("Give the team a name, for example ‘Team Noord’.")),
            at_most(NAME_MAX_LENGTH),
        ],
        render_kw={"autocomplete": "off"},
    )
    members = SelectMultipleField(
        _l("Officers in the team"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[required(_l("Choose at least one officer."))],
    )


class TeamEndForm(Form):
    """That the cases of a team which ends go to no team."""

    lets_cases_go = BooleanField(_l("The open cases of this team go to no team"))


class TakingForm(ReasonForm):
    """Why somebody is no officer any more."""
