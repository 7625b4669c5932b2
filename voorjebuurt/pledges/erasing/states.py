"""What is still kept of donors who were erased. Pure."""

from enum import StrEnum


class AddressUse(StrEnum):
    """What the address of an erased donor is still kept for; afterwards it goes by itself."""

    PAYMENT = "payment"
    """A payment is under way: whether there is a gift, nobody knows yet."""
    CAMPAIGN = "campaign"
    """The donor wants to hear whether the campaign succeeds, and of money that comes back."""
