"""Who gives, for matching rules only: an opaque key, the same for the same payer.

It stands on the gift and nowhere on a person: once a profile is erased, nobody can find the key
from it without the address or account and the platform's secret.
"""

from voorjebuurt.kernel.ids import keyed_hash
from voorjebuurt.payments.models import Payment
from voorjebuurt.people.rules import normal_email
from voorjebuurt.pledges.models import Pledge


def address_key(donors_key: str, email: str) -> str:
    """The key of who gives by an email address, until a payment tells the account."""
    return keyed_hash(donors_key, "donor address", normal_email(email))


def donor_key(pledge: Pledge, payment: Payment) -> str:
    """The key of who paid: by the account where the method tells it, else by the address.

    A gift of before there were keys is a donor of its own.
    """
    return payment.payer_key or pledge.donor_key or f"pledge:{pledge.id}"
