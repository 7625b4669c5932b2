"""The second step: where it is."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import Field, SelectChoice

from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.pages import PageRow
from voorjebuurt.campaigns.rules import Step
from voorjebuurt.places.addresses import buurten_at
from voorjebuurt.places.queries import buurten
from voorjebuurt.places.rules import house_number, normal_postcode, postcode_as_written
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import PlaceForm
from voorjebuurt.web.resident.steps import (
    after,
    pitch_to_edit,
    show_remarks,
    step_frame,
    step_version,
)

Places = Sequence[tuple[str, str]]
"""Neighbourhoods to choose from: id and name."""


@blueprint.route("/acties/<uuid:campaign_id>/waar", methods=["GET", "POST"])
def edit_place(campaign_id: UUID) -> ResponseReturnValue:
    """The neighbourhood, by an address or from the list, and the spot in it."""
    with reading() as session:
        version = step_version(session, campaign_id, Step.PLACE)
        campaign = pitch_to_edit(session, campaign_id)
        form = _form(session, campaign)
        form.version = version
        right = form.validate_on_submit() and _locate(session, form, campaign)
    show_remarks(campaign_id, form)
    if right and "find" not in request.form and _save(campaign_id, form):
        return after(Step.PLACE, campaign_id)
    return render_template(
        "resident/pitch/place.html",
        form=form,
        campaign=campaign,
        located="find" in request.form and right,
        **step_frame(campaign_id),
    )


def _form(session: Session, campaign: PageRow) -> PlaceForm:
    neighbourhood_id = str(campaign.neighbourhood_id or "")
    form = PlaceForm(data={"neighbourhood": neighbourhood_id, "location": campaign.location})
    areas = [(str(area.id), area.name) for area in buurten(session, campaign.municipality_id)]
    if neighbourhood_id and neighbourhood_id not in dict(areas):
        # A neighbourhood of an earlier year stays the campaign's until somebody changes it.
        areas.append((neighbourhood_id, campaign.neighbourhood or ""))
    form.neighbourhood.choices = [
        SelectChoice("", _("Choose a neighbourhood")),
        *(SelectChoice(*pair) for pair in areas),
    ]
    form.found.choices = []
    return form


def _locate(session: Session, form: PlaceForm, campaign: PageRow) -> bool:
    """Let the address, if one was typed, tell the neighbourhood; False when it can't."""
    postcode, number = form.postcode.data or "", form.number.data or ""
    if not postcode and ("find" in request.form or number):
        return _refuse(form.postcode, _("Enter the postcode."))
    if not postcode:
        return True
    if normal_postcode(postcode) is None:
        # One of another country tells no neighbourhood, which the list does as well.
        tells_nothing = postcode_as_written(postcode) and form.neighbourhood.data
        if tells_nothing and "find" not in request.form:
            return True
        return _refuse(form.postcode, _("Enter a postcode, for example 1234 AB."))
    if number and house_number(number) is None:
        return _refuse(form.number, _("Enter a house number, for example 12."))
    places = [
        (str(area.id), area.name)
        for area in buurten_at(session, postcode, house_number(number))
        if area.municipality_id == campaign.municipality_id
    ]
    if not places and form.neighbourhood.data and "find" not in request.form:
        return True
    if not places:
        text = _("We don't know this postcode in %(place)s. Choose from the list below.")
        return _refuse(form.postcode, text % {"place": campaign.municipality})
    return _take_only(form, places[0]) if len(places) == 1 else _take_one_of(form, places)


def _take_only(form: PlaceForm, place: tuple[str, str]) -> bool:
    code, name = place
    if "find" not in request.form and form.neighbourhood.data not in ("", code):
        text = _("This address lies in %(name)s. Choose that, or leave the postcode empty.")
        return _refuse(form.neighbourhood, text % {"name": name})
    form.neighbourhood.data = code
    return True


def _take_one_of(form: PlaceForm, places: Places) -> bool:
    form.found.choices = [SelectChoice(*pair) for pair in places]
    choice = form.found.data or form.neighbourhood.data
    if choice in dict(places) and "find" not in request.form:
        form.neighbourhood.data = choice
        return True
    return "find" not in request.form and _refuse(form.found, _("Choose a neighbourhood."))


def _refuse(field: Field, text: str) -> bool:
    field.errors = [text]
    return False


def _save(campaign_id: UUID, form: PlaceForm) -> bool:
    return carried_out(
        form,
        lambda session: pitch.save_place(
            session,
            campaign_id=campaign_id,
            neighbourhood_id=_id(form.neighbourhood.data),
            location=form.location.data or "",
            actor=current_actor(),
        ),
    )


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
