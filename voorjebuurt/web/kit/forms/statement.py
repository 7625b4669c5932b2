"""What an application says, for the forms of who applies and of who registers it from paper."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput

from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.applicant import ApplicantForm
from voorjebuurt.web.kit.forms.attachments import attachments_field
from voorjebuurt.web.kit.forms.fields import TextAreaField, at_most, required
from voorjebuurt.web.words.written import as_written


def long_text(label: Any, name: str, missing: Any, hint: Any = "", rows: int = 5) -> TextAreaField:
    """A text that is needed, of the length that ``name`` may have."""
    return TextAreaField(
        label,
        description=hint,
        validators=[required(missing), at_most(MAX_LENGTHS[name])],
        render_kw={"rows": rows},
    )


class StatementForm(ApplicantForm):
    """What an application says; call ``offer`` before anything else."""

    reach = long_text(
        _l("How do you reach people who are usually missed?"),
        "reach",
        _l("Tell whom you reach and how."),
        _l("For example neighbours with little money, elderly people who live alone, newcomers."),
    )
    groups = SelectMultipleField(
        _l("Which of these groups take part?"),
        description=_l("An officer asks you to show it. Choose none if none applies."),
        option_widget=CheckboxInput(),
        validators=[Optional()],
    )
    undertaking = BooleanField(
        _l("We apply as a company or another undertaking"),
        description=_l("A group of neighbours, a foundation or a club usually is not."),
    )
    de_minimis = TextAreaField(
        _l("Public money that you had in the past three years"),
        description=_l(
            "Only for an undertaking: from whom, how much and when. Write “none” if there was none."
        ),
        validators=[Optional(), at_most(MAX_LENGTHS["de_minimis"])],
        render_kw={"rows": 3},
    )

    attachments = attachments_field(_l("Attachments"))

    def offer(self, groups: list[str]) -> None:
        """Set the groups that the fund's rules know; without any the question goes."""
        if groups:
            self.groups.choices = [SelectChoice(group, as_written(group)) for group in groups]
        else:
            del self.groups

    def refusals(self) -> list[DomainError]:
        """With the aid that an undertaking tells of."""
        more: list[DomainError] = []
        if self.undertaking.data and not clean_line(self.de_minimis.data or ""):
            more = [DomainError("de_minimis_missing", field="de_minimis")]
        return [*super().refusals(), *more]

    def said(self) -> dict[str, Any]:
        """The statement as the services take it."""
        return {
            "reach": self.reach.data or "",
            "groups": list(self.groups.data or []) if "groups" in self else [],
            "undertaking": bool(self.undertaking.data),
            "de_minimis": self.de_minimis.data or "",
            "details": self.details(),
        }
