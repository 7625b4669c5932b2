"""The forms of signing in and of one's account."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectChoice

from voorjebuurt.people.rules import NAME_MAX_LENGTH, PASSKEY_LABEL_MAX_LENGTH, PASSWORD_MIN_LENGTH
from voorjebuurt.web.kit.forms.fields import (
    Form,
    HiddenField,
    StringField,
    at_most,
    chosen,
    email_field,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnName


class LinkForm(Form):
    """Asks for a sign-in link."""

    email = email_field()
    volgende = HiddenField()


class DataForm(Form):
    """Asks for a link to what is kept of an address."""

    email = email_field()


class EraseForm(Form):
    """Erases somebody who types their address; the choice is there only with gifts that run."""

    news = RadioField(
        _l("Do you want to hear how it ends?"),
        description=_l("You gave to a campaign that is not over yet."),
        choices=[
            SelectChoice("yes", _l("Yes: keep my address until then")),
            SelectChoice("no", _l("No: erase my address now too")),
        ],
        validators=[required(_l("Choose whether you want to hear how it ends."))],
    )
    email = email_field()


class PasswordSignInForm(Form):
    """Signs in with a password."""

    email = email_field()
    password = PasswordField(
        _l("Password"),
        validators=[required(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    volgende = HiddenField()


class UseLinkForm(Form):
    """The button that uses up a link."""


class CodeForm(Form):
    """Asks for a code of the second step."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits from your app, or one of your recovery codes."),
        validators=[required(_l("Enter the code, for example 123 456.")), at_most(40, quiet=True)],
        render_kw={"autocomplete": "one-time-code", "size": 20, "spellcheck": "false"},
    )
    volgende = HiddenField()


class PasskeyForm(Form):
    """Names a new passkey; what the device answers comes along beside it."""

    label = StringField(
        _l("What do you call this passkey?"),
        description=_l("For example: my phone."),
        validators=[
            required(_l("Enter a name, for example: my phone.")),
            at_most(PASSKEY_LABEL_MAX_LENGTH),
        ],
    )


class KeptForm(Form):
    """The button that says that recovery codes are kept."""


class ProfileForm(Form):
    """A person's name and language."""

    name = StringField(
        _l("Your name"),
        description=_l("Your name is shown with your campaigns."),
        validators=[required(_l("Enter your name.")), at_most(NAME_MAX_LENGTH), OwnName()],
        render_kw={"autocomplete": "name"},
    )
    locale = RadioField(_l("Language"), validators=[chosen()])
    volgende = HiddenField()


class PasswordForm(Form):
    """Sets a first password."""

    password = PasswordField(
        _l("New password"),
        description=_l("Use at least %(minimum)s characters.", minimum=PASSWORD_MIN_LENGTH),
        validators=[required(_l("Enter a new password."))],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(Form):
    """Changes the password."""

    current = PasswordField(
        _l("Your current password"),
        validators=[required(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("New password"),
        description=_l("Use at least %(minimum)s characters.", minimum=PASSWORD_MIN_LENGTH),
        validators=[required(_l("Enter a new password."))],
        render_kw={"autocomplete": "new-password"},
    )
