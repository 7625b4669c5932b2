"""A picture that is uploaded with a form: kept, whatever else of the form is wrong."""

from typing import Protocol

from flask_babel import gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField

from voorjebuurt.campaigns.pictures import is_stored, store_picture
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.web.kit.database import the_settings, the_storage
from voorjebuurt.web.kit.errors import form_error, refusals_shown
from voorjebuurt.web.kit.forms.fields import Form, HiddenField

PICTURE_TYPES = "image/jpeg,image/png,image/webp,image/avif"


class PictureFields(Protocol):
    """The fields of a form with a picture; ``picture_key`` holds what was uploaded before."""

    picture: FileField
    picture_key: HiddenField
    remove_picture: BooleanField


def picture_hint() -> str:
    """What is taken, as the field says beforehand."""
    text: str = _(
        "A photo or drawing of your own: JPEG, PNG, WebP or AVIF, of at most %(megabytes)s MB.",
        megabytes=the_settings().campaigns.picture_max_bytes // 1_000_000,
    )
    return text


def take_picture(form: Form, fields: PictureFields) -> bool:
    """Keep an uploaded picture and put its key into the form; False when it is no good."""
    upload = fields.picture.data
    if fields.remove_picture.data:
        fields.picture_key.data, fields.remove_picture.data = "", False
    if upload is None:
        return _judge_kept_picture(form, fields)
    most = the_settings().campaigns.picture_max_bytes
    with refusals_shown(form):
        # One byte more than may be: enough to know that it is too large.
        data = upload.stream.read(most + 1)
        fields.picture_key.data = store_picture(the_storage(), data, max_bytes=most)
        return True
    return False


def _judge_kept_picture(form: Form, fields: PictureFields) -> bool:
    if fields.picture_key.data and not is_stored(the_storage(), fields.picture_key.data):
        fields.picture_key.data = ""
        form_error(form, DomainError("picture_gone", field="picture"))
        return False
    return True
