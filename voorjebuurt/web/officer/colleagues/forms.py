"""The forms about officers and what they may decide."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from voorjebuurt.web.kit.forms.fields import Form, MailAddressField, MoneyField, chosen, required
from voorjebuurt.web.officer.cases.forms import ReasonForm


class ColleagueForm(Form):
    """Whom it is about."""

    email = MailAddressField(
        _l("Email address at work"),
        description=_l("Somebody who never was here gets an invitation at this address."),
        validators=[required(_l("Enter the email address of your colleague."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class MandateForm(Form):
    """Up to what an officer decides, and whether they appoint others."""

    mandate_limit_cents = MoneyField(
        _l("May decide up to"),
        description=_l("The highest amount in one decision. Enter 0 for no decisions at all."),
        validators=[chosen(_l("Enter an amount. Enter 0 for no decisions at all."))],
    )
    may_appoint = BooleanField(
        _l("May appoint officers"),
        description=_l("Proposes colleagues and confirms them, and changes what they may decide."),
    )


class OfficerForm(ColleagueForm, MandateForm):
    """Whom to propose as an officer, and with which mandate."""


class TakingForm(ReasonForm):
    """Why somebody is no officer any more."""
