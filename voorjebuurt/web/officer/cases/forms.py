"""The forms about one application."""

import re
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from voorjebuurt.kernel.cleaning import without_spaces
from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    StringField,
    TextAreaField,
    TypedField,
    at_most,
    chosen,
    required,
)

_DECIMAL = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,30})?")


class DecimalField(TypedField):
    """A number as people type it, with a comma or a point; ``data`` is exact, or None."""

    data: Decimal | None

    def as_typed(self) -> str:
        """Without zeros at its end, and without an exponent."""
        return f"{(self.data or Decimal(0)).normalize():f}"

    def from_typed(self, text: str) -> Decimal:
        """No more digits than a score or a share has use for."""
        number = without_spaces(text).replace("%", "").replace(",", ".")
        if not _DECIMAL.fullmatch(number):
            raise ValueError(_("Enter a number, for example 25 or 12,5."))
        return Decimal(number)


class ReasonForm(Form):
    """Why something is done."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 4},
    )


class CompletionForm(Form):
    """What is missing, and until when the applicant has for it."""

    missing = TextAreaField(
        _l("What is missing?"),
        description=_l("The applicant reads this in a mail. Say plainly what you need."),
        validators=[required(_l("Tell what is missing.")), at_most(MAX_LENGTHS["missing"])],
        render_kw={"rows": 5},
    )
    until = DayField(_l("Last day to complete it"), validators=[required(_l("Enter the day."))])


class ExtensionForm(ReasonForm):
    """Until when the term is lengthened, and why."""

    until = DayField(_l("New last day to decide"), validators=[required(_l("Enter the day."))])


class LastTermForm(Form):
    """Until when an award can still be accounted for, and what the applicant reads with it."""

    until = DayField(
        _l("Last day to account"),
        description=_l("Six weeks is usual. Give at least two weeks."),
        validators=[required(_l("Enter the day."))],
    )
    reason = TextAreaField(
        _l("What do you tell the applicant?"),
        description=_l(
            "For example what is missing, and whom to call. They read it in the letter."
        ),
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 4},
    )


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
        validators=[Optional(), at_most(MAX_LENGTHS["evidence"])],
        render_kw={"rows": 4},
    )


class ScoreForm(ReasonForm):
    """How good a plan is, for funds that give to the best first."""

    score = DecimalField(
        _l("Score"),
        description=_l("From 0 to 100."),
        validators=[chosen(_l("Enter a score."))],
    )


class NoteForm(Form):
    """A private note."""

    note = TextAreaField(
        _l("New note"),
        description=_l(
            "Only for officers and the auditor of your municipality. You can’t change it"
            " afterwards."
        ),
        validators=[required(_l("Write down what you want to say.")), at_most(MAX_LENGTHS["note"])],
        render_kw={"rows": 3},
    )


class AssignForm(Form):
    """To whom a case goes."""

    officer = SelectField(_l("Officer"), validators=[Optional()])
    team = SelectField(_l("Team"), validators=[Optional()])
    reason = StringField(_l("Reason"), validators=[Optional(), at_most(500)])
