"""Asking a fund for match money: which funds fit, the form, a check, and it is sent."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Place
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.decisions.overviews.applicant_file import applications_of_campaign
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applicants.rules import checked_details
from voorjebuurt.matching.applicants.service import last_details
from voorjebuurt.matching.applications.additions import application_form
from voorjebuurt.matching.applications.service import submit_application
from voorjebuurt.matching.applications.suitable_funds import EXAMPLE_GIFT_CENTS, Fit, fit, fits
from voorjebuurt.matching.funds.parts import offer_parts
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.applicant import NAMES, filled
from voorjebuurt.web.kit.forms.attachments import files_of, sent_with_files
from voorjebuurt.web.kit.ruleset_sentences import sentences_of
from voorjebuurt.web.kit.versions import PageBasis, PageVersion, writing_as_shown
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.match_forms import ApplyForm
from voorjebuurt.web.words.messages import text_of


@blueprint.get("/acties/<uuid:campaign_id>/matchgeld")
def show_match(campaign_id: UUID) -> ResponseReturnValue:
    """What this campaign asked for, and the funds that it could ask."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        options = fits(session, campaign_id)
        applications = applications_of_campaign(session, campaign_id)
    return render_template(
        "resident/match/show.html",
        campaign=campaign,
        applications=applications,
        fits=options,
        refusals={
            option.fund.id: text_of(DomainError(option.refusal))
            for option in options
            if option.refusal
        },
        words=sentences_of,
        gift_cents=EXAMPLE_GIFT_CENTS,
    )


@blueprint.route("/acties/<uuid:campaign_id>/matchgeld/<uuid:fund_id>", methods=["GET", "POST"])
def apply_for_match(campaign_id: UUID, fund_id: UUID) -> ResponseReturnValue:
    """The application: filled in, checked, and only then sent."""
    place = Place(application_form(campaign_id, fund_id), campaign_id)
    with reading() as session:
        form = ApplyForm(data=filled(last_details(session, signed_in_person().id)))
        basis = PageBasis(SubjectKind.FUND, fund_id, _hold(campaign_id), offer_parts)
        form.version = PageVersion.of(session, basis)
        campaign = campaign_overview(session, campaign_id) or abort(404)
        offer = fit(session, campaign_id=campaign_id, fund_id=fund_id) or abort(404)
    form.offer(list(offer.fund.groups))
    if offer.refusal:
        flash(text_of(DomainError(offer.refusal)), "error")
        return redirect(url_for("resident.show_match", campaign_id=campaign_id))
    if sent_with_files(form, place) and "change" not in request.form:
        if "send" not in request.form:
            return _page("check" if _is_whole(form) else "apply", campaign, offer, form, place)
        application_id = _send(campaign_id, fund_id, form)
        if application_id is not None:
            return redirect(url_for("resident.show_application", application_id=application_id))
    return _page("apply", campaign, offer, form, place)


def _is_whole(form: ApplyForm) -> bool:
    """Whether who applies can be right; else its field tells, before the check."""
    with refusals_shown(form):
        checked_details(form.details(), undertaking=bool(form.undertaking.data))
        return True
    return False


def _send(campaign_id: UUID, fund_id: UUID, form: ApplyForm) -> UUID | None:
    with refusals_shown(form):
        # Compared last: what was applied under is then what is compared.
        with writing_as_shown(form.version, compared_last=True) as session:
            application_id = submit_application(
                session,
                campaign_id=campaign_id,
                fund_id=fund_id,
                actor=current_actor(),
                **form.said(),
            )
        flash(_("Your application has been received. You also get a mail."), "ok")
        return application_id
    return None


def _hold(campaign_id: UUID) -> Callable[[Session, UUID], object]:
    """The lock that an application takes first. Its fund can't be held: campaigns come before."""
    return lambda session, _fund_id: locked_campaign(session, campaign_id)


def _page(name: str, campaign: object, offer: Fit, form: ApplyForm, place: Place) -> str:
    return render_template(
        f"resident/match/{name}.html",
        campaign=campaign,
        offer=offer,
        rule_sentences=sentences_of(offer.version.rules),
        form=form,
        files=files_of(place),
        applicant_fields=NAMES,
        gift_cents=EXAMPLE_GIFT_CENTS,
    )
