"""The forms of a review."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.campaigns.rules import MAX_LENGTHS, ReviewPart
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most
from voorjebuurt.web.words.part_labels import PART_LABELS
from voorjebuurt.web.words.written import as_written

MINE, FREE = "mine", "free"


class NoteForm(Form):
    """What a coach says, with a question or a decision.

    ``part`` is that of a question, or of what is sent back.
    """

    part = SelectField(
        _l("Which part is it about?"),
        description=_l("The initiator reads it at that field."),
        choices=[
            SelectChoice("", _l("The whole plan")),
            *(SelectChoice(part.value, PART_LABELS[part.value]) for part in ReviewPart),
        ],
        validators=[Optional()],
    )
    body = TextAreaField(
        _l("Your message to the initiator"),
        validators=[at_most(MAX_LENGTHS["note"])],
        render_kw={"rows": 5},
    )


class QueueForm(Form):
    """Which pitches to see."""

    class Meta:
        csrf = False

    gemeente = SelectField(_l("Municipality"), validators=[Optional()])
    wie = SelectField(
        _l("Who has it"),
        choices=[
            SelectChoice("", _l("Everybody")),
            SelectChoice(MINE, _l("I have it")),
            SelectChoice(FREE, _l("Nobody yet")),
        ],
        validators=[Optional()],
    )

    def offer_towns(self, towns: Sequence[tuple[UUID, str]]) -> None:
        """Let one of these be chosen."""
        self.gemeente.choices = [
            SelectChoice("", _("All")),
            *(SelectChoice(str(town_id), as_written(name)) for town_id, name in towns),
        ]

    @property
    def town(self) -> UUID | None:
        """The municipality that was chosen."""
        return UUID(self.gemeente.data) if self.gemeente.data else None
