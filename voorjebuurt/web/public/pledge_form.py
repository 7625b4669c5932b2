"""The form of a gift."""

from typing import Any

from flask import request
from flask_babel import get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import Optional, ValidationError

from voorjebuurt.kernel import text
from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.places.rules import postcode_as_written
from voorjebuurt.pledges.dedications.rules import DedicationKind
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.donor_keys import address_key
from voorjebuurt.pledges.monthly.rules import MonthlyPlan
from voorjebuurt.settings import PledgeSettings
from voorjebuurt.web.kit.forms.fields import (
    MailAddressField,
    MoneyField,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnName
from voorjebuurt.web.public.dedication_fields import DedicationFields
from voorjebuurt.web.public.reward_fields import RewardFields

NAME_CHOICES = (
    ("yes", _l("Yes, show my name with my gift")),
    ("no", _l("No, show “Somebody from the neighbourhood”")),
)
OTHER = "other"
ONCE, MONTHLY = "once", "monthly"
RECKON = "reckon"


class PledgeForm(RewardFields, DedicationFields):
    """How much, and who gives. ``bounds`` must be set with ``offer`` before validating."""

    amount = RadioField(_l("How much would you like to give?"), validate_choice=False)
    other = MoneyField(_l("Other amount in euros"))
    tip = MoneyField(
        _l("Extra for the platform"),
        description=_l(
            "With a little extra you help the platform. 0 is fine too: your gift always "
            "goes to the campaign in full."
        ),
    )
    often = RadioField(_l("How often?"), validate_choice=False, default=ONCE)
    name = StringField(
        _l("Your name"),
        validators=[at_most(80, quiet=True), OwnName()],
        render_kw={"autocomplete": "name"},
    )
    email = MailAddressField(
        _l("Your email address"),
        description=_l("For your receipt. Nobody but us sees it."),
        validators=[required(_l("Enter your email address."))],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    name_public = RadioField(
        _l("May your name be on the campaign's page?"),
        choices=[SelectChoice(*pair) for pair in NAME_CHOICES],
        validators=[chosen(_l("Choose whether your name may be on the page."))],
    )
    message = TextAreaField(
        _l("Message to the initiators"),
        description=_l("It will be on the campaign's page, for everybody to read."),
        validators=[at_most(300)],
        render_kw={"rows": "3"},
    )
    postcode = StringField(
        _l("Your postcode"),
        description=_l(
            "A municipality may add money if enough neighbours give. For that, your postcode "
            "counts only if you give it before you pay. Nobody sees it. A postcode of another "
            "country is fine too."
        ),
        validators=[Optional(), at_most(20, quiet=True)],
        render_kw={"autocomplete": "postal-code", "size": "10"},
    )
    consent = BooleanField(
        _l("I agree to the terms"),
        validators=[required(_l("Agree to the terms before you go on."))],
    )

    bounds: PledgeSettings
    plan: MonthlyPlan | None = None

    def offer(self, bounds: PledgeSettings) -> "PledgeForm":
        """Set the presets and the bounds (eurocents)."""
        locale = str(get_locale() or "nl")
        self.bounds = bounds
        presets = [(str(cents), text.euro(cents, locale)) for cents in bounds.presets_cents]
        self.amount.choices = [
            *(SelectChoice(*pair) for pair in presets),
            SelectChoice(OTHER, gettext("Another amount")),
        ]
        self.other.description = gettext(
            "At least %(minimum)s. For example 35 or 12,50.",
            minimum=text.euro(bounds.min_cents, locale),
        )
        return self

    def offer_months(self, plan: MonthlyPlan | None) -> None:
        """Set what giving each month comes to; without it there is nothing to choose."""
        self.plan = plan
        if plan is None:
            return
        locale = str(get_locale() or "nl")
        last = text.day(plan.days[-1], locale)
        self.often.choices = [
            SelectChoice(ONCE, gettext("Once")),
            SelectChoice(MONTHLY, gettext("Every month until %(day)s", day=last)),
        ]
        self.often.description = ngettext(
            "Every month: you pay now, and on day %(day)s of the month once more. "
            "In all at most 2 times your amount. You can stop at any time.",
            "Every month: you pay now, and on day %(day)s of the month %(num)s times more at most. "
            "In all at most %(most)s times your amount. You can stop at any time.",
            len(plan.days),
            day=plan.day,
            most=plan.most,
        )

    def wants_monthly(self) -> bool:
        """Whether the gift is to come back each month."""
        return bool(self.often.data == MONTHLY)

    def only_reckons(self) -> bool:
        """Whether the donor only asks what the typed amount becomes; the rest is not checked."""
        if RECKON not in request.form:
            return False
        self.other.validate(self)
        return True

    def has_more(self) -> bool:
        """Whether what is folded away must be seen: something stands in it, or is wrong."""
        inside = (self.message, self.postcode, self.tip)
        return any(field.data or field.errors for field in inside)

    def shown_amounts(self) -> list[int]:
        """The presets and what was typed, if it can be read: what each becomes is told."""
        cents = self.other.data
        in_bounds = cents is not None and 0 < cents <= self.bounds.max_cents
        return [*self.bounds.presets_cents, *([cents] if cents and in_bounds else [])]

    @property
    def amount_cents(self) -> int:
        """What was chosen or typed. Something typed wins: the radio may be left as it was."""
        if self.other.data is not None:
            return self.other.data
        return int(self.amount.data)

    def details(self, donors_key: str) -> PledgeDetails:
        """What was filled in, of a form that is right; ``donors_key`` is the site's."""
        email = self.email.data or ""
        return PledgeDetails(
            amount_cents=self.amount_cents,
            tip_cents=self.tip.data or 0,
            email=email,
            name=self.name.data or "",
            name_public=self.name_public.data == "yes",
            message=self.message.data or "",
            postcode=self.postcode.data or None,
            donor_key=address_key(donors_key, email),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form, and that one amount came out of the two fields for it."""
        valid = bool(super().validate(extra_validators))
        return self._amount_is_there() and valid

    def _amount_is_there(self) -> bool:
        has_text = bool(self.other.raw_data and clean_line(self.other.raw_data[0]))
        if self.other.errors:
            return False
        if has_text:
            self.amount.data = OTHER
            return True
        if self.amount.data == OTHER:
            self.other.errors = [gettext("Enter the amount that you would like to give.")]
            return False
        if self.amount.data not in {str(cents) for cents in self.bounds.presets_cents}:
            self.amount.errors = [gettext("Choose an amount, or fill in another one.")]
            return False
        return True

    def validate_name(self, field: StringField) -> None:
        """A name is needed when it is to be shown, unless a group's is."""
        is_group = self.dedication.data == DedicationKind.GROUP
        if self.name_public.data == "yes" and not field.data and not is_group:
            raise ValidationError(gettext("Enter your name, or choose not to show it."))

    def validate_postcode(self, field: StringField) -> None:
        """Written the official way; one of another country is in no neighbourhood of ours."""
        postcode = postcode_as_written(field.data or "")
        if field.data and postcode is None:
            raise ValidationError(gettext("Enter a postcode, for example 1234 AB."))
        field.data = postcode or ""
