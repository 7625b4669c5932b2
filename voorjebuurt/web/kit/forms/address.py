"""The form with one address whose gifts are not matched: for a board, and for a municipality."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from voorjebuurt.web.kit.forms.fields import Form, at_most, required, stripped


class AddressForm(Form):
    """One e-mail address; a municipality may also give its whole domain."""

    email = StringField(
        _l("E-mail address"),
        filters=[stripped],
        validators=[required(_l("Fill in an e-mail address.")), at_most(254)],
        render_kw={"autocomplete": "off", "spellcheck": "false", "inputmode": "email"},
    )
