"""What a donor fills in, as one value. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PledgeDetails:
    """A promise (eurocents) and who makes it; an empty ``name`` or ``message`` is none.

    ``donor_key`` is ``donor_keys.address_key`` of the address: it counts for matching unless the
    payment tells an account. ``by_hand``: they gave at a desk and have no address of mail.
    """

    amount_cents: int
    tip_cents: int
    email: str | None
    name: str
    name_public: bool
    message: str
    postcode: str | None
    donor_key: str
    by_hand: bool = False
