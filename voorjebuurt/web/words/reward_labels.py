"""What rewards are called, and what is said when something of one can't be."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from voorjebuurt.campaigns.rewards.queries import RewardRow
from voorjebuurt.campaigns.rewards.rules import Delivery
from voorjebuurt.decisions.reports.exports import spreadsheet
from voorjebuurt.kernel import text
from voorjebuurt.pledges.rewards.deliveries import DeliveryRow
from voorjebuurt.pledges.rewards.rules import Address

_l = lazy_gettext

DELIVERIES: Mapping[Delivery, LazyString] = {
    Delivery.PICKUP: _l("To be picked up"),
    Delivery.POST: _l("Sent by post"),
}

REWARD_MESSAGES: Mapping[str, LazyString] = {
    "reward_amount_out_of_bounds": _l("Enter an amount from %(minimum)s up to %(maximum)s."),
    "reward_before_last_day": _l(
        "One of your rewards is there before the last day on which people can give. Remove it, "
        "and add it again with a later day."
    ),
    "reward_before_success": _l("Rewards are for after the campaign has succeeded."),
    "reward_gift_too_low": _l(
        "This reward is for gifts from %(minimum)s. Give more, or choose another one, or none."
    ),
    "reward_gone": _l("This reward is gone. Choose another one, or none."),
    "reward_name_missing": _l("Enter your name: the initiators need it for your reward."),
    "reward_not_found": _l("We can't find this reward."),
    "reward_place_missing": _l("Tell where and when people can pick it up."),
    "reward_postcode_missing": _l("Enter the postcode that we should send it to."),
    "reward_stock_out_of_bounds": _l(
        "Enter a number from 1 up to %(maximum)s, or leave it empty for as many as people want."
    ),
    "reward_street_missing": _l("Enter the street and number that we should send it to."),
    "reward_title_missing": _l("Tell what people get."),
    "reward_too_many": _l("There can be %(maximum)s rewards at most."),
    "reward_too_soon": _l("Choose a day after the last day on which people can give."),
    "reward_town_missing": _l("Enter the town that we should send it to."),
}


def reward_choice(row: RewardRow, locale: str) -> tuple[str, str]:
    """A reward as a choice: its title with the amount, and the rest in one line."""
    label = gettext(
        "%(title)s, for a gift from %(amount)s",
        title=row.title,
        amount=text.euro(row.min_cents, locale),
    )
    parts = [
        row.description,
        gettext("Pick up: %(place)s", place=row.place)
        if row.delivery == Delivery.PICKUP
        else gettext("By post"),
        gettext("at the latest %(day)s", day=text.day(row.deliver_by, locale)),
        ngettext("One is left.", "%(num)s are left.", row.left) if row.left else "",
    ]
    return label, " · ".join(part.rstrip(".") for part in parts if part)


def deliveries_csv(rows: Sequence[DeliveryRow]) -> bytes:
    """Who gets which reward, for a spreadsheet, in the language of the page."""
    columns = (
        *(gettext("Reward"), gettext("For"), gettext("Gift"), gettext("How")),
        *(gettext("By"), gettext("Street and number"), gettext("Postcode"), gettext("Town")),
        gettext("Delivered on"),
    )
    return spreadsheet(columns, (_delivery_cells(row) for row in rows))


def _delivery_cells(row: DeliveryRow) -> list[str]:
    address = row.address or Address()
    return [
        *(row.title, row.recipient, row.number, str(DELIVERIES[Delivery(row.delivery)])),
        *(row.deliver_by.isoformat(), address.street, address.postcode, address.town),
        row.delivered_at.date().isoformat() if row.delivered_at else "",
    ]
