"""The forms of what came on paper: the resident's own questions, and how the paper came."""

import re
from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from voorjebuurt.decisions.rules.papers import SIGNER_MAX, TEXT_MAX, Paper
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.cleaning import without_spaces
from voorjebuurt.web.kit.forms.attachments import attachments_field
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    HiddenField,
    StringField,
    TextAreaField,
    TypedField,
    at_most,
    required,
)
from voorjebuurt.web.kit.forms.statement import StatementForm

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])(uur)?")


class TimeField(TypedField):
    """A time of day as people type it, ``9.30`` or ``14:05``; None when nothing was typed."""

    data: time | None

    def as_typed(self) -> str:
        """With a point, as in the Netherlands."""
        return f"{self.data:%H.%M}" if self.data else ""

    def from_typed(self, text: str) -> time:
        """Hours and minutes."""
        match = _TIME.fullmatch(without_spaces(text))
        if match is None:
            raise ValueError(_("Enter a time, for example 14.05."))
        return time(int(match[1]), int(match[2]))


class _PaperForm(Form):
    """How a paper came, and its scan."""

    on = DayField(
        _l("On which day did it come in?"),
        description=_l("The day of receipt counts, not the date on the letter or the postmark."),
        validators=[required(_l("Enter the day."))],
    )
    at = TimeField(
        _l("At what time?"),
        description=_l(
            "If you know it, from a stamp or a receipt. Without a time it counts from the end of "
            "that day, behind what came in online that day."
        ),
        validators=[Optional()],
        render_kw={"inputmode": "numeric", "size": 8, "autocomplete": "off"},
    )
    attachments = attachments_field(_l("Scan of the paper"))
    no_scan_reason = TextAreaField(
        _l("No scan? Why not?"),
        description=_l("Only if you add no scan: for example that the paper is too large."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 2},
    )


class PaperApplicationForm(_PaperForm, StatementForm):
    """An application on paper; who signed is asked with who applies. ``line`` is what was shown."""

    note = TextAreaField(
        _l("Note for the case"),
        description=_l("The applicant can read this. For example how the order was drawn by lot."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 2},
    )
    line = HiddenField()

    def paper(self) -> Paper:
        """The paper as the service takes it."""
        return _paper(self, self.signer.data or "", self.note.data or "")


class PaperCompletionForm(_PaperForm, StatementForm):
    """What was added on paper; the statement as it is now."""

    note = TextAreaField(
        _l("What does the applicant answer?"),
        description=_l("In short, as the paper says it. The applicant can read this."),
        validators=[required(_l("Write down what the applicant answers.")), at_most(TEXT_MAX)],
        render_kw={"rows": 4},
    )

    def paper(self) -> Paper:
        """The paper as the service takes it."""
        return _paper(self, self.signer.data or "", self.note.data or "")


class PaperWithdrawalForm(_PaperForm):
    """That somebody took an application back on paper."""

    signer = StringField(
        _l("Who signed?"),
        description=_l("First and last name."),
        validators=[required(_l("Enter the name of who signs.")), at_most(SIGNER_MAX)],
        render_kw={"autocomplete": "off"},
    )
    note = TextAreaField(
        _l("Why, if the paper says so"),
        description=_l("The applicant can read this."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 3},
    )

    def paper(self) -> Paper:
        """The paper as the service takes it."""
        return _paper(self, self.signer.data or "", self.note.data or "")


def _paper(form: _PaperForm, signer: str, note: str) -> Paper:
    return Paper(
        form.on.data or clock.today(), form.at.data, signer, form.no_scan_reason.data or "", note
    )
