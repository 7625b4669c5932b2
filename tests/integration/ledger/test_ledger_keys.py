"""Keys of the ledger are the same text in Python and in PostgreSQL, and as they were stored."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from voorjebuurt.ledger import keys
from voorjebuurt.ledger.keys import ProviderEvent, payment_key, payment_key_sql
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.payments.queries import provider_of_sql
from voorjebuurt.payments.rules import provider_of, webhook_url

NUMBERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=70)
ID = UUID("01890000-0000-7000-8000-000000000001")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(number=NUMBERS, event=st.sampled_from(ProviderEvent), name=st.sampled_from(["mollie", "b"]))
def test_python_and_postgresql_write_the_same_key(
    session: Session, number: str, event: ProviderEvent, name: str
) -> None:
    text = payment_key(name, number, event)
    for provider in (name, literal(name)):
        assert session.scalar(select(payment_key_sql(provider, literal(number), event))) == text


def test_the_providers_name_is_the_same_in_python_and_postgresql(session: Session) -> None:
    for name in ("mollie", "second-provider"):
        address = webhook_url("https://example.nl/site", provider=name, token="t0k3n")
        in_sql = session.scalar(select(provider_of_sql(literal(address))))
        assert provider_of(address) == in_sql == name


def test_without_a_number_there_is_no_key(session: Session) -> None:
    for number in (None, ""):
        with pytest.raises(ValueError, match="without a number"):
            payment_key("mollie", number, ProviderEvent.PAID)
    nothing = session.scalar(select(payment_key_sql("mollie", literal(None), ProviderEvent.PAID)))
    assert nothing is None


def test_keys_are_what_they_were_when_they_were_stored() -> None:
    assert [payment_key("mollie", "tr_7", event) for event in ProviderEvent] == [
        "mollie:tr_7:paid",
        "mollie:tr_7:refunded",
        "mollie:tr_7:failed",
        "mollie:tr_7:charged",
        "mollie:tr_7:reversed",
    ]
    assert keys.given_back_key("mollie:chb_1:reversed") == "mollie:chb_1:reversed:released"
    assert keys.refund_asked_key(ID) == f"refund:{ID}:asked"
    assert keys.late_news_key(ID) == f"pledge:{ID}:late_news"
    assert keys.succeeded_key(ID) == f"campaign:{ID}:succeeded"
    assert keys.payout_key(ID, BookingKind.PAYOUT_EXPORTED) == f"payout:{ID}:exported"
    assert keys.payout_key(ID, BookingKind.PAYOUT_EXECUTED) == f"payout:{ID}:executed"
    assert keys.payout_key(ID, BookingKind.PAYOUT_RETURNED) == f"payout:{ID}:returned"
    assert keys.municipal_payment_key(ID, "BNG 4/7") == f"receipt:{ID}:BNG 4/7"
    assert keys.clawback_key(ID, "A") == f"clawback:{ID}:A"
    assert keys.pot_key("live:a:3") == "pot:live:a:3"
    assert keys.owed_key("committed:a:3") == "owed:committed:a:3"
