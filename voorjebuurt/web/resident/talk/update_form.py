"""The form of an update."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.campaigns.updates.texts import (
    ALT_MAX_LENGTH,
    BODY_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    Audience,
    UpdateText,
)
from voorjebuurt.web.kit.forms.fields import (
    Form,
    HiddenField,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnTitle
from voorjebuurt.web.resident.taken_pictures import PICTURE_TYPES, picture_hint
from voorjebuurt.web.words.update_labels import AUDIENCES


class UpdateForm(Form):
    """What somebody tells. ``picture_key`` holds what was uploaded while the rest isn't saved."""

    title = StringField(
        _l("What is the news?"),
        description=_l("In a few words, for example: the trees are ordered."),
        validators=[
            required(_l("Write in a few words what the news is.")),
            at_most(TITLE_MAX_LENGTH),
            OwnTitle(),
        ],
    )
    body = TextAreaField(
        _l("Your update"),
        validators=[required(_l("Write your update.")), at_most(BODY_MAX_LENGTH)],
        render_kw={"rows": 10},
    )
    picture = FileField(
        _l("Picture"), description=LazyString(picture_hint), render_kw={"accept": PICTURE_TYPES}
    )
    picture_key = HiddenField()
    remove_picture = BooleanField(_l("Remove this picture"))
    picture_alt = StringField(
        _l("What can be seen in the picture?"),
        description=_l("For people who can't see it, for example: an empty square of grey tiles."),
        validators=[Optional(), at_most(ALT_MAX_LENGTH)],
    )
    audience = RadioField(
        _l("Who may read it?"),
        choices=[SelectChoice(each.value, AUDIENCES[each]) for each in Audience],
        default=Audience.EVERYBODY.value,
        validators=[chosen()],
    )

    def as_text(self) -> UpdateText:
        """The update as the service takes it."""
        return UpdateText(
            title=self.title.data or "",
            body=self.body.data or "",
            audience=Audience(self.audience.data),
            picture_key=self.picture_key.data or None,
            picture_alt=self.picture_alt.data or "",
        )
