"""What is said to a person about each ``DomainError``, by its code."""

from datetime import date, datetime
from typing import Any

from flask_babel import get_locale, lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.kernel import text
from voorjebuurt.kernel.errors import DomainError

_l = lazy_gettext

MESSAGES: dict[str, LazyString] = {
    "account_blocked": _l("This account is blocked. Please contact us."),
    "alert_already_resolved": _l("Somebody already dealt with this."),
    "alert_not_found": _l("We can't find this alert."),
    "campaign_deadline_passed": _l(
        "The deadline of this campaign has passed. Giving is not possible any more."
    ),
    "campaign_not_found": _l("We can't find this campaign."),
    "campaign_pledges_stopped": _l("Giving to this campaign is not possible at the moment."),
    "campaign_takes_no_pledges": _l("This campaign takes no gifts."),
    "locale_unknown": _l("Choose one of the languages."),
    "mandate_only_for_officer": _l("Only an officer has a mandate."),
    "municipality_missing": _l("Choose the municipality of this officer."),
    "municipality_not_for_role": _l("Only an officer belongs to a municipality."),
    "name_missing": _l("Fill in your name."),
    "name_too_long": _l("Use at most %(maximum)s characters."),
    "not_on_yourself": _l("You can't do this for yourself. Ask a colleague."),
    "password_too_long": _l("Use at most %(maximum)s characters."),
    "password_too_short": _l("Use at least %(minimum)s characters."),
    "password_wrong": _l("This password is not right."),
    "payment_not_found": _l("We can't find this payment."),
    "payment_under_way": _l("Your payment is being processed. You need not pay again."),
    "person_not_found": _l("We can't find this person."),
    "pledge_already_paid": _l("This gift has been paid already."),
    "pledge_not_found": _l("We can't find this gift."),
    "pledge_payment_begun": _l("You began to pay already, so this gift can't be changed any more."),
    "pledge_too_high": _l("You can give at most %(maximum)s at a time."),
    "pledge_too_low": _l("Give at least %(minimum)s."),
    "reason_needed": _l("Give a reason."),
    "refund_after_success": _l(
        "This campaign has succeeded: its money belongs to the initiator now."
    ),
    "role_already_granted": _l("This person already has this role."),
    "role_not_granted": _l("This person does not have this role any more."),
    "sign_in_link_used": _l("This link does not work any more. Ask for a new one."),
    "sign_in_refused": _l("This address and password do not belong together."),
    "tip_too_high": _l("The extra for the platform can be at most %(maximum)s."),
    "wrong_state": _l("This is not possible any more. Someone may have changed it meanwhile."),
}
"""One line per code, in alphabetical order. Values of the error fill ``%(name)s``."""

_FALLBACK = _l("This is not possible.")


def text_of(error: DomainError) -> str:
    """The text for a person, in their language.

    A value called ``minimum_cents`` is there as ``%(minimum)s``, written as money; dates and
    moments are written out.
    """
    template = str(MESSAGES.get(error.code, _FALLBACK))
    return template % dict(_written(name, value) for name, value in error.values.items())


def _written(name: str, value: object) -> tuple[str, Any]:
    locale = str(get_locale() or "nl")
    if name.endswith("_cents") and isinstance(value, int):
        return name.removesuffix("_cents"), text.euro(value, locale)
    if isinstance(value, datetime):
        return name, text.moment(value, locale)
    if isinstance(value, date):
        return name, text.day(value, locale)
    return name, value
