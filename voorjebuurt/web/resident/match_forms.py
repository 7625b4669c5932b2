"""The forms of a resident who asks for match money, objects, or accounts for it."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, FieldList, FormField, SelectChoice, SelectMultipleField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput

from voorjebuurt.decisions.accounting.service import SpentLine
from voorjebuurt.decisions.rules.accounting import MAX_LABEL, MAX_LINES
from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.attachments import attachments_field
from voorjebuurt.web.kit.forms.fields import (
    Form,
    HiddenField,
    MoneyField,
    StringField,
    TextAreaField,
    at_most,
    required,
)
from voorjebuurt.web.kit.forms.rows import RowsForm
from voorjebuurt.web.resident.applicant_form import ApplicantForm
from voorjebuurt.web.words.written import as_written


def _long(label: Any, name: str, missing: Any, hint: Any = "", rows: int = 5) -> TextAreaField:
    return TextAreaField(
        label,
        description=hint,
        validators=[required(missing), at_most(MAX_LENGTHS[name])],
        render_kw={"rows": rows},
    )


class StatementForm(ApplicantForm):
    """What an application says; call ``offer`` before anything else."""

    reach = _long(
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

    def said(self) -> dict[str, Any]:
        """The statement as the services take it."""
        return {
            "reach": self.reach.data or "",
            "groups": list(self.groups.data or []) if "groups" in self else [],
            "undertaking": bool(self.undertaking.data),
            "de_minimis": self.de_minimis.data or "",
            "details": self.details(),
        }


class ApplyForm(StatementForm):
    """The statement of a new application, with agreement to the rules."""

    consent = BooleanField(
        _l(
            "I have read the rules of this fund. What I have entered is true. I know that this "
            "is a subsidy, and what I have to show afterwards."
        ),
        validators=[required(_l("Agree before you go on."))],
    )


class CompleteForm(StatementForm):
    """The statement again, with an answer to what was asked."""

    reason = _long(_l("Your answer"), "reason", _l("Answer what the officer asks."))


class WithdrawForm(Form):
    """Why an application is taken back."""

    reason = TextAreaField(
        _l("Why? You don't have to say"),
        validators=[Optional(), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 3},
    )


class ObjectionForm(Form):
    """What somebody has against a decision; without a reason it is completed later."""

    reason = TextAreaField(
        _l("Why do you not agree?"),
        description=_l("In your own words. Which part is not right, and what should it be?"),
        validators=[Optional(), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 8},
    )
    agent_name = StringField(
        _l("If somebody acts for you: their name"),
        description=_l("A lawyer, a family member or a neighbour, for example."),
        validators=[Optional(), at_most(200)],
    )
    agent_address = TextAreaField(
        _l("Their address"),
        validators=[Optional(), at_most(500)],
        render_kw={"rows": 3},
    )
    costs = TextAreaField(
        _l("If you pay for help: which costs do you want back?"),
        description=_l("Only for the help of a professional, and only if you are right."),
        validators=[Optional(), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 2},
    )


class CompleteObjectionForm(Form):
    """What was missing in an objection."""

    body = _long(
        _l("What was missing?"),
        "reason",
        _l("Fill this in."),
        _l("For example why you don’t agree, or who acts for you."),
        rows=8,
    )


class SpentLineForm(wtforms.Form):
    """One thing the money went to; an empty row is none."""

    label = StringField(_l("What"), validators=[Optional(), at_most(MAX_LABEL)])
    amount = MoneyField(_l("Amount"))

    def validate_label(self, field: StringField) -> None:
        """An amount went to something."""
        if self.amount.data and not field.data:
            raise ValidationError(_l("Enter what this amount was for."))

    def validate_amount(self, field: MoneyField) -> None:
        """Something cost an amount."""
        if self.label.data and not field.data and not field.process_errors:
            raise ValidationError(_l("Enter what this cost."))


class AccountingForm(RowsForm):
    """How the money was spent. ``kept`` holds receipts sent before, while the rest isn't right."""

    between = RowsForm.between | {"drop"}
    lines = FieldList(FormField(SpentLineForm), min_entries=3, max_entries=MAX_LINES)
    story = _long(
        _l("What did you do with the money?"),
        "story",
        _l("Tell what you did with the money."),
        _l(
            "What is there now, who takes part, what went otherwise than you thought? "
            "Donors read this too."
        ),
    )
    receipts = MultipleFileField(
        _l("Receipts"),
        description=_l("Photos or scans: PDF, JPEG or PNG. You can choose several at once."),
        render_kw={"accept": "application/pdf,image/jpeg,image/png", "multiple": True},
    )
    kept = HiddenField()

    def without_costs(self) -> None:
        """The form of who tells what was done: no amounts, and photos in place of receipts."""
        del self.lines
        self.receipts.label.text = _l("Photos")
        self.receipts.description = _l("If you want: PDF, JPEG or PNG. You can choose several.")

    def spent(self) -> list[SpentLine]:
        """The rows as the service takes them."""
        rows = [entry.form for entry in self.lines.entries]
        return [SpentLine(row.label.data, row.amount.data) for row in rows if row.amount.data]
