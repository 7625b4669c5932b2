"""The pictures of one's own campaign beside its cover, and its video."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.file import FileField
from wtforms import BooleanField
from wtforms.validators import Optional

from voorjebuurt.campaigns.gallery import service
from voorjebuurt.campaigns.gallery.queries import pictures_of, video_of
from voorjebuurt.campaigns.gallery.rules import (
    MOST_PICTURES,
    URL_MAX_LENGTH,
    VIDEO_TITLE_MAX_LENGTH,
)
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.rules import EDITABLE, MAX_LENGTHS
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.fields import Form, HiddenField, StringField, at_most, required
from voorjebuurt.web.kit.forms.names import OwnTitle
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.returned_forms import returned_reason
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.taken_pictures import PICTURE_TYPES, picture_hint, take_picture


class PictureForm(Form):
    """Another picture. ``picture_key`` holds what was uploaded while the rest is not right yet."""

    picture = FileField(
        _l("Picture"),
        description=LazyString(picture_hint),
        render_kw={"accept": PICTURE_TYPES},
    )
    picture_key = HiddenField()
    remove_picture = BooleanField(_l("Remove this picture"))
    picture_alt = StringField(
        _l("What can be seen in the picture?"),
        description=_l("For people who can't see it, for example: an empty square of grey tiles."),
        validators=[
            required(_l("Describe the picture for people who can't see it.")),
            at_most(MAX_LENGTHS["picture_alt"]),
        ],
    )


class VideoForm(Form):
    """Where a video is, and what it shows."""

    url = StringField(
        _l("Address of the video"),
        validators=[Optional(), at_most(URL_MAX_LENGTH)],
    )
    video_title = StringField(
        _l("What does the video show?"),
        validators=[Optional(), at_most(VIDEO_TITLE_MAX_LENGTH), OwnTitle()],
    )


@blueprint.route("/acties/<uuid:campaign_id>/fotos", methods=["GET", "POST"])
def edit_gallery(campaign_id: UUID) -> ResponseReturnValue:
    """The pictures that there are, and the forms for another one and for a video."""
    form = PictureForm()
    if form.is_submitted():
        right = form.validate()
        if returned_reason() is None:  # else it is only shown again
            right = take_picture(form, form) and right
        if right and not form.picture_key.data:
            form.picture.errors = [_("Choose a picture.")]
            right = False
        if right and (answer := _added(campaign_id, form)):
            return answer
    return _page(campaign_id, form, None)


def _added(campaign_id: UUID, form: PictureForm) -> ResponseReturnValue | None:
    return submit(
        form,
        lambda session: service.add_picture(
            session,
            campaign_id=campaign_id,
            picture_key=form.picture_key.data or "",
            alt=form.picture_alt.data or "",
            actor=current_actor(),
        ),
        message=_("The picture is on your page."),
        back=url_for("resident.edit_gallery", campaign_id=campaign_id),
    )


@blueprint.post("/acties/<uuid:campaign_id>/video")
def set_video(campaign_id: UUID) -> ResponseReturnValue:
    """Link to a video, or to none."""
    form = VideoForm()
    answer = submit(
        form,
        lambda session: service.set_video(
            session,
            campaign_id=campaign_id,
            url=form.url.data or "",
            title=form.video_title.data or "",
            bounds=the_settings().campaigns,
            actor=current_actor(),
        ),
        message=_("The video is saved."),
        back=url_for("resident.edit_gallery", campaign_id=campaign_id),
    )
    return answer or _page(campaign_id, PictureForm(formdata=None), form)


def _page(campaign_id: UUID, form: PictureForm, video_form: VideoForm | None) -> str:
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        pictures = pictures_of(session, campaign_id)
        video = video_of(session, campaign_id)
    if video_form is None:
        before = {"url": video.url, "video_title": video.title} if video else {}
        video_form = VideoForm(formdata=None, data=before)
    video_form.url.description = _(
        "On one of these sites: %(hosts)s. The page links to it, and loads nothing from there."
        " Leave this empty to take the video off.",
        hosts=", ".join(the_settings().campaigns.video_hosts),
    )
    return render_template(
        "resident/live/gallery.html",
        campaign=campaign,
        pictures=pictures,
        form=form,
        video_form=video_form,
        can_add=len(pictures) < MOST_PICTURES,
        can_change=campaign.status in service.CHANGEABLE,
        is_draft=campaign.status in EDITABLE,
    )


@blueprint.post("/acties/<uuid:campaign_id>/fotos/<uuid:picture_id>/verplaats")
def move_picture(campaign_id: UUID, picture_id: UUID) -> ResponseReturnValue:
    """Bring a picture to the place that the button names."""
    position = request.form.get("position", type=int) or 1
    do(
        lambda session: service.move_picture(
            session,
            campaign_id=campaign_id,
            picture_id=picture_id,
            position=min(max(position, 1), MOST_PICTURES),
            actor=current_actor(),
        ),
        message=_("The picture is moved."),
    )
    return redirect(url_for("resident.edit_gallery", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/fotos/<uuid:picture_id>/omslag")
def make_cover(campaign_id: UUID, picture_id: UUID) -> ResponseReturnValue:
    """Make a picture the cover, on cards and where the page is shared."""
    do(
        lambda session: service.make_cover(
            session, campaign_id=campaign_id, picture_id=picture_id, actor=current_actor()
        ),
        message=_("This picture is the cover now."),
    )
    return redirect(url_for("resident.edit_gallery", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/fotos/<uuid:picture_id>/verwijder")
def remove_picture(campaign_id: UUID, picture_id: UUID) -> ResponseReturnValue:
    """Take a picture off."""
    do(
        lambda session: service.remove_picture(
            session, campaign_id=campaign_id, picture_id=picture_id, actor=current_actor()
        ),
        message=_("The picture is off your page."),
    )
    return redirect(url_for("resident.edit_gallery", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/omslag/verwijder")
def remove_cover(campaign_id: UUID) -> ResponseReturnValue:
    """Take the cover off that the page showed."""
    do(
        lambda session: service.remove_cover(
            session,
            campaign_id=campaign_id,
            picture_key=request.form.get("picture_key", ""),
            actor=current_actor(),
        ),
        message=_("The picture is off your page."),
    )
    return redirect(url_for("resident.edit_gallery", campaign_id=campaign_id))
