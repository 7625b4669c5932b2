"""Who is on the board: their gifts count for the campaign and not for match money."""

from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.pledges import unmatched
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.address import AddressForm
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.resident.blueprint import blueprint


@blueprint.route("/acties/<uuid:campaign_id>/bestuur", methods=["GET", "POST"])
def show_board(campaign_id: UUID) -> ResponseReturnValue:
    """The addresses that were named, and the form for another one."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        members = unmatched.board_of(session, campaign_id)
    form = AddressForm()
    question = Question(
        title=_("Your board"),
        button=_("Add the address"),
        done=_("The address is on the list."),
        back=url_for("resident.show_board", campaign_id=campaign_id),
    )
    return ask(
        question,
        form,
        lambda session: unmatched.name_board_member(
            session, campaign_id=campaign_id, email=form.email.data or "", actor=current_actor()
        ),
        template="resident/board.html",
        campaign=campaign,
        members=members,
    )


@blueprint.post("/acties/<uuid:campaign_id>/bestuur/<uuid:giver_id>/verwijder")
def remove_board_member(campaign_id: UUID, giver_id: UUID) -> ResponseReturnValue:
    """Take an address off the list."""
    do(
        lambda session: unmatched.remove_board_member(
            session, campaign_id=campaign_id, giver_id=giver_id, actor=current_actor()
        ),
        message=_("The address is off the list."),
    )
    return redirect(url_for("resident.show_board", campaign_id=campaign_id))
