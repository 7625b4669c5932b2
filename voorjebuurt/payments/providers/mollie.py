"""Mollie's v2 API as a ``Gateway``: all that we know of Mollie. The only importer of its client.

Facts about the API that this rests on (docs.mollie.com): amounts are strings with two decimals;
idempotency keys are kept for an hour; refunds and chargebacks leave a payment's status ``paid``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar, cast

import requests
from mollie.api.client import Client
from mollie.api.error import (
    BadRequestError,
    ConflictError,
    Error,
    NotFoundError,
    ResponseError,
    UnauthorizedError,
    UnprocessableEntityError,
)
from mollie.api.objects.customer import Customer
from mollie.api.objects.payment import Payment

from voorjebuurt.kernel import money
from voorjebuurt.payments.gateway import (
    ChargebackFacts,
    GatewayBusyError,
    GatewayConflictError,
    GatewayNotFoundError,
    GatewayRefusedError,
    GatewayUnauthorizedError,
    GatewayUnclearError,
    PaymentFacts,
    PaymentQuestion,
    RefundFacts,
    RefundQuestion,
    WebhookCall,
)
from voorjebuurt.payments.rules import MandateStatus, PaymentSequence, payer_key
from voorjebuurt.settings import Settings

SANDBOX_KEY = "test_sandboxsandboxsandboxsandboxsa"
_TIMEOUT_SECONDS = (3, 10)
_HURRY_SECONDS = (1, 2)
_PAGE = 250
_LOCALES = (
    *("nl_NL", "en_US", "ca_ES", "da_DK", "de_DE", "es_ES", "fi_FI", "fr_FR", "hu_HU", "is_IS"),
    *("it_IT", "lt_LT", "lv_LV", "nb_NO", "pl_PL", "pt_PT", "sv_SE"),
)
"""Those of Mollie's checkout, one per language; the first is for whoever reads another."""
_PAYMENT_ID = re.compile(r"tr_[A-Za-z0-9]{6,64}", re.ASCII)

Answer = TypeVar("Answer")


class _WaitingClient(Client):
    """Mollie's client, which would lose the header that says how long to wait, and which would
    follow an answer to another place, with what is in the question.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._client = requests.Session()
        self._client.max_redirects = 0

    def perform_http_call(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Call. Raises ``GatewayBusyError`` with the seconds that a 429 asks us to wait."""
        response: requests.Response = super().perform_http_call(*args, **kwargs)
        if response.status_code == requests.codes.too_many_requests:
            wait = response.headers.get("Retry-After", "")
            raise GatewayBusyError("429", int(wait) if wait.isdecimal() else None)
        return response


