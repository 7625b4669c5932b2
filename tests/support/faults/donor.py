"""A donor with a browser without JavaScript."""

import re
from dataclasses import dataclass
from html import unescape

import requests

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_BDI = re.compile(r"</?bdi>")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)

HEADINGS = {
    "to_pay": "Check your gift",
    "waiting": "We are waiting to hear from the bank",
    "pending": "Your payment is being processed",
    "arrived": "Your payment has arrived",
    "checking": "We are looking into your payment",
    "failed": "Your payment didn’t succeed",
    "canceled": "You have stopped the payment",
    "expired": "The payment took too long",
    "forgotten": "This gift was not paid",
    "booked": "Thank you for your gift!",
    "refunding": "You’ll get your money back",
    "refunded": "Your money has been paid back",
    "unclaimed": "We couldn’t pay your money back",
    "charged_back": "Your bank has taken this payment back",
}
"""What the gift's own page says in each of its states."""


@dataclass
class Donor:
    """Somebody with a browser who gives to a campaign."""

    site: str
    http: requests.Session
    gift: str = ""

    def fill_in(self, slug: str, cents: int = 5000, tip: int = 200, **more: str) -> "Donor":
        """Enter the form of a gift; the next screen is the gift's own page."""
        address = f"{self.site}/acties/{slug}/geef"
        answer = self.post(
            address,
            self.token_of(address),
            amount="other",
            other=f"{cents // 100},{cents % 100:02d}",
            tip=f"{tip // 100},{tip % 100:02d}",
            name="Noor Visser",
            email="noor@voorbeeld.example",
            name_public="yes",
            consent="y",
            **more,
        )
        assert answer.status_code == 302, answer.text
        self.gift = answer.headers["Location"].rsplit("/", 1)[-1].partition("?")[0]
        return self

    def pay(self) -> requests.Response:
        """Press the button that leads to the payment page."""
        return self.post(f"{self.page_address}/betalen", self.token_of(self.page_address))

    def checkout(self) -> str:
        """The same, when it does lead there: the address of the payment page."""
        answer = self.pay()
        assert answer.status_code == 302, answer.text
        assert "/checkout/" in answer.headers["Location"], answer.headers["Location"]
        return answer.headers["Location"]

    def come_back(self) -> None:
        """Return from the payment page."""
        assert self.http.get(f"{self.page_address}/terug", timeout=10).status_code == 200

    @property
    def page_address(self) -> str:
        """The gift's own page."""
        return f"{self.site}/giften/{self.gift}"

    @property
    def page(self) -> str:
        """What that page says."""
        answer = self.http.get(self.page_address, timeout=10)
        assert answer.status_code == 200, answer.text
        return unescape(_BDI.sub("", answer.text))

    @property
    def state(self) -> str:
        """The state that the page tells of in its heading."""
        match = _HEADING.search(self.page)
        assert match is not None
        heading = match[1].strip()
        return next(state for state, words in HEADINGS.items() if words == heading)

    def pay_without_form(self) -> int:
        """Press a button that an old tab still shows: the status of what comes of it."""
        return self.post(f"{self.page_address}/betalen", self.a_token()).status_code

    def a_token(self) -> str:
        """A token for forms from a page that always has one."""
        return self.token_of(f"{self.site}/inloggen")

    def post(self, address: str, token: str, **fields: str) -> requests.Response:
        """Send a form, without following where it leads."""
        return self.http.post(
            address, data={"csrf_token": token, **fields}, allow_redirects=False, timeout=30
        )

    def token_of(self, address: str) -> str:
        """The token in the form of a page."""
        answer = self.http.get(address, timeout=10)
        match = _TOKEN.search(answer.text)
        assert match is not None, answer.text
        return match[1]
