"""Running a campaign no longer: what that means now, and a button."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.queries import member_parts, members_of
from voorjebuurt.campaigns.members.rules import needs_somebody
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.rules import EDITABLE, CampaignStatus
from voorjebuurt.campaigns.together.service import leave
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.resident.blueprint import blueprint


@blueprint.route("/acties/<uuid:campaign_id>/samen/stoppen", methods=["GET", "POST"])
def leave_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """Stop running it. Who reads that others go on does not become the last one unawares."""
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, member_parts)
    form = Form()
    with reading() as session:
        form.version = PageVersion.of(session, basis)
        campaign = campaign_overview(session, campaign_id) or abort(404)
        members = members_of(session, campaign_id)
    answer = submit(
        form,
        lambda session: leave(session, campaign_id=campaign_id, actor=current_actor()),
        message=_("You no longer run this campaign."),
        back=url_for("resident.list_campaigns"),
    )
    own = next(member for member in members if member.person_id == signed_in_person().id)
    status = CampaignStatus(campaign.status)
    return answer or render_template(
        "resident/together/leave.html",
        campaign=campaign,
        own=own,
        others=[member for member in members if member.id != own.id],
        is_plan=status in EDITABLE,
        asks_somebody=needs_somebody(status),
        form=form,
    )
