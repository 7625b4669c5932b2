"""The payment providers, by name. A second one is a module here and a line in ``PROVIDERS``.

A payment stays with the provider that it began with: the address of its webhook names it.
"""

from functools import lru_cache

from voorjebuurt.payments.gateway import Gateway, GatewayUnclearError
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.providers.mollie import MollieGateway
from voorjebuurt.payments.rules import provider_of
from voorjebuurt.settings import Settings

PROVIDERS: dict[str, type[Gateway]] = {
    "mollie": MollieGateway,
}
"""The names stand in the addresses of webhooks and are never changed."""

NEW_PAYMENTS = "mollie"
"""The name of the provider that new payments go to."""


@lru_cache(maxsize=4)
def connect(settings: Settings, name: str) -> Gateway:
    """The gateway of the provider called ``name``: one for all who ask with the same settings."""
    if name not in PROVIDERS:
        raise GatewayUnclearError(f"no payment provider is called {name!r}")
    return PROVIDERS[name].connect(settings)


def gateway_of(settings: Settings, payment: Payment) -> Gateway:
    """The gateway of the provider that ``payment`` began with."""
    return connect(settings, provider_of(payment.webhook_url))
