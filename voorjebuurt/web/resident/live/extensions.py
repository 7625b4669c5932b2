"""Moving the last day of one's own campaign, once."""

from datetime import date
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.live.queries import extension_of
from voorjebuurt.campaigns.live.rules import EXTENSION_REASON_MAX_LENGTH
from voorjebuurt.campaigns.page_parts import campaign_parts
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.pledges.live.extending import extend_campaign as extend
from voorjebuurt.pledges.live.extending import extension_offer
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import DayField, Form, TextAreaField, at_most, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.words.messages import text_of


class ExtensionForm(Form):
    """Until when, and why."""

    until_on = DayField(
        _l("The new last day"), validators=[required(_l("Enter the new last day."))]
    )
    reason = TextAreaField(
        _l("Why do you need more time?"),
        description=_l("This comes on the page, and in the mail to everybody who gave."),
        validators=[
            required(_l("Write why you need more time. Everybody who gave reads it.")),
            at_most(EXTENSION_REASON_MAX_LENGTH),
        ],
        render_kw={"rows": 4},
    )

    def day(self) -> date:
        """The day of a form that was right."""
        return self.until_on.data or date.min


@blueprint.route("/acties/<uuid:campaign_id>/verlengen", methods=["GET", "POST"])
def extend_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """What was promised about it, and the form while it can move."""
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, campaign_parts)
    form = ExtensionForm()
    with reading() as session:
        form.version = PageVersion.of(session, basis)
        campaign = page_by_id(session, campaign_id) or abort(404)
        offer = extension_offer(session, campaign_id)
        extension = extension_of(session, campaign_id)
    answer = submit(
        form,
        lambda session: extend(
            session,
            campaign_id=campaign_id,
            until_on=form.day(),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("The last day is moved. Everybody who gave gets a mail."),
        back=url_for("resident.show_campaign", campaign_id=campaign_id),
    )
    return answer or render_template(
        "resident/live/extend.html",
        campaign=campaign,
        form=form,
        offer=offer,
        extension=extension,
        refusal=text_of(offer.refusal) if offer.refusal else None,
    )
