"""The gifts of a campaign as a table for a spreadsheet, in the language of the page."""

from collections.abc import Sequence

from flask_babel import gettext

from voorjebuurt.decisions.reports.exports import euros, spreadsheet
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.gift_lists.queries import ListedGift
from voorjebuurt.web.words.dedication_labels import dedication_line
from voorjebuurt.web.words.money_labels import GIFT_STATES, state_name


def gifts_csv(gifts: Sequence[ListedGift]) -> bytes:
    """One row for each gift. The amount is without what a donor added for the platform."""
    columns = (
        *(gettext("Gift"), gettext("Day"), gettext("Name"), gettext("Gift in euros")),
        *(gettext("Counts for you"), gettext("State"), gettext("Reward"), gettext("Message")),
        *(gettext("In whose name"), gettext("Words with that")),
    )
    return spreadsheet(columns, (_cells(gift) for gift in gifts))


def _cells(gift: ListedGift) -> list[str]:
    return [
        gift.number,
        clock.local(gift.booked_at).date().isoformat(),
        gift.name or "",
        euros(gift.amount_cents),
        gettext("Yes") if gift.is_counted else gettext("No"),
        state_name(gift.status, GIFT_STATES),
        gift.reward or "",
        gift.message,
        dedication_line(gift.tribute, gift.tribute_name) if gift.tribute else "",
        gift.tribute_words,
    ]
