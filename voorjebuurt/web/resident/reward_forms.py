"""What an initiator enters about a reward."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from voorjebuurt.campaigns.rewards.rules import MAX_LENGTHS, Delivery, RewardTerms
from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.forms.fields import (
    CountField,
    DayField,
    Form,
    MoneyField,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnTitle
from voorjebuurt.web.words.reward_labels import DELIVERIES


class RewardForm(Form):
    """What people get, from which gift on, how many there are, how and by when they get it."""

    title = StringField(
        _l("What do people get?"),
        description=_l("Short, for example: a pot of honey from the roof."),
        validators=[
            required(_l("Tell what people get.")),
            at_most(MAX_LENGTHS["title"]),
            OwnTitle(),
        ],
    )
    description = TextAreaField(
        _l("Tell something more about it"),
        validators=[at_most(MAX_LENGTHS["description"])],
        render_kw={"rows": 3},
    )
    min_amount = MoneyField(
        _l("For a gift from which amount?"), validators=[chosen(_l("Enter an amount."))]
    )
    stock = CountField(
        _l("How many are there?"),
        description=_l("Leave this empty if there is one for everybody who wants it."),
    )
    delivery = RadioField(
        _l("How do people get it?"),
        choices=[SelectChoice(kind.value, label) for kind, label in DELIVERIES.items()],
        validators=[chosen(_l("Choose how people get it."))],
    )
    place = StringField(
        _l("Where and when can they pick it up?"),
        description=_l("Only if it is to be picked up. For example: Rozenplein 1, on 12 June."),
        validators=[at_most(MAX_LENGTHS["place"])],
    )
    deliver_by = DayField(
        _l("By which day do they have it?"),
        description=_l("A day after the last day on which people can give."),
        validators=[required(_l("Choose a day."))],
    )

    def terms(self) -> RewardTerms:
        """The reward as the service takes it, of a form that is right."""
        delivery = Delivery(self.delivery.data)
        return RewardTerms(
            title=self.title.data or "",
            description=self.description.data or "",
            min_cents=self.min_amount.data or 0,
            stock=self.stock.data,
            delivery=delivery,
            place=(self.place.data or "") if delivery is Delivery.PICKUP else "",
            deliver_by=self.deliver_by.data or clock.today(),
        )
