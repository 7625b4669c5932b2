"""In which areas a campaign has its effect, by share."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import wtforms
from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.decisions.cases.assessment import set_areas as set_them
from voorjebuurt.decisions.cases.parts import areas_parts
from voorjebuurt.matching.applications.queries import application_by_id
from voorjebuurt.places.queries import buurten
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import ask_about, case_version
from voorjebuurt.web.officer.cases.forms import DecimalField, ReasonForm

MOST_AREAS = 6


class ShareForm(wtforms.Form):
    """One area and its share in percents; an empty row is none."""

    area = SelectField(_l("Neighbourhood"), validators=[Optional()])
    percent = DecimalField(_l("Percent"), validators=[Optional()])


class AreasForm(ReasonForm):
    """The rows, and why they are as they are."""

    rows = FieldList(FormField(ShareForm), min_entries=MOST_AREAS, max_entries=MOST_AREAS)

    def shares(self) -> dict[str, Decimal]:
        """By code: the exact share of 1. Rows with the same area are added up."""
        shares: dict[str, Decimal] = {}
        for row in self.rows:
            code, percent = row.form.area.data, row.form.percent.data
            if code and percent is not None:
                shares[code] = shares.get(code, Decimal(0)) + percent / 100
        return shares


@blueprint.route("/aanvragen/<uuid:application_id>/gebieden", methods=["GET", "POST"])
def set_areas(application_id: UUID) -> ResponseReturnValue:
    """Change the areas and their shares, with the reason."""
    with reading() as session:
        version = case_version(session, application_id, areas_parts)
        application = application_by_id(session, application_id) or abort(404)
        areas = [(area.code, area.name) for area in buurten(session, application.municipality_id)]
    form = _form(application.areas, areas)
    form.version = version
    return ask_about(
        application_id,
        form,
        lambda session: set_them(
            session,
            application_id=application_id,
            shares=form.shares(),
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        part="bereik",
        template="officer/applications/areas.html",
        title=_("Where does it have its effect?"),
        button=_("Save the areas"),
        done=_("The areas are saved. They count for the computed amount."),
        says=(_("The percentages make 100 together. Empty rows don't matter."),),
    )


def _form(shares: dict[str, str], areas: Sequence[tuple[str, str]]) -> AreasForm:
    rows: list[dict[str, Any]] = [
        {"area": code, "percent": _percent(share)} for code, share in shares.items()
    ]
    form = AreasForm(data={"rows": rows + [{}] * (MOST_AREAS - len(rows))})
    for row in form.rows:
        row.form.area.choices = [
            SelectChoice("", _("Choose a neighbourhood")),
            *(SelectChoice(*pair) for pair in areas),
        ]
    return form


def _percent(share: str) -> Decimal:
    exact = Fraction(share) * 100
    return Decimal(exact.numerator) / Decimal(exact.denominator)
