"""What a campaign asks for: staff take off the page what may not be asked."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from voorjebuurt.campaigns.needs.queries import needs_of
from voorjebuurt.campaigns.needs.service import stop_need as stop
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import chosen
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm
from voorjebuurt.web.words.written import as_written


class StopNeedForm(ReasonForm):
    """Which question for help, and why."""

    need = RadioField(_l("Which question for help?"), validators=[chosen(_l("Make a choice."))])


@blueprint.route("/acties/<uuid:campaign_id>/hulp", methods=["GET", "POST"])
def stop_need(campaign_id: UUID) -> ResponseReturnValue:
    """All that is asked for, and the form to stop one."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        needs = needs_of(session, campaign_id)
    form = StopNeedForm()
    form.need.choices = [
        SelectChoice(str(n.id), as_written(n.title)) for n in needs if not n.stopped
    ]
    answer = submit(
        form,
        lambda session: stop(
            session,
            campaign_id=campaign_id,
            need_id=UUID(form.need.data),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("It is off the page. What was accepted stays."),
        back=url_for("staff.show_campaign", campaign_id=campaign_id),
    )
    return answer or render_template(
        "staff/campaigns/needs.html", campaign=campaign, needs=needs, form=form
    )
