"""What waits for a second member of staff is on one page and in mails: the registry is whole."""

import re

from voorjebuurt.payouts import second_looks, staff_news
from voorjebuurt.payouts.look_kinds import STAFF_LOOKS, LookKind
from voorjebuurt.web.changes import CHANGES, Change
from voorjebuurt.web.staff.second_looks import PAGES

SECOND = re.compile(
    r"^(approve|confirm|publish|release|verify|book|reverse|countersign|endorse|ratify)_"
)
"""Names of endpoints by which somebody finishes what a colleague began."""
BY_DEED_OF_FIRST = {
    "staff.ask_address_change": LookKind.ADDRESS,
    "staff.ask_waiver": LookKind.WAIVER,
    "staff.propose_cash_return": LookKind.CASH,
    "staff.propose_cash_reversal": LookKind.CASH,
    "staff.propose_payout": LookKind.PAYOUT,
    "staff.propose_return": LookKind.FUND_RETURN,
    "staff.receive_cash": LookKind.CASH,
    "staff.receive_fund_money": LookKind.DEPOSIT,
    "staff.receive_paid_back": LookKind.DEPOSIT,
}
"""What says that a colleague looks at it before it counts, and where that one finds it."""
NEWS = {
    LookKind.PAYEE: staff_news.PAYEE,
    LookKind.WAIVER: staff_news.WAIVER,
    LookKind.PAYOUT: staff_news.PAYOUT,
    LookKind.FUND_RETURN: staff_news.PAYOUT,
    LookKind.DEPOSIT: staff_news.DEPOSIT,
    LookKind.CASH: staff_news.DEPOSIT,
    LookKind.ADDRESS: staff_news.ADDRESS,
}
"""What staff are mailed about; of a role that was proposed each of them has a mail of its own."""


def deeds() -> set[str]:
    return {deed for each in STAFF_LOOKS.values() for deed in each}


def test_every_deed_of_a_second_member_of_staff_is_in_the_registry() -> None:
    names = {
        name
        for name in CHANGES
        if name.startswith("staff.") and SECOND.search(name.partition(".")[2])
    }
    assert names == deeds()


def test_what_a_colleague_looks_at_afterwards_is_in_the_registry() -> None:
    first = {
        name
        for name, change in CHANGES.items()
        if name.startswith("staff.") and change is Change.COUNTERSIGNED
    }
    assert first == BY_DEED_OF_FIRST.keys()


def test_every_kind_is_read_linked_and_mailed() -> None:
    assert set(LookKind) == STAFF_LOOKS.keys() == PAGES.keys()
    assert set(LookKind) == set(second_looks._READ)
    assert set(LookKind) - NEWS.keys() == {LookKind.ROLE}