class MollieGateway:
    """See ``Gateway``."""

    key_lifetime: ClassVar[timedelta] = timedelta(minutes=50)
    checkout_origins: ClassVar[tuple[str, ...]] = ("https://*.mollie.com",)

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        """Mollie itself, or the sandbox when there is no key."""
        if settings.mollie_api_key is not None:
            return cls(
                settings.mollie_endpoint, settings.mollie_api_key, payer_secret=settings.donor_key
            )
        if settings.sandbox_url is None:
            raise GatewayUnclearError("there is no Mollie key, and no sandbox is running")
        return cls(settings.sandbox_url, SANDBOX_KEY, payer_secret=settings.donor_key)

    def in_a_hurry(self) -> Self:
        """Another client: a second to connect and two for each part of the answer."""
        return type(self)(
            self._endpoint, self._key, payer_secret=self._payer_secret, timeout=_HURRY_SECONDS
        )

    @classmethod
    def webhook_payment_id(cls, call: WebhookCall) -> str | None:
        """The ``id`` that Mollie sends as a form: it says only that something happened to it."""
        provider_id = call.form.get("id", "")
        return provider_id if cls.valid_payment_id(provider_id) else None

    @staticmethod
    def valid_payment_id(text: str) -> bool:
        """Whether ``text`` may be put into a URL as Mollie's id of a payment."""
        return bool(_PAYMENT_ID.fullmatch(text))

    def __init__(
        self,
        endpoint: str,
        key: str,
        *,
        payer_secret: str,
        timeout: tuple[int, int] | None = None,
    ) -> None:
        self._endpoint, self._key, self._payer_secret = endpoint, key, payer_secret
        # retry=0: the client's own retries would hide from us that a request went out twice.
        self._client = _WaitingClient(
            api_endpoint=endpoint, timeout=timeout or _TIMEOUT_SECONDS, retry=0
        )
        self._client.set_api_key(key)

    def create_payment(self, question: PaymentQuestion) -> PaymentFacts:
        """Make a payment, or get the one that was made before under the same key."""
        body = {
            "amount": _amount(question.amount_cents),
            "description": question.description,
            "webhookUrl": question.webhook_url,
            "metadata": dict(question.metadata),
            "locale": _locale(question.locale),
            **_sequence(question),
        }
        key = question.idempotency_key
        return _call(
            lambda: self._payment_facts(self._client.payments.create(body, idempotency_key=key))
        )

    def payment(self, provider_id: str) -> PaymentFacts:
        """A payment with its refunds and chargebacks."""
        return _call(
            lambda: self._payment_facts(
                self._client.payments.get(provider_id, embed="refunds,chargebacks")
            )
        )

    def find_payment(self, payment_id: str, *, since: datetime) -> PaymentFacts | None:
        """The payment whose metadata names our ``payment_id``, made at or after ``since``."""
        return _call(lambda: self._search(payment_id, since))

    def payments_since(self, since: datetime) -> Iterator[PaymentFacts]:
        """All payments made at or after ``since``, newest first, without refunds."""
        bodies = _pages(_call(lambda: self._client.payments.list(limit=_PAGE)))
        while (facts := _call(lambda: self._next_facts(bodies))) is not None:
            if facts.created_at is not None and facts.created_at < since:
                return
            yield facts

    def _next_facts(self, bodies: Iterator[Any]) -> PaymentFacts | None:
        body = next(bodies, None)
        return self._payment_facts(body) if body is not None else None

    def _search(self, payment_id: str, since: datetime) -> PaymentFacts | None:
        for body in _pages(self._client.payments.list(limit=_PAGE)):
            facts = self._payment_facts(body)
            if facts.metadata.get("payment_id") == payment_id:
                return facts
            if facts.created_at is not None and facts.created_at < since:
                return None  # The list is newest first.
        return None

    def create_customer(self, reference: str, *, locale: str, idempotency_key: str) -> str:
        """Make a customer without name or address; Mollie asks for neither."""
        body = {"locale": _locale(locale), "metadata": {"monthly_gift_id": reference}}
        create = self._client.customers.create
        return _call(lambda: str(create(body, idempotency_key=idempotency_key)["id"]))

    def mandate_status(self, customer_id: str, mandate_id: str) -> MandateStatus:
        """Whether money can be collected by it; a revoked one is gone (410) at Mollie."""

        def ask() -> MandateStatus:
            try:
                return MandateStatus(self._mandates(customer_id).get(mandate_id)["status"])
            except ResponseError as error:
                if _is_gone(error):
                    return MandateStatus.GONE
                raise

        return _call(ask)

    def revoke_mandates(self, customer_id: str) -> None:
        """Revoke each that the customer has; those that are gone already are passed over."""
        mandates = self._mandates(customer_id)

        def ask() -> None:
            with _gone_passed_over():
                for body in list(_pages(mandates.list(limit=_PAGE))):
                    with _gone_passed_over():
                        mandates.delete(body["id"])

        _call(ask)

    def _mandates(self, customer_id: str) -> Any:
        """The mandates of a customer, without fetching who that is."""
        return cast("Any", Customer)({"id": customer_id}, self._client).mandates

    def create_refund(self, question: RefundQuestion) -> RefundFacts:
        """Order a refund, or get the one that was ordered before under the same key."""
        body = {
            "amount": _amount(question.amount_cents),
            "description": question.description,
            "metadata": dict(question.metadata),
        }

        def ask() -> RefundFacts:
            payment = self._payment_handle(question.provider_payment_id)
            refund = payment.refunds.create(body, idempotency_key=question.idempotency_key)
            return _refund_facts(refund)

        return _call(ask)

    def refunds(self, provider_payment_id: str) -> list[RefundFacts]:
        """All refunds of a payment."""

        def ask() -> list[RefundFacts]:
            payment = self._payment_handle(provider_payment_id)
            return [_refund_facts(body) for body in _pages(payment.refunds.list(limit=_PAGE))]

        return _call(ask)

    def _payment_facts(self, body: Mapping[str, Any]) -> PaymentFacts:
        return _payment_facts(body, payer=self._payer(body.get("details") or {}))

    def _payer(self, details: Mapping[str, Any]) -> str | None:
        """Who paid, made opaque at the door: the account itself is kept nowhere."""
        account = details.get("consumerAccount") or details.get("cardFingerprint")
        return payer_key(self._payer_secret, str(account)) if account else None

    def _payment_handle(self, provider_payment_id: str) -> Payment:
        """A handle on a payment without fetching it."""
        handle: Payment = cast("Any", Payment)({"id": provider_payment_id}, self._client)
        return handle


