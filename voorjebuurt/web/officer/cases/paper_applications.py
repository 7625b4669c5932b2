"""Registering an application that came on paper: to which fund, the form, a check, and it is in."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Place
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.overview import OverviewRow, campaign_overview
from voorjebuurt.decisions.cases.stake_queries import stake_reason
from voorjebuurt.decisions.paper.applications import (
    PlaceInLine,
    place_in_line,
    register_application,
)
from voorjebuurt.decisions.paper.filings import application_paper_form
from voorjebuurt.decisions.rules.papers import checked_paper
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.matching.applicants.rules import checked_details
from voorjebuurt.matching.applications.service import Statement
from voorjebuurt.matching.applications.suitable_funds import PaperFit, paper_fits
from voorjebuurt.matching.funds.parts import offer_parts
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.applicant import NAMES
from voorjebuurt.web.kit.forms.attachments import files_of, sent_with_files
from voorjebuurt.web.kit.versions import PageBasis, PageVersion, writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.paper_forms import PaperApplicationForm
from voorjebuurt.web.words.messages import text_of

CARRIED = (*NAMES, "on", "at", "no_scan_reason", "note", "reach", "de_minimis", "undertaking")
"""The fields that go along with the check."""


@blueprint.get("/acties/<uuid:campaign_id>/papier")
def choose_paper_fund(campaign_id: UUID) -> ResponseReturnValue:
    """The funds that an application on paper of this campaign can be for."""
    with reading() as session:
        campaign = _campaign(session, campaign_id)
        options = paper_fits(session, campaign_id)
        stake = stake_reason(session, person_id=signed_in_person().id, campaign_id=campaign_id)
    if stake is not None:
        flash(text_of(ForbiddenError("has_stake")), "error")
        return redirect(url_for("officer.show_campaign", campaign_id=campaign_id))
    refusals = {
        each.fund.id: text_of(DomainError(each.refusal)) for each in options if each.refusal
    }
    return render_template(
        "officer/paper/funds.html", campaign=campaign, options=options, refusals=refusals
    )


@blueprint.route("/acties/<uuid:campaign_id>/papier/<uuid:fund_id>", methods=["GET", "POST"])
def register_paper_application(campaign_id: UUID, fund_id: UUID) -> ResponseReturnValue:
    """The application as the paper has it, with its place in line before it is registered."""
    place = Place(application_paper_form(campaign_id, fund_id), campaign_id)
    with reading() as session:
        campaign = _campaign(session, campaign_id)
        options = paper_fits(session, campaign_id)
        option = next((each for each in options if each.fund.id == fund_id), None) or abort(404)
        form = PaperApplicationForm()
        form.place = place
        basis = PageBasis(SubjectKind.FUND, fund_id, _hold(campaign_id), offer_parts)
        form.version = PageVersion.of(session, basis)
    form.offer(list(option.fund.groups))
    if option.refusal:
        flash(text_of(DomainError(option.refusal)), "error")
        return redirect(url_for("officer.choose_paper_fund", campaign_id=campaign_id))
    if sent_with_files(form, place) and "change" not in request.form:
        line = _line(form, fund_id, place)
        if line is not None and ("send" not in request.form or form.line.data != _told(line)):
            form.line.data = _told(line)
            return _page("check", campaign, option, form, place, line)
        application_id = _send(campaign_id, fund_id, form) if line is not None else None
        if application_id is not None:
            return redirect(url_for("officer.show_application", application_id=application_id))
    return _page("apply", campaign, option, form, place)


def _campaign(session: Session, campaign_id: UUID) -> OverviewRow:
    return campaign_overview(session, campaign_id) or abort(404)


def _line(form: PaperApplicationForm, fund_id: UUID, place: Place) -> PlaceInLine | None:
    """Where it comes among the others; None when something is not right, which its field tells."""
    with refusals_shown(form):
        checked_details(form.details(), undertaking=bool(form.undertaking.data))
        checked_paper(form.paper(), has_scan=bool(files_of(place)))
        with reading() as session:
            return place_in_line(session, fund_id=fund_id, paper=form.paper())
    return None


def _told(line: PlaceInLine) -> str:
    """Its place and who comes behind it, to see whether that changed since it was shown."""
    return ",".join([str(line.place), *line.later])


def _send(campaign_id: UUID, fund_id: UUID, form: PaperApplicationForm) -> UUID | None:
    with refusals_shown(form):
        statement = form.said()
        # Compared last, as when a resident applies: under what was shown.
        with writing_as_shown(form.version, compared_last=True) as session:
            application_id = register_application(
                session,
                fund_id=fund_id,
                campaign_id=campaign_id,
                paper=form.paper(),
                details=statement.pop("details"),
                statement=Statement(**statement),
                actor=current_actor(),
            )
        flash(_("The application is registered. The applicant gets a confirmation."), "ok")
        return application_id
    return None


def _hold(campaign_id: UUID) -> Callable[[Session, UUID], object]:
    """The lock that an application takes first."""
    return lambda session, _fund_id: locked_campaign(session, campaign_id)


def _page(
    name: str,
    campaign: OverviewRow,
    option: PaperFit,
    form: PaperApplicationForm,
    place: Place,
    line: PlaceInLine | None = None,
) -> str:
    return render_template(
        f"officer/paper/{name}.html",
        campaign=campaign,
        option=option,
        form=form,
        files=files_of(place),
        line=line,
        carried_fields=CARRIED,
    )
