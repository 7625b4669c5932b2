"""The first step: beginning a pitch, and changing what it is about."""

from typing import cast
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.queries import drafts
from voorjebuurt.campaigns.rules import Step
from voorjebuurt.people.service import add_person
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import current_actor, current_person
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.drafts import draft_ids, remember_draft
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import FirstIdeaForm, IdeaForm
from voorjebuurt.web.resident.steps import (
    after,
    pitch_to_edit,
    show_remarks,
    step_frame,
    step_version,
)


@blueprint.route("/acties/nieuw", methods=["GET", "POST"])
def start_campaign() -> ResponseReturnValue:
    """The first step of a new pitch, with or without being signed in."""
    form = IdeaForm() if current_person() else FirstIdeaForm()
    person = current_person()
    with reading() as session:
        places = _offer_places(form, session)
        begun_drafts = drafts(
            session, person_id=person.id if person else None, campaign_ids=draft_ids()
        )
    if form.validate_on_submit():
        with writing() as session:
            campaign_id = _begin(session, form, places)
        if current_person() is not None:
            return after(Step.IDEA, campaign_id)
        remember_draft(campaign_id)
        message = _("Saved. We mailed you a link with which you can go on later.")
        return after(Step.IDEA, campaign_id, message)
    return render_template(
        "resident/pitch/idea.html",
        form=form,
        campaign=None,
        drafts=begun_drafts,
        **step_frame(None),
    )


@blueprint.route("/acties/<uuid:campaign_id>/idee", methods=["GET", "POST"])
def edit_idea(campaign_id: UUID) -> ResponseReturnValue:
    """The first step of a pitch that is there."""
    with reading() as session:
        version = step_version(session, campaign_id, Step.IDEA)
        campaign = pitch_to_edit(session, campaign_id)
        form = IdeaForm(data={**campaign._asdict(), "municipality": str(campaign.municipality_id)})
        form.version = version
        places = _offer_places(form, session)
    show_remarks(campaign_id, form)
    if form.validate_on_submit() and carried_out(
        form,
        lambda session: pitch.save_idea(
            session,
            campaign_id=campaign_id,
            municipality_id=_chosen(form, places),
            idea=form.idea(),
            actor=current_actor(),
        ),
    ):
        return after(Step.IDEA, campaign_id)
    return render_template(
        "resident/pitch/idea.html",
        form=form,
        campaign=campaign,
        drafts=(),
        **step_frame(campaign_id),
    )


def _begin(session: Session, form: IdeaForm, places: list[UUID]) -> UUID:
    person, guest_name = current_person(), None
    if person is not None:
        initiator_id = person.id
    else:
        guest = cast(FirstIdeaForm, form)
        guest_name = guest.name.data or ""
        initiator_id = add_person(
            session,
            email=guest.email.data,
            name="",  # the account is of whoever reads that address: they say it themselves
            locale=chosen_locale(),
            actor=current_actor(),
        ).id
    return pitch.start_pitch(
        session,
        initiator_id=initiator_id,
        municipality_id=_chosen(form, places),
        idea=form.idea(),
        guest_name=guest_name,
        actor=current_actor(),
    ).id


def _offer_places(form: IdeaForm, session: Session) -> list[UUID]:
    """Fill the choice of municipalities; with a single one there is nothing to ask."""
    places = municipalities(session)
    if len(places) == 1:
        del form.municipality
    else:
        nothing = SelectChoice("", _("Choose your municipality"))
        form.municipality.choices = [
            nothing,
            *(SelectChoice(str(place.id), place.name) for place in places),
        ]
    return [place.id for place in places]


def _chosen(form: IdeaForm, places: list[UUID]) -> UUID:
    return UUID(form.municipality.data) if "municipality" in form else places[0]
