"""A campaign that nobody runs any more: staff invite somebody who does."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.campaigns.members.queries import open_invitations
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.campaigns.together.invitations import invite
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, MailAddressField, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.staff.blueprint import blueprint


class InitiatorForm(Form):
    """Whom to invite."""

    email = MailAddressField(
        _l("Email address"),
        description=_l("Of who takes this campaign over. They agree to it after signing in."),
        validators=[required(_l("Enter an email address."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


@blueprint.route("/acties/<uuid:campaign_id>/initiatiefnemer", methods=["GET", "POST"])
def invite_initiator(campaign_id: UUID) -> ResponseReturnValue:
    """Who was invited already, and the form for another one."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        waiting = open_invitations(session, campaign_id)
    if campaign.orphaned_at is None:
        abort(404)
    form = InitiatorForm()
    answer = submit(
        form,
        lambda session: invite(
            session,
            campaign_id=campaign_id,
            email=form.email.data or "",
            locale=chosen_locale(),
            actor=current_actor(),
        ),
        message=_("The invitation is on its way."),
        back=url_for("staff.show_campaign", campaign_id=campaign_id),
    )
    return answer or render_template(
        "staff/campaigns/initiator.html", campaign=campaign, invitations=waiting, form=form
    )
