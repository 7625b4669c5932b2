"""Everybody who runs a campaign, inviting somebody, and whose name shows on its page."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.campaigns.members.queries import members_of, open_invitations
from voorjebuurt.campaigns.members.rules import INVITATION_DAYS, MOST_MEMBERS
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.together import invitations, service
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, MailAddressField, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.resident.blueprint import blueprint


class InvitationForm(Form):
    """Whom to invite."""

    email = MailAddressField(
        _l("Email address"),
        description=_l("Of somebody who wants to run this campaign with you."),
        validators=[required(_l("Enter an email address."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


@blueprint.route("/acties/<uuid:campaign_id>/samen", methods=["GET", "POST"])
def show_members(campaign_id: UUID) -> ResponseReturnValue:
    """Who runs the campaign, who is invited, and the form to invite somebody."""
    form = InvitationForm()
    answer = submit(
        form,
        lambda session: invitations.invite(
            session,
            campaign_id=campaign_id,
            email=form.email.data or "",
            locale=chosen_locale(),
            actor=current_actor(),
        ),
        message=_("The invitation is on its way. It is answered by who signs in with the address."),
        back=url_for("resident.show_members", campaign_id=campaign_id),
    )
    return answer or _page(campaign_id, form)


def _page(campaign_id: UUID, form: InvitationForm) -> str:
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        members = members_of(session, campaign_id)
        waiting = open_invitations(session, campaign_id)
    me = signed_in_person().id
    return render_template(
        "resident/together/members.html",
        campaign=campaign,
        members=members,
        own=next(member for member in members if member.person_id == me),
        invitations=waiting,
        form=form,
        most=MOST_MEMBERS,
        days=INVITATION_DAYS,
    )


@blueprint.post("/acties/<uuid:campaign_id>/samen/uitnodigingen/<uuid:invitation_id>/intrekken")
def withdraw_invitation(campaign_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    do(
        lambda session: invitations.withdraw_invitation(
            session, campaign_id=campaign_id, invitation_id=invitation_id, actor=current_actor()
        ),
        message=_("The invitation is withdrawn."),
    )
    return redirect(url_for("resident.show_members", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/samen/naam")
def show_name(campaign_id: UUID) -> ResponseReturnValue:
    """Have one's own name on the page, or not."""
    is_public = request.form.get("shown") == "yes"
    do(
        lambda session: service.show_name(
            session, campaign_id=campaign_id, is_public=is_public, actor=current_actor()
        ),
        message=_("Your name is on the page.") if is_public else _("Your name is off the page."),
    )
    return redirect(url_for("resident.show_members", campaign_id=campaign_id))
