"""What an officer answers to a question about a fund."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.asking.service import ANSWER_MAX_LENGTH, QUESTION_MAX_LENGTH
from voorjebuurt.matching.questions.states import QuestionOutcome
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most, chosen, required
from voorjebuurt.web.words.fund_labels import QUESTION_OUTCOMES


class QuestionAnswerForm(Form):
    """The answer, and who may read it."""

    outcome = RadioField(
        _l("What do you do?"),
        choices=[
            SelectChoice(code.value, QUESTION_OUTCOMES[code.value]) for code in QuestionOutcome
        ],
        validators=[chosen()],
    )
    public_text = TextAreaField(
        _l("The question as everybody can read it"),
        description=_l("Leave out what tells who asked. Only for an answer for everybody."),
        validators=[Optional(), at_most(QUESTION_MAX_LENGTH)],
        render_kw={"rows": 5},
    )
    answer = TextAreaField(
        _l("Answer"),
        validators=[
            required(_l("Write an answer, or why there is none.")),
            at_most(ANSWER_MAX_LENGTH),
        ],
        render_kw={"rows": 8},
    )
