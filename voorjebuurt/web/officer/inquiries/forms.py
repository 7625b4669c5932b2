"""The forms about proof that is asked for."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from voorjebuurt.decisions.rules.inquiries import Finding, InquiryChannel
from voorjebuurt.matching.applications.states import MAX_LENGTHS
from voorjebuurt.web.kit.forms.attachments import attachments_field
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.officer.cases.forms import ReasonForm
from voorjebuurt.web.words.case_labels import FINDINGS, INQUIRY_CHANNELS


class ProofQuestionForm(Form):
    """What the applicant should show, why, and by when."""

    cause = TextAreaField(
        _l("Why do you ask this?"),
        description=_l("The applicant reads it. Say which cause there is, without guessing."),
        validators=[
            required(_l("Write down the cause. The applicant reads it.")),
            at_most(MAX_LENGTHS["cause"]),
        ],
        render_kw={"rows": 4},
    )
    asked = TextAreaField(
        _l("What should the applicant show?"),
        description=_l("Ask no more than you need, for example a few photos."),
        validators=[
            required(_l("Write down what the applicant should show.")),
            at_most(MAX_LENGTHS["asked"]),
        ],
        render_kw={"rows": 4},
    )
    until = DayField(
        _l("Last day to answer"),
        description=_l("Four weeks is usual. Give at least two weeks."),
        validators=[required(_l("Enter the day."))],
    )


class RegisterAnswerForm(Form):
    """An answer that did not come over the site."""

    channel = RadioField(
        _l("How did it come in?"),
        choices=[
            SelectChoice(code.value, INQUIRY_CHANNELS[code])
            for code in (InquiryChannel.LETTER, InquiryChannel.DESK)
        ],
        validators=[chosen()],
    )
    received_on = DayField(_l("Received on"), validators=[required(_l("Enter the day."))])
    answer = TextAreaField(
        _l("What the applicant says or shows"),
        validators=[
            required(_l("Write down what the applicant says or shows.")),
            at_most(MAX_LENGTHS["answer"]),
        ],
        render_kw={"rows": 8},
    )
    attachments = attachments_field(_l("Scans or photos"))


class MoreTimeForm(ReasonForm):
    """Until when the applicant can answer now, and why."""

    until = DayField(_l("New last day to answer"), validators=[required(_l("Enter the day."))])


class FindingForm(Form):
    """What was found, of what can be found now."""

    finding = RadioField(_l("What did you find?"), validators=[chosen()])
    finding_text = TextAreaField(
        _l("Explain what you found"),
        description=_l("The applicant reads it in the mail or letter."),
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["finding_text"])],
        render_kw={"rows": 4},
    )

    def offer(self, findings: Iterable[Finding]) -> None:
        """Offer these findings."""
        self.finding.choices = [SelectChoice(code.value, FINDINGS[code]) for code in findings]
