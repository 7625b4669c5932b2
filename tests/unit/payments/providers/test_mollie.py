"""What may be looked up at Mollie, and what its webhook names. Its calls: tests/contract."""

import pytest

from voorjebuurt import settings
from voorjebuurt.payments.gateway import GatewayUnclearError, WebhookCall
from voorjebuurt.payments.providers.mollie import MollieGateway


@pytest.mark.parametrize("text", ["tr_abc123", "tr_" + "A" * 64, "tr_WDqYK6vllg"])
def test_an_id_of_a_payment(text: str) -> None:
    assert MollieGateway.valid_payment_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tr_",
        "tr_abc12",
        "tr_" + "A" * 65,
        "TR_abc123",
        " tr_abc123",
        "tr_abc123 ",
        "tr_abc123\n",
        "tr_abc-123",
        "tr_abc123/refunds",
        "tr_abc123?x",
        "tr_ábc1234",
        "tr_abc\x00123",
        "re_abc123",
    ],
)
def test_what_is_no_id_of_a_payment(text: str) -> None:
    assert not MollieGateway.valid_payment_id(text)


@pytest.mark.parametrize(
    ("form", "provider_id"),
    [({"id": "tr_abc123"}, "tr_abc123"), ({"id": "re_abc123"}, None), ({"x": "tr_abc123"}, None)],
)
def test_a_webhook_names_a_payment_in_its_form(
    form: dict[str, str], provider_id: str | None
) -> None:
    assert MollieGateway.webhook_payment_id(WebhookCall(form, read=bytes)) == provider_id


def test_without_a_key_and_without_a_sandbox_nobody_can_be_asked() -> None:
    with pytest.raises(GatewayUnclearError, match="no Mollie key"):
        MollieGateway.connect(settings.load({"VJB_ENV": "test"}))
