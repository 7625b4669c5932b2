"""What an initiator enters about a need, and as an answer to an offer."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.campaigns.needs.rules import MAX_LENGTHS, NeedKind, NeedTerms
from voorjebuurt.web.kit.forms.fields import (
    CountField,
    DayField,
    Form,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnTitle
from voorjebuurt.web.words.need_labels import KINDS


class NeedForm(Form):
    """What is needed, how many of it, and when."""

    kind = RadioField(
        _l("What do you need?"),
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
        validators=[chosen(_l("Choose what you need."))],
    )
    title = StringField(
        _l("What exactly?"),
        description=_l("For example: help to plant, or a wheelbarrow."),
        validators=[
            required(_l("Enter what you need.")),
            at_most(MAX_LENGTHS["title"]),
            OwnTitle(),
        ],
    )
    description = TextAreaField(
        _l("Tell something more about it"),
        description=_l("For hands: from what time to what time."),
        validators=[at_most(MAX_LENGTHS["description"])],
        render_kw={"rows": 3},
    )
    number = CountField(
        _l("How many?"),
        description=_l("People, pieces or rooms."),
        validators=[chosen(_l("Enter a number."))],
    )
    on_day = DayField(_l("On which day?"), validators=[Optional()])

    def terms(self) -> NeedTerms:
        """The need as the service takes it, of a form that is right."""
        return NeedTerms(
            kind=NeedKind(self.kind.data),
            title=self.title.data or "",
            description=self.description.data or "",
            number=self.number.data or 0,
            on_day=self.on_day.data,
        )


class OfferAnswerForm(Form):
    """Yes or no, and a word with it."""

    answer = RadioField(
        _l("What do you answer?"),
        choices=[
            SelectChoice("accept", _l("Yes please, we accept this")),
            SelectChoice("thank", _l("Thank you, we don't need it this time")),
        ],
        validators=[chosen(_l("Choose an answer."))],
    )
    text = TextAreaField(
        _l("A word with it"),
        description=_l("It is in the mail to whoever offers this. For example: where and when."),
        validators=[at_most(MAX_LENGTHS["text"])],
        render_kw={"rows": 4},
    )


class HoursForm(Form):
    """How many hours somebody came."""

    hours = CountField(
        _l("How many hours did they help?"),
        description=_l("All together, if there were more people."),
        validators=[chosen(_l("Enter a number."))],
    )
