"""All applications to the municipality's funds."""

from datetime import date
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.rules.terms import aim_before
from voorjebuurt.matching.applications.queries import (
    ApplicationFilter,
    ApplicationRow,
    find_applications,
)
from voorjebuurt.matching.funds.queries import funds_of
from voorjebuurt.people.queries import names_of
from voorjebuurt.people.teams.queries import team_names, teams_in
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.filters import SearchForm
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.words.case_labels import APPLICATION_STATES


class ApplicationSearchForm(SearchForm):
    """Finding applications by words, fund, state and team."""

    fonds = SelectField(_l("Fund"), validators=[Optional()])
    status = SelectField(_l("State"), validators=[Optional()])
    team = SelectField(_l("Team"), validators=[Optional()])


@blueprint.get("/aanvragen")
def list_applications() -> ResponseReturnValue:
    """Every application to a fund of the municipality, found by words, fund, state or team."""
    page = Page.asked(size=25)
    with reading() as session:
        form = _search_form(session)
        filters = _wanted(form) if form.validate() else None
        rows = (
            find_applications(session, filters, limit=page.limit, offset=page.offset)
            if filters
            else []
        )
        names = names_of(session, [row.assigned_to for row in rows])
        teams = team_names(session, [row.team_id for row in rows])
    return render_template(
        "officer/applications/list.html",
        form=form,
        applications=page.cut(rows),
        names=names,
        teams=teams,
        aims={row.id: _aim(row) for row in rows},
        page=page,
    )


def _aim(row: ApplicationRow) -> date | None:
    is_running = row.live and row.campaign_status == CampaignStatus.LIVE
    return aim_before(row.decide_by, live=is_running, last_day=row.deadline_on)


def _search_form(session: Session) -> ApplicationSearchForm:
    form = ApplicationSearchForm(request.args)
    funds = funds_of(session, signed_in_person().reads)
    form.fonds.choices = [
        SelectChoice("", _("All")),
        *(SelectChoice(str(fund.id), fund.name) for fund in funds),
    ]
    form.status.choices = [
        SelectChoice("", _("All")),
        *(SelectChoice(*pair) for pair in APPLICATION_STATES.items()),
    ]
    teams = teams_in(session, signed_in_person().reads)
    form.team.choices = [
        SelectChoice("", _("All")),
        *(SelectChoice(str(team.id), team.name) for team in teams),
    ]
    if not teams:
        del form.team
    return form


def _wanted(form: ApplicationSearchForm) -> ApplicationFilter:
    return ApplicationFilter(
        municipality_ids=signed_in_person().reads,
        search=form.zoek.data or "",
        statuses=[form.status.data] if form.status.data else (),
        fund_id=UUID(form.fonds.data) if form.fonds.data else None,
        team_id=UUID(form.team.data) if "team" in form and form.team.data else None,
    )
