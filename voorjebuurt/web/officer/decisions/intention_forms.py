"""The forms about what is intended, and the views that come in."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.decisions.rules.views import ViewsChannel
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
from voorjebuurt.web.officer.decisions.forms import ProposalForm
from voorjebuurt.web.words.case_labels import VIEWS_CHANNELS


class IntentionForm(ProposalForm):
    """What is intended, why, and until when the applicant can answer."""

    until = DayField(
        _l("Last day to answer"),
        description=_l("Two weeks is usual. Give at least one week."),
        validators=[required(_l("Enter the day."))],
    )


class RegisterViewsForm(Form):
    """Views that did not come over the site."""

    channel = RadioField(
        _l("How did they come in?"),
        choices=[
            SelectChoice(code.value, VIEWS_CHANNELS[code])
            for code in (ViewsChannel.LETTER, ViewsChannel.PHONE, ViewsChannel.DESK)
        ],
        validators=[chosen()],
    )
    received_on = DayField(_l("Received on"), validators=[required(_l("Enter the day."))])
    answer = TextAreaField(
        _l("What the applicant says"),
        description=_l(
            "In their own words: it stands in the decision. Leave it empty if the applicant says "
            "that they have no views."
        ),
        validators=[Optional(), at_most(MAX_LENGTHS["answer"])],
        render_kw={"rows": 8},
    )
    attachments = attachments_field(_l("Scan and attachments"))


class MoreTimeForm(ReasonForm):
    """Until when the applicant can answer now, and why."""

    until = DayField(_l("New last day to answer"), validators=[required(_l("Enter the day."))])
