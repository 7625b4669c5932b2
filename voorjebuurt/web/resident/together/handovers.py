"""Another signs for a campaign from now on: who signs asks, and the other says yes."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.members.queries import members_of
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.together import service
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.resident.blueprint import blueprint


@blueprint.post("/acties/<uuid:campaign_id>/samen/<uuid:member_id>/overdragen")
def ask_handover(campaign_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """Ask somebody to sign from now on."""
    do(
        lambda session: service.ask_handover(
            session, campaign_id=campaign_id, member_id=member_id, actor=current_actor()
        ),
        message=_("We asked them. You sign until they say yes."),
    )
    return _back(campaign_id)


@blueprint.post("/acties/<uuid:campaign_id>/samen/overdracht-stoppen")
def drop_handover(campaign_id: UUID) -> ResponseReturnValue:
    """Take that back, or say no to it."""
    do(
        lambda session: service.drop_handover(
            session, campaign_id=campaign_id, actor=current_actor()
        ),
        message=_("The campaign is not handed over."),
    )
    return _back(campaign_id)


@blueprint.route("/acties/<uuid:campaign_id>/samen/overnemen", methods=["GET", "POST"])
def take_over(campaign_id: UUID) -> ResponseReturnValue:
    """Say yes, after reading what it means."""
    form = Form()
    answer = submit(
        form,
        lambda session: service.take_over(session, campaign_id=campaign_id, actor=current_actor()),
        message=_("You sign for this campaign now."),
        back=url_for("resident.show_members", campaign_id=campaign_id),
    )
    if answer is not None:
        return answer
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        members = members_of(session, campaign_id)
    own = next(member for member in members if member.person_id == signed_in_person().id)
    if own.handover_asked_at is None and not form.errors:
        return _back(campaign_id)
    return render_template(
        "resident/together/take_over.html", campaign=campaign, signer=members[0], form=form
    )


def _back(campaign_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("resident.show_members", campaign_id=campaign_id))
