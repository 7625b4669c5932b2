"""A case of a live fund: two gifts before its award, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.towns import (
    CHECKLIST,
    Town,
    awarded_first,
)
from tests.support.giving import close, taken, tell_chargeback
from tests.support.live_funds import follow
from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.decisions.models import Decision
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges.refund_booking import book_facts

MOST = 40_000


"""The goal of the campaign, which bounds what can be awarded (eurocents)."""


@dataclass
class Live(Town):
    """The same with the payments of two gifts of € 50 and € 25, given before there is an award."""

    first: Payment
    second: Payment


def check_all(session: Session, case: Live) -> None:
    for item in CHECKLIST:
        mark_item(
            session,
            application_id=case.application.id,
            item=item,
            is_met=True,
            note="",
            actor=case.olga,
        )


def awarded(session: Session, case: Live, most: int | None = None) -> Decision:
    decision = awarded_first(session, case.application, case.olga, case.piet, most)
    follow(session, case.fund)
    return decision


def ended(session: Session, case: Live, *, wins: bool = True) -> None:
    close(session, case.campaign, wins=wins)
    follow(session, case.fund)
    assert settle_campaign(session, campaign_id=case.campaign.id)


def charge_back(session: Session, case: Live, payment: Payment, amount: int) -> None:
    tell_chargeback(session, payment, taken(amount, amount))
    book_facts(session, payment_id=payment.id)
    follow(session, case.fund)


def refused(code: str, deed: Callable[..., object], *arguments: object, **keywords: Any) -> None:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code
