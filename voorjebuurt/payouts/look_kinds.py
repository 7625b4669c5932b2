"""What waits for a second member of staff. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class LookKind(StrEnum):
    """A kind of thing that one member of staff began and another one finishes."""

    PAYEE = "payee"
    WAIVER = "waiver"
    PAYOUT = "payout"
    FUND_RETURN = "fund_return"
    DEPOSIT = "deposit"
    CASH = "cash"
    ROLE = "role"
    ADDRESS = "address"


STAFF_LOOKS: Mapping[LookKind, tuple[str, ...]] = {
    LookKind.PAYEE: ("staff.verify_payee",),
    LookKind.WAIVER: ("staff.approve_waiver",),
    LookKind.PAYOUT: ("staff.release_payout",),
    LookKind.FUND_RETURN: ("staff.release_return",),
    LookKind.DEPOSIT: ("staff.book_deposit", "staff.reverse_deposit"),
    LookKind.CASH: ("staff.book_cash", "staff.release_cash_return", "staff.reverse_cash"),
    LookKind.ROLE: ("staff.confirm_role",),
    LookKind.ADDRESS: ("staff.approve_address_change",),
}
"""By which deeds a second one finishes it: the one registry of staff, as ``SECOND_LOOKS`` is of
officers. All of it is on the page of second looks; ``tests/house/test_second_looks_of_staff.py``
looks for deeds that are not in it.
"""
