"""The part of the form of a gift in which a donor may choose a reward."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional, ValidationError

from voorjebuurt.campaigns.rewards.queries import RewardRow
from voorjebuurt.campaigns.rewards.rules import Delivery
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.places.rules import postcode_as_written
from voorjebuurt.pledges.rewards.queries import GiftReward
from voorjebuurt.pledges.rewards.rules import MAX_LENGTHS, Address, RewardWish
from voorjebuurt.web.kit.errors import Refusals
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most
from voorjebuurt.web.words.reward_labels import reward_choice

NO_REWARD = "none"


class RewardFields(Form):
    """Which reward, or none, which is first; and where to send what comes by post."""

    reward = RadioField(
        _l("Would you like a reward?"),
        description=_l(
            "You don't have to. The initiators see your name with it, so that they know who "
            "it is for."
        ),
        validate_choice=False,
    )
    reward_street = StringField(
        _l("Street and number"),
        validators=[at_most(MAX_LENGTHS["street"])],
        render_kw={"autocomplete": "shipping street-address"},
    )
    reward_postcode = StringField(
        _l("Postcode for the post"),
        validators=[Optional(), at_most(20, quiet=True)],
        render_kw={"autocomplete": "shipping postal-code", "size": "10"},
    )
    reward_town = StringField(
        _l("Town"),
        validators=[at_most(MAX_LENGTHS["town"])],
        render_kw={"autocomplete": "shipping address-level2"},
    )

    reward_hints: dict[str, str]
    asks_address: bool = False

    def offer_rewards(
        self, rewards: Sequence[RewardRow], own_id: UUID | None = None
    ) -> "RewardFields":
        """Set what can be chosen; that of a gift that is corrected (``own_id``) is there too when
        it is the last one. A form without rewards shows nothing of them.
        """
        choices = [row for row in rewards if row.can_be_taken or row.id == own_id]
        locale = str(get_locale() or "nl")
        self.reward.choices = [
            SelectChoice(NO_REWARD, gettext("No reward")),
            *(SelectChoice(str(row.id), reward_choice(row, locale)[0]) for row in choices),
        ]
        self.reward_hints = {str(row.id): reward_choice(row, locale)[1] for row in choices}
        self.asks_address = any(row.delivery == Delivery.POST for row in choices)
        return self

    @property
    def offers_rewards(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.reward_hints)

    def shows_rewards(self) -> bool:
        """Whether what is folded away must be seen: something was chosen or typed, or is wrong."""
        if self.reward.errors or self.reward.data not in (NO_REWARD, None, ""):
            return True
        address = (self.reward_street, self.reward_postcode, self.reward_town)
        return any(field.data or field.errors for field in address)

    def wish(self, recipient: str) -> RewardWish | None:
        """What was chosen, of a form that is right; None for no reward."""
        value = self.reward.data or NO_REWARD
        if value == NO_REWARD or not self.offers_rewards:
            return None
        return RewardWish(
            UUID(value),
            recipient,
            Address(
                self.reward_street.data or "",
                self.reward_postcode.data or "",
                self.reward_town.data or "",
            ),
        )

    def validate_reward(self, field: RadioField) -> None:
        """One that was there when the page was made may be gone."""
        values = {choice.value for choice in field.choices or ()}
        if self.offers_rewards and field.data not in values | {None, ""}:
            raise ValidationError(gettext("This reward is gone. Choose another one, or none."))

    def validate_reward_postcode(self, field: StringField) -> None:
        """Written the official way."""
        postcode = postcode_as_written(field.data or "")
        if field.data and postcode is None:
            raise ValidationError(gettext("Enter a postcode, for example 1234 AB."))
        field.data = postcode or ""


def reward_before(reward: GiftReward | None) -> dict[str, Any]:
    """What the form starts with, of a gift that is corrected."""
    if reward is None:
        return {"reward": NO_REWARD}
    return {
        "reward": str(reward.reward_id),
        "reward_street": reward.address.street,
        "reward_postcode": reward.address.postcode,
        "reward_town": reward.address.town,
    }


def reward_gone_told(token: str) -> Refusals:
    """A block about paying: where the reward is gone nothing was paid, and its donor chooses."""

    def tell(error: DomainError) -> None:
        if error.code != "reward_gone":
            raise error
        message = gettext("Your reward is gone. Nothing was paid. Choose another one, or none.")
        flash(message, "error")
        abort(redirect(url_for("public.show_gift", token=token)))

    return Refusals(tell)
