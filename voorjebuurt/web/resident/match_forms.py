"""The forms of a resident who asks for match money, objects, or accounts for it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField
from wtforms.validators import Optional

from voorjebuurt.decisions.rules.accounting import MAX_RECEIPTS
from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.forms.attachments import attachments_field
from voorjebuurt.web.kit.forms.fields import (
    Form,
    HiddenField,
    StringField,
    TextAreaField,
    at_most,
    required,
)
from voorjebuurt.web.kit.forms.spending import SpendingForm
from voorjebuurt.web.kit.forms.statement import StatementForm, long_text


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

    reason = long_text(_l("Your answer"), "reason", _l("Answer what the officer asks."))


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
    attachments = attachments_field(_l("Attachments"))


class CompleteObjectionForm(Form):
    """What was missing in an objection."""

    body = long_text(
        _l("What was missing?"),
        "reason",
        _l("Fill this in."),
        _l("For example why you don’t agree, or who acts for you."),
        rows=8,
    )
    attachments = attachments_field(_l("Attachments"))


def _taken_receipts() -> str:
    """What is taken, as the field says beforehand."""
    text: str = _(
        "Photos or scans: PDF, JPEG or PNG. At most %(number)s files of %(megabytes)s MB each. You "
        "can choose several at once.",
        number=MAX_RECEIPTS,
        megabytes=the_settings().decisions.receipt_max_bytes // 1_000_000,
    )
    return text


class AccountingForm(SpendingForm):
    """How the money was spent. ``kept`` holds receipts sent before, while the rest isn't right."""

    between = SpendingForm.between | {"drop"}
    story = long_text(
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
        description=LazyString(_taken_receipts),
        render_kw={"accept": "application/pdf,image/jpeg,image/png", "multiple": True},
    )
    kept = HiddenField()

    def without_costs(self) -> None:
        """The form of who tells what was done: no amounts, and photos in place of receipts."""
        del self.lines
        self.receipts.label.text = _l("Photos")
        self.receipts.description = _l("If you want: PDF, JPEG or PNG. You can choose several.")


class ShowProofForm(Form):
    """What the applicant did, and what shows it."""

    answer = long_text(
        _l("What did you do?"),
        "answer",
        _l("Write down what you did."),
        _l("Tell it in your own words. Photos often say enough: add them below."),
        rows=8,
    )
    attachments = attachments_field(_l("Photos and other files"))


class GiveViewsForm(Form):
    """What the applicant thinks of what is intended."""

    answer = long_text(
        _l("What do you think of it?"),
        "answer",
        _l("Write what you think of it."),
        _l(
            "For example what is not right, or what we must know. Your words stand in the decision."
        ),
        rows=8,
    )
    attachments = attachments_field(_l("Attachments"))
