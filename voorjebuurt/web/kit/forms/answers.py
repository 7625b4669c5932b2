"""The form of an answer to a question that everybody reads."""

from flask_babel import lazy_gettext as _l

from voorjebuurt.asking.service import ANSWER_MAX_LENGTH
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most, required


class ReplyForm(Form):
    """The answer."""

    answer = TextAreaField(
        _l("Your answer"),
        description=_l("Everybody can read it, and who asked gets a mail."),
        validators=[required(_l("Write your answer.")), at_most(ANSWER_MAX_LENGTH)],
        render_kw={"rows": 6},
    )