def _is_gone(error: ResponseError) -> bool:
    return str(error.status) in ("404", "410")


@contextmanager
def _gone_passed_over() -> Iterator[None]:
    try:
        yield
    except ResponseError as error:
        if not _is_gone(error):
            raise


def _sequence(question: PaymentQuestion) -> dict[str, str]:
    """Nobody is sent to a page for what is collected, so that it takes no address to return to."""
    if question.sequence is PaymentSequence.RECURRING:
        ids = {"customerId": question.customer_id or "", "mandateId": question.mandate_id or ""}
        return {"sequenceType": "recurring", **ids}
    address = {"redirectUrl": question.redirect_url}
    if question.sequence is PaymentSequence.FIRST:
        return {"sequenceType": "first", "customerId": question.customer_id or "", **address}
    return address


def _call(ask: Callable[[], Answer]) -> Answer:
    """Call the client, and raise its errors and unreadable answers as ``GatewayError``s."""
    try:
        return ask()
    except UnauthorizedError as error:
        raise GatewayUnauthorizedError(str(error)) from error
    except NotFoundError as error:
        raise GatewayNotFoundError(str(error)) from error
    except ConflictError as error:
        raise GatewayConflictError(str(error)) from error
    except (BadRequestError, UnprocessableEntityError) as error:
        raise GatewayRefusedError(str(error)) from error
    except ResponseError as error:
        if error.status is not None and 400 <= int(error.status) < 500:
            raise GatewayRefusedError(str(error)) from error
        raise GatewayUnclearError(str(error)) from error
    except (Error, requests.RequestException, ArithmeticError) as error:
        raise GatewayUnclearError(str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GatewayUnclearError(f"unreadable answer: {error!r}") from error


def _pages(page: Any) -> Iterator[Any]:
    while True:
        yield from page
        if not page.has_next():
            return
        page = page.get_next()


def _locale(language: str) -> str:
    """Mollie's name of a language, or Dutch where its checkout does not have it."""
    return next((name for name in _LOCALES if name.startswith(f"{language[:2]}_")), _LOCALES[0])


def _amount(cents: int) -> dict[str, str]:
    return {"currency": "EUR", "value": money.to_provider(cents)}


def _payment_facts(body: Mapping[str, Any], *, payer: str | None) -> PaymentFacts:
    amount, settlement = body["amount"], body.get("settlementAmount")
    parts = body.get("_embedded") or {}
    return PaymentFacts(
        provider_id=body["id"],
        status=body["status"],
        mode=body["mode"],
        currency=amount["currency"],
        amount_cents=money.from_provider(amount["value"]),
        settlement_cents=_euros(settlement),
        metadata=_metadata(body),
        method=body.get("method"),
        checkout_url=((body.get("_links") or {}).get("checkout") or {}).get("href"),
        created_at=_moment(body.get("createdAt")),
        expires_at=_moment(body.get("expiresAt")),
        paid_at=_moment(body.get("paidAt")),
        payer=payer,
        mandate_id=body.get("mandateId"),
        refunds=tuple(_refund_facts(refund) for refund in parts.get("refunds", ())),
        chargebacks=tuple(_chargeback_facts(item) for item in parts.get("chargebacks", ())),
    )


def _refund_facts(body: Mapping[str, Any]) -> RefundFacts:
    return RefundFacts(
        provider_id=body["id"],
        status=body["status"],
        amount_cents=_euros(body["amount"]),
        metadata=_metadata(body),
        created_at=_moment(body.get("createdAt")),
    )


def _chargeback_facts(body: Mapping[str, Any]) -> ChargebackFacts:
    return ChargebackFacts(
        provider_id=body["id"],
        amount_cents=_euros(body["amount"]),
        created_at=_moment(body.get("createdAt")),
        reversed_at=_moment(body.get("reversedAt")),
    )


def _euros(amount: Mapping[str, str] | None) -> int | None:
    if not amount or amount["currency"] != "EUR":
        return None
    return money.from_provider(amount["value"])


def _metadata(body: Mapping[str, Any]) -> Mapping[str, str]:
    metadata = body.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
