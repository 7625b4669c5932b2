"""The forms of a review."""

from flask_babel import lazy_gettext as _l

from voorjebuurt.campaigns.rules import MAX_LENGTHS
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most


class NoteForm(Form):
    """What a coach says, with a question or a decision."""

    body = TextAreaField(
        _l("Your message to the initiator"),
        validators=[at_most(MAX_LENGTHS["note"])],
        render_kw={"rows": 5},
    )
