"""The forms about objections: coming in, and every step until the decision."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.decisions.objections.rows import TEXT_MAX
from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.attachments import attachments_field
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.words.case_labels import OBJECTION_CHANNELS
from voorjebuurt.web.words.objection_labels import MISSING_PARTS, NO_HEARING


class RegisterForm(Form):
    """An objection that did not come over the site."""

    channel = RadioField(
        _l("How did it come in?"),
        choices=[SelectChoice(code, OBJECTION_CHANNELS[code]) for code in ("letter", "desk")],
        validators=[chosen()],
    )
    received_on = DayField(_l("Received on"), validators=[required(_l("Enter the day."))])
    posted_on = DayField(
        _l("Date of the postmark"),
        description=_l("Only for a letter that came after the last day to object."),
        validators=[Optional()],
    )
    party_name = StringField(
        _l("Name of who objects"),
        description=_l("Only when it is somebody else than the applicant."),
        validators=[Optional(), at_most(200)],
    )
    party_address = TextAreaField(
        _l("Address of who objects"),
        validators=[Optional(), at_most(500)],
        render_kw={"rows": 3},
    )
    agent_name = StringField(
        _l("Name of who acts for them"),
        description=_l("A lawyer, a family member, a neighbour: whoever wrote for who objects."),
        validators=[Optional(), at_most(200)],
    )
    agent_address = TextAreaField(
        _l("Address of who acts for them"),
        validators=[Optional(), at_most(500)],
        render_kw={"rows": 3},
    )
    committee = StringField(
        _l("Name of the advisory committee"),
        description=_l("Then there are twelve weeks to decide instead of six."),
        validators=[Optional(), at_most(200)],
    )
    reason = TextAreaField(
        _l("What are the reasons of the objection?"),
        description=_l(
            "In the own words of who objects, as far as you can. Leave it empty when no reason "
            "was given: then four weeks are given for it."
        ),
        validators=[Optional(), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 6},
    )
    attachments = attachments_field(_l("Scan and attachments"))


class StepForm(Form):
    """A day and a text; what else a step has is in its own form."""

    on = DayField(_l("On which day was this?"), validators=[required(_l("Enter the day."))])


def _body(label: Any, description: Any = None, *, is_needed: bool = True, rows: int = 5) -> Any:
    missing = required(_l("Fill this in."))
    return TextAreaField(
        label,
        description=description,
        validators=[missing if is_needed else Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": rows},
    )


class QuestionForm(StepForm):
    """What is missing, and by when it must come."""

    detail = RadioField(
        _l("What is missing?"),
        choices=[SelectChoice(code, name) for code, name in MISSING_PARTS.items()],
        validators=[chosen()],
    )
    until = DayField(_l("By which day at the latest?"), validators=[required(_l("Enter the day."))])
    body = _body(_l("Explanation for who objects"), is_needed=False, rows=3)


class CompletionForm(StepForm):
    """What came in after all."""

    body = _body(_l("What came in"))
    attachments = attachments_field(_l("Scan and attachments"))


class CommitteeForm(StepForm):
    """Which committee."""

    detail = StringField(
        _l("Name of the advisory committee"),
        validators=[required(_l("Fill this in.")), at_most(200)],
    )


class AdviceForm(StepForm):
    """What the committee said."""

    body = _body(_l("The advice"), _l("It stands in the letter as you write it here."), rows=10)


class InvitationForm(StepForm):
    """Where and when the hearing is."""

    until = DayField(_l("Day of the hearing"), validators=[required(_l("Enter the day."))])
    place = StringField(
        _l("Time and place"),
        description=_l("For example: 14.00 uur, raadhuis, kamer 3."),
        validators=[required(_l("Fill this in.")), at_most(300)],
    )
    body = _body(_l("Explanation for who objects"), is_needed=False, rows=3)


class WaiverForm(StepForm):
    """Why nobody is heard."""

    detail = RadioField(
        _l("Why is there no hearing?"),
        choices=[SelectChoice(code, name) for code, name in NO_HEARING.items()],
        validators=[chosen()],
    )
    body = _body(_l("Reason"), _l("Who objected reads this in the letter."), rows=3)


class HearingForm(StepForm):
    """What was said, and who led it."""

    detail = StringField(
        _l("Who led the hearing?"),
        description=_l("Not somebody who had a part in the decision (Awb 7:5)."),
        validators=[required(_l("Fill this in.")), at_most(200)],
    )
    body = _body(
        _l("Report of the hearing"), _l("Who was there, and what was said (Awb 7:7)."), rows=12
    )


class ExtensionForm(StepForm):
    """Why six weeks more."""

    body = _body(_l("Reason"), _l("Who objected reads your reason. This can be done once."))


class ConsentForm(StepForm):
    """Until when, by agreement."""

    until = DayField(_l("Until which day?"), validators=[required(_l("Enter the day."))])
    body = _body(_l("How was it agreed on?"), rows=3)


class ExcuseForm(StepForm):
    """Whether being late is excused."""

    detail = RadioField(
        _l("Was there a good reason to be late?"),
        choices=[
            SelectChoice("yes", _l("Yes, the objection is looked at")),
            SelectChoice("no", _l("No, the objection is inadmissible")),
        ],
        validators=[chosen()],
    )
    body = _body(_l("Why do you find so?"), _l("Who objected reads this in the letter."), rows=3)


class CostsForm(StepForm):
    """That costs are claimed."""

    body = _body(_l("Which costs are claimed?"), rows=3)


STEP_FORMS: dict[str, type[StepForm]] = {
    "question": QuestionForm,
    "completion": CompletionForm,
    "committee": CommitteeForm,
    "advice": AdviceForm,
    "invitation": InvitationForm,
    "waiver": WaiverForm,
    "hearing": HearingForm,
    "extension": ExtensionForm,
    "consent": ConsentForm,
    "excuse": ExcuseForm,
    "costs": CostsForm,
}
"""By kind of step that an officer writes down."""
