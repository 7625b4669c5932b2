"""Correcting a slip on the page of a live campaign."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.corrections import PageWords
from voorjebuurt.campaigns.corrections import correct_page as correct
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.page_parts import words_parts
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import CorrectionForm


@blueprint.route("/acties/<uuid:campaign_id>/verbeteren", methods=["GET", "POST"])
def correct_page(campaign_id: UUID) -> ResponseReturnValue:
    """The words of the page, to correct; what the money depends on is not among them."""
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, words_parts)
    with reading() as session:
        version = PageVersion.of(session, basis)
        campaign = page_by_id(session, campaign_id) or abort(404)
    form = CorrectionForm(
        data={"title": campaign.title, "summary": campaign.summary, "story": campaign.story}
    )
    form.version = version
    answer = submit(
        form,
        lambda session: correct(
            session,
            campaign_id=campaign_id,
            words=PageWords(
                title=form.title.data or "",
                summary=form.summary.data or "",
                story=form.story.data or "",
            ),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("The page is corrected. It says what was changed."),
        back=url_for("staff.show_campaign", campaign_id=campaign_id),
    )
    return answer or render_template("staff/campaigns/correct.html", campaign=campaign, form=form)
