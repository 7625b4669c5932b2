"""The forms of what came on paper: the resident's own questions, and how the paper came."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from voorjebuurt.attachments.service import Place
from voorjebuurt.decisions.rules.papers import (
    SIGNER_MAX,
    TEXT_MAX,
    Paper,
    moment_of,
    paper_refusals,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.cleaning import without_spaces
from voorjebuurt.kernel.errors import DomainError, refusal_of
from voorjebuurt.web.kit.errors import add_refusals
from voorjebuurt.web.kit.forms.attachments import DROP, attachments_field, files_of
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
from voorjebuurt.web.kit.forms.spending import SpendingForm
from voorjebuurt.web.kit.forms.statement import StatementForm, long_text
from voorjebuurt.web.kit.returned_forms import returned_reason

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

    place: Place | None = None
    """Where its scan is kept; set before the form is looked at."""

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """As any form, and with what the service would refuse: all of it is told at once."""
        is_right = super().validate(extra_validators)
        if returned_reason() is not None:
            return is_right
        return add_refusals(self, self._paper_refusals()) and is_right

    def _paper_refusals(self) -> list[DomainError]:
        paper = self.paper()
        moment = refusal_of(lambda: moment_of(paper, now=clock.now())) if self.on.data else None
        uploads = [file for file in self.attachments.data or [] if getattr(file, "filename", "")]
        has_scan = bool(uploads or (self.place and files_of(self.place)))
        return [*paper_refusals(paper, has_scan=has_scan), *([moment] if moment else [])]

    def paper(self) -> Paper:
        """The paper as the service takes it."""
        return _paper(self, self["signer"].data or "", self["note"].data or "")


class PaperApplicationForm(_PaperForm, StatementForm):
    """An application on paper; who signed is asked with who applies. ``line`` is what was shown."""

    note = TextAreaField(
        _l("Note for the case"),
        description=_l("The applicant can read this. For example how the order was drawn by lot."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 2},
    )
    line = HiddenField()


class PaperCompletionForm(_PaperForm, StatementForm):
    """What was added on paper; the statement as it is now."""

    note = TextAreaField(
        _l("What does the applicant answer?"),
        description=_l("In short, as the paper says it. The applicant can read this."),
        validators=[required(_l("Write down what the applicant answers.")), at_most(TEXT_MAX)],
        render_kw={"rows": 4},
    )


class _SignedForm(_PaperForm):
    """A paper without a statement in which it is asked who signs."""

    signer = StringField(
        _l("Who signed?"),
        description=_l("First and last name."),
        validators=[required(_l("Enter the name of who signs.")), at_most(SIGNER_MAX)],
        render_kw={"autocomplete": "off"},
    )


class PaperAccountingForm(_SignedForm, SpendingForm):
    """How the money was spent, as a paper tells it."""

    between = SpendingForm.between | {DROP}
    story = long_text(
        _l("What was done with the money?"),
        "story",
        _l("Write down what was done with the money."),
        _l("As the paper says it, in short if it is long. Donors don’t read this."),
    )
    note = TextAreaField(
        _l("Note for the case"),
        description=_l("The applicant can read this."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 2},
    )

    def without_costs(self) -> None:
        """The form where only what was done is accounted for: no amounts."""
        del self.lines


class PaperWithdrawalForm(_SignedForm):
    """That somebody took an application back on paper."""

    note = TextAreaField(
        _l("Why, if the paper says so"),
        description=_l("The applicant can read this."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 3},
    )


def _paper(form: _PaperForm, signer: str, note: str) -> Paper:
    return Paper(
        form.on.data or clock.today(), form.at.data, signer, form.no_scan_reason.data or "", note
    )
