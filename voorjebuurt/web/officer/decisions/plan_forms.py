"""The forms of a change that an applicant asked for."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.decisions.rules.plans import TEXT_MAX
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
from voorjebuurt.web.words.case_labels import PLAN_OUTCOMES, VIEWS_CHANNELS


class PlanRequestForm(Form):
    """A request that did not come over the site."""

    channel = RadioField(
        _l("How did it come in?"),
        choices=[
            SelectChoice(code.value, VIEWS_CHANNELS[code])
            for code in (ViewsChannel.LETTER, ViewsChannel.PHONE, ViewsChannel.DESK)
        ],
        validators=[chosen()],
    )
    received_on = DayField(_l("Received on"), validators=[required(_l("Enter the day."))])
    wish_on = DayField(
        _l("Until which day does the applicant want more time?"),
        description=_l("Leave this empty if no more time is asked for."),
        validators=[Optional()],
    )
    activities = TextAreaField(
        _l("What does the applicant want to do instead?"),
        description=_l("Leave this empty if the plan stays the same."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 4},
    )
    reason = TextAreaField(
        _l("Why?"),
        description=_l("In the applicant’s own words: it stands in the decision."),
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 5},
    )
    attachments = attachments_field(_l("Scan and attachments"))


class PlanRulingForm(Form):
    """What is decided; call ``offer`` before anything else."""

    outcome = RadioField(
        _l("What do you decide?"),
        choices=[SelectChoice(code, name) for code, name in PLAN_OUTCOMES.items()],
        validators=[chosen()],
    )
    until = DayField(
        _l("More time, until which day?"),
        description=_l("Only if you give a part. No later than was asked."),
        validators=[Optional()],
    )
    activities = TextAreaField(
        _l("Which other activities may they carry out?"),
        description=_l("Only if you give a part. It stands in the letter as you write it."),
        validators=[Optional(), at_most(TEXT_MAX)],
        render_kw={"rows": 4},
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l(
            "The applicant reads this in the letter. Needed if you do not give everything."
        ),
        validators=[Optional(), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 5},
    )

    def offer(self, plan_request: Any) -> None:
        """Leave only the fields of what was asked."""
        if plan_request is None or plan_request.wish_on is None:
            del self.until
        if plan_request is None or not plan_request.activities:
            del self.activities
