"""An officer's funds: the list, a new one, and the details of a draft."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from voorjebuurt.matching.funds.builder.choices import ruleset_json
from voorjebuurt.matching.funds.builder.reading import choices_of
from voorjebuurt.matching.funds.details import FundDetails, details_of
from voorjebuurt.matching.funds.drafts import change_fund, create_fund
from voorjebuurt.matching.funds.parts import details_parts
from voorjebuurt.matching.funds.queries import fund_by_id, funds_of
from voorjebuurt.matching.funds.states import EDITABLE
from voorjebuurt.places.areas import areas_of
from voorjebuurt.places.queries import municipalities
from voorjebuurt.rulebook.presets import PRESETS, Preset
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.forms import FundForm, StartFundForm, one_of
from voorjebuurt.web.officer.funds.versions import fund_version


@blueprint.get("/fondsen")
def list_funds() -> ResponseReturnValue:
    """Every fund of the officer's own municipalities."""
    with reading() as session:
        funds = funds_of(session, signed_in_person().reads)
    return render_template("officer/funds/list.html", funds=funds)


@blueprint.route("/fondsen/nieuw", methods=["GET", "POST"])
def start_fund() -> ResponseReturnValue:
    """Begin a fund: a name, a ceiling, and rules to start from."""
    mine = signed_in_person().municipalities
    with reading() as session:
        places = [place for place in municipalities(session) if place.id in mine]
    form = StartFundForm()
    form.municipality_id.choices = [SelectChoice(str(place.id), place.name) for place in places]
    if len(places) == 1:
        form.municipality_id.data = str(places[0].id)
    place = one_of(form.municipality_id.data, mine)
    if form.validate_on_submit() and place is not None:
        with refusals_shown(form):
            return redirect(url_for("officer.edit_fund", fund_id=_start(form, place)))
    return render_template("officer/funds/start.html", form=form, places=places)


def _start(form: StartFundForm, municipality_id: UUID) -> UUID:
    rules = PRESETS[Preset(form.preset.data)](form.ceiling_cents.data or 0)
    with writing() as session:
        fund = create_fund(
            session,
            municipality_id=municipality_id,
            details=FundDetails(name=form.name.data or ""),
            rules=ruleset_json(choices_of(rules)),
            indicators=the_settings().matching.indicators,
            actor=current_actor(),
        )
        return fund.id


@blueprint.route("/fondsen/<uuid:fund_id>/gegevens", methods=["GET", "POST"])
def edit_fund(fund_id: UUID) -> ResponseReturnValue:
    """The details of a draft."""
    with reading() as session:
        version = fund_version(session, fund_id, details_parts)
        fund = fund_by_id(session, fund_id) or abort(404)
        areas = areas_of(session, fund.municipality_id)
    if fund.status not in EDITABLE:
        abort(404)
    form = FundForm.showing(details_of(fund), areas)
    form.version = version
    answer = submit(
        form,
        lambda session: change_fund(
            session, fund_id=fund_id, details=form.details(), actor=current_actor()
        ),
        message=_("The details are saved."),
        back=url_for("officer.show_fund", fund_id=fund_id),
    )
    return answer or render_template(
        "officer/funds/details.html", fund=fund, form=form, areas=areas
    )
