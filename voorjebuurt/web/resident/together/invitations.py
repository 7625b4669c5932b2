"""An invitation to run a campaign too, as who signs in with its address sees it."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice

from voorjebuurt.campaigns.members.queries import campaign_joined_by, own_invitations
from voorjebuurt.campaigns.together.invitations import accept_invitation, refuse_invitation
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, chosen
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.resident.blueprint import blueprint


class InvitationAnswerForm(Form):
    """Yes or no, and whether one's name may be on the page."""

    answer = RadioField(
        _l("Do you want to run this campaign together?"),
        choices=[
            SelectChoice("yes", _l("Yes, I join in")),
            SelectChoice("no", _l("No, thank you")),
        ],
        validators=[chosen(_l("Make a choice."))],
    )
    is_public = BooleanField(
        _l("My name may be on the page"),
        description=_l("You can always change this."),
    )


@blueprint.route("/uitnodigingen/<uuid:invitation_id>", methods=["GET", "POST"])
def show_invitation(invitation_id: UUID) -> ResponseReturnValue:
    """What one is invited to, by whom, and what it means; then yes or no."""
    me = signed_in_person().id
    with reading() as session:
        open_ones = own_invitations(session, me)
        joined_id = campaign_joined_by(session, invitation_id, me)
    if joined_id is not None:
        return redirect(url_for("resident.show_members", campaign_id=joined_id))
    invitation = next((each for each in open_ones if each.id == invitation_id), None)
    if invitation is None:
        return render_template("resident/together/invitation_over.html"), 404
    form = InvitationAnswerForm()
    joins = form.answer.data == "yes"
    answer = submit(
        form,
        lambda session: (
            accept_invitation(
                session,
                invitation_id=invitation_id,
                is_public=bool(form.is_public.data),
                actor=current_actor(),
            )
            if joins
            else refuse_invitation(session, invitation_id=invitation_id, actor=current_actor())
        ),
        message=_("Welcome! You run this campaign together now.")
        if joins
        else _("You said no. We forgot the invitation."),
        back=url_for("resident.show_members", campaign_id=invitation.campaign_id)
        if joins
        else url_for("resident.list_campaigns"),
    )
    return answer or render_template(
        "resident/together/invitation.html", invitation=invitation, form=form
    )
