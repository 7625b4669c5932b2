"""What somebody who collects writes down."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.pledges.tins.collecting import CashTerms
from voorjebuurt.pledges.tins.rules import NAME_MAX_LENGTH, NOTE_MAX_LENGTH, Giver
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    HiddenField,
    MoneyField,
    StringField,
    at_most,
    chosen,
)
from voorjebuurt.web.kit.forms.names import OwnName
from voorjebuurt.web.words.cash_labels import GIVERS


class CashForm(Form):
    """Cash that was given. The amount comes first: after each gift the next one is typed there."""

    slip = HiddenField(default=lambda: str(new_id()))
    amount = MoneyField(
        _l("Amount"),
        validators=[chosen(_l("Enter how much was given."))],
    )
    giver = RadioField(
        _l("Who gave it?"),
        choices=[SelectChoice(giver, label) for giver, label in GIVERS.items()],
        default=Giver.PERSON.value,
        validators=[chosen(_l("Choose who gave it."))],
    )
    name = StringField(
        _l("Name of the giver, or of the collection"),
        description=_l(
            "Needed if somebody tells their name. Only for the list of what goes back: it is never"
            " on the page."
        ),
        validators=[Optional(), at_most(NAME_MAX_LENGTH), OwnName()],
        render_kw={"autocomplete": "off"},
    )
    got_on = DayField(
        _l("Day of the gift"), description=_l("Empty is today."), validators=[Optional()]
    )

    @property
    def gift_id(self) -> UUID:
        """The number of the form: sent twice, it is one gift. A broken one is a new form."""
        try:
            return UUID(self.slip.data or "")
        except ValueError:
            return new_id()

    def terms(self) -> CashTerms:
        """What the service takes, of a form that is right."""
        return CashTerms(
            giver=Giver(self.giver.data),
            name=self.name.data or "",
            amount_cents=self.amount.data or 0,
            got_on=self.got_on.data or clock.today(),
        )


class HelperForm(Form):
    """A link for somebody who helps: for as long as you like, or for one day."""

    day = DayField(
        _l("Only for this day"),
        description=_l("For a market stall or a library. Empty: until you stop it."),
        validators=[Optional()],
    )


class HandBackForm(Form):
    """What became of cash that went back."""

    note = StringField(
        _l("What became of it?"),
        description=_l("Needed when you do not know who gave it."),
        validators=[at_most(NOTE_MAX_LENGTH)],
    )
