"""The form with one address whose gifts are not matched: for a board, and for a municipality."""

from flask_babel import lazy_gettext as _l

from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most, required


class AddressForm(Form):
    """One email address; a municipality may also give its whole domain."""

    email = StringField(
        _l("Email address"),
        validators=[required(_l("Enter an email address.")), at_most(254, quiet=True)],
        render_kw={"autocomplete": "off", "spellcheck": "false", "inputmode": "email"},
    )
