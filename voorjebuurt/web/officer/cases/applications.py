"""All applications to the municipality's funds."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.matching.applications.queries import ApplicationFilter, find_applications
from voorjebuurt.matching.funds.queries import funds_of
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.filters import SearchForm
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.words.case_labels import APPLICATION_STATES


class ApplicationSearchForm(SearchForm):
    """Finding applications by words, fund and state."""

    fonds = SelectField(_l("Fund"), validators=[Optional()])
    status = SelectField(_l("State"), validators=[Optional()])


@blueprint.get("/aanvragen")
def list_applications() -> ResponseReturnValue:
    """Every application to a fund of the officer's municipality, found by words, fund or state."""
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
    return render_template(
        "officer/applications/list.html",
        form=form,
        applications=page.cut(rows),
        names=names,
        page=page,
    )


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
    return form


def _wanted(form: ApplicationSearchForm) -> ApplicationFilter:
    return ApplicationFilter(
        municipality_ids=signed_in_person().reads,
        search=form.zoek.data or "",
        statuses=[form.status.data] if form.status.data else (),
        fund_id=UUID(form.fonds.data) if form.fonds.data else None,
    )
