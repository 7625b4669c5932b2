"""The last step: looking everything over, and handing it in."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.gallery.queries import pictures_of, video_of
from voorjebuurt.campaigns.needs.queries import open_needs
from voorjebuurt.campaigns.pages import budget_of, page_by_id
from voorjebuurt.campaigns.queries import pitch_gaps
from voorjebuurt.campaigns.rewards.queries import offered_rewards
from voorjebuurt.campaigns.rules import PUBLIC, Gap
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people import signin
from voorjebuurt.people.queries import person_by_id
from voorjebuurt.pledges.queries import NOTHING
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, current_person
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.steps import (
    CHECK,
    ENDPOINTS,
    pitch_to_edit,
    pitch_version,
    step_frame,
)
from voorjebuurt.web.words.messages import text_of

_FIRST_OF_GROUP = {"lines": "lines-0-what", "theme": "theme-0"}


@blueprint.get("/acties/<uuid:campaign_id>/controleren")
def check_pitch(campaign_id: UUID) -> ResponseReturnValue:
    """The whole pitch in short, what it still lacks, and the button to hand it in."""
    with reading() as session:
        version = pitch_version(session, campaign_id)
        campaign = pitch_to_edit(session, campaign_id)
        lines = budget_of(session, campaign_id)
        rewards = offered_rewards(session, campaign_id)
        needs = open_needs(session, campaign_id)
        missing = pitch_gaps(session, campaign_id, the_settings().campaigns)
        initiator = person_by_id(session, campaign.initiator_id)
    return render_template(
        "resident/pitch/check.html",
        version=version,
        campaign=campaign,
        lines=lines,
        rewards=rewards,
        needs=needs,
        missing=[(_text(gap), _address(gap, campaign_id)) for gap in missing],
        initiator=initiator,
        signed_in=current_person() is not None,
        **step_frame(campaign_id, missing),
    )


@blueprint.post("/acties/<uuid:campaign_id>/indienen")
def submit_pitch(campaign_id: UUID) -> ResponseReturnValue:
    """Hand the pitch to the coaches."""
    with reading() as session:
        version = pitch_version(session, campaign_id)
    is_submitted = do(
        lambda session: pitch.submit_pitch(
            session,
            campaign_id=campaign_id,
            bounds=the_settings().campaigns,
            actor=current_actor(),
        ),
        message=_("Your plan has been sent in. A coach is going to read it."),
        version=version,
    )
    endpoint = "resident.show_campaign" if is_submitted else CHECK
    return redirect(url_for(endpoint, campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/aanmelden")
def mail_link(campaign_id: UUID) -> ResponseReturnValue:
    """Mail a sign-in link to the owner of a draft; it leads back to the check."""
    check = url_for(CHECK, campaign_id=campaign_id)
    with writing() as session:
        campaign = pitch_to_edit(session, campaign_id)
        person = person_by_id(session, campaign.initiator_id)
        if person is not None:
            signin.request_link(
                session,
                email=person.email,
                next_path=check,
                locale=chosen_locale(),
                actor=current_actor(),
            )
            flash(_("We mailed a link to %(email)s. Open it to go on.", email=person.email), "ok")
    return redirect(check)


@blueprint.get("/acties/<uuid:campaign_id>/voorbeeld")
def preview_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """The page as it would look on the site; once it is there, the page itself."""
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        if campaign.status in PUBLIC:
            return redirect(url_for("public.show_campaign", slug=campaign.slug))
        lines = budget_of(session, campaign_id)
        rewards = offered_rewards(session, campaign_id)
        needs = open_needs(session, campaign_id)
        pictures = pictures_of(session, campaign_id)
        video = video_of(session, campaign_id)
    return render_template(
        "resident/pitch/preview.html",
        pictures=pictures,
        video=video,
        campaign=campaign,
        lines=lines,
        rewards=rewards,
        needs=needs,
        total=NOTHING,
        gifts=[],
        matches=[],
        can_give=False,
    )


def _text(gap: Gap) -> str:
    error = DomainError(gap.code, field=gap.name)
    error.values = dict(gap.values)
    return text_of(error)


def _address(gap: Gap, campaign_id: UUID) -> str:
    """The field in its step; groups of fields have no place of their own but their first."""
    anchor = _FIRST_OF_GROUP.get(gap.name, gap.name)
    return url_for(ENDPOINTS[gap.step], campaign_id=campaign_id, controle=1, _anchor=anchor)
