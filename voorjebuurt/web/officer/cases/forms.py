"""The forms about one application."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.fields import DayField, Form, at_most, required, stripped


class NumberField(StringField):
    """A number as people type it, with a comma or a point; ``data`` is exact, or None."""

    data: Decimal | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data.normalize():f}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        self.data = None
        text = valuelist[0].strip().replace(",", ".") if valuelist else ""
        if not text:
            return
        try:
            self.data = Decimal(text)
        except InvalidOperation as error:
            raise ValueError(_("Fill in a number, for example 25 or 12,5.")) from error


class ReasonForm(Form):
    """Why something is done."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[stripped],
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 4},
    )


class CompletionForm(Form):
    """What is missing, and until when the applicant has for it."""

    missing = TextAreaField(
        _l("What is missing?"),
        description=_l("The applicant reads this in a mail. Say plainly what you need."),
        filters=[stripped],
        validators=[required(_l("Tell what is missing.")), at_most(MAX_LENGTHS["missing"])],
        render_kw={"rows": 5},
    )
    until = DayField(_l("Last day to complete it"), validators=[required(_l("Fill in the day."))])


class ExtensionForm(ReasonForm):
    """Until when the term is lengthened, and why."""

    until = DayField(_l("New last day to decide"), validators=[required(_l("Fill in the day."))])


class GroupsForm(Form):
    """Which of the named groups are really reached, and how that is known."""

    groups = SelectMultipleField(
        _l("Which groups does the campaign really reach?"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
    evidence = TextAreaField(
        _l("How do you know?"),
        description=_l(
            "Name what you saw or whom you spoke. Never write about the health, origin or religion"
            " of one person."
        ),
        filters=[stripped],
        validators=[Optional(), at_most(MAX_LENGTHS["evidence"])],
        render_kw={"rows": 4},
    )


class ScoreForm(ReasonForm):
    """How good a plan is, for funds that give to the best first."""

    score = NumberField(
        _l("Score"),
        description=_l("From 0 to 100."),
        validators=[required(_l("Fill in a score."))],
    )


class NoteForm(Form):
    """A private note."""

    note = TextAreaField(
        _l("New note"),
        description=_l("Only for officers of your municipality. It can't be changed afterwards."),
        filters=[stripped],
        validators=[required(_l("Write down what you want to say.")), at_most(MAX_LENGTHS["note"])],
        render_kw={"rows": 3},
    )


class AssignForm(Form):
    """To whom a case goes."""

    officer = SelectField(_l("Officer"), validators=[Optional()])
    reason = StringField(_l("Reason"), filters=[stripped], validators=[Optional(), at_most(500)])
