"""Somebody with a browser without JavaScript, over real HTTP: pages, forms, mailed links, codes."""

import re
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import urljoin, urlsplit

import pyotp
import requests
from lxml import etree, html

from tests.support.smtp_server import CERTIFICATE, SmtpServer

NAME = "voorjebuurt.example"
PATIENCE_SECONDS = 60
_SECRET = re.compile(r"otpauth://[^\"]*secret=([A-Z2-7]+)")
"""In the link that opens an app on the same device."""


@dataclass
class Mailbox:
    """What the site mailed, one mail after another."""

    server: SmtpServer

    def next_to(self, address: str, having: str = "") -> str:
        """The text of the next mail to an address that was not asked for before."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for mail in list(self.server.received):
                if mail["To"] == address and re.search(having, text_of(mail)):
                    self.server.received.remove(mail)
                    return text_of(mail)
            time.sleep(0.05)
        subjects = [f"{mail['To']}: {mail['Subject']}" for mail in self.server.received]
        raise AssertionError(f"no mail to {address} with {having!r}; there are {subjects}")


def text_of(mail: EmailMessage) -> str:
    """What a mail says as plain text."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def browser() -> requests.Session:
    """A browser that was led to the site by its name, or by the proxy of it that ended TLS."""
    http = requests.Session()
    http.trust_env = False
    http.verify = str(CERTIFICATE)
    http.headers.update(
        {
            "Host": NAME,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "203.0.113.7",
            "X-Forwarded-Host": NAME,
            "Referer": f"https://{NAME}/",
            "User-Agent": "deployment",
        }
    )

    def carry(answer: requests.Response, *_: object, **__: object) -> None:
        """Cookies for TLS only are kept from this connection, which in truth comes after it."""
        http.cookies.update(answer.cookies)
        pairs = [f"{cookie.name}={cookie.value}" for cookie in http.cookies]
        http.headers["Cookie"] = "; ".join(pairs)

    http.hooks["response"].append(carry)
    return http


@dataclass
class Visitor:
    """One person at ``site``, who reads the mails to ``email``."""

    site: str
    mailbox: Mailbox
    email: str
    http: requests.Session = field(default_factory=browser)
    path: str = "/"

    def get(self, path: str) -> str:
        """The page that an address leads to in the end; ``path`` is where that is."""
        return self._arrived(self.http.get(self.site + path, allow_redirects=False, timeout=30))

    def send(self, path: str, *, to: str | None = None, **fields: str) -> str:
        """Fill in a form of a page, leave the rest as it is, and send it: to the page's address, or
        to another. Gives the page that comes of it.
        """
        page = html.document_fromstring(self.get(path))
        target = to or self.path
        form = next(
            form
            for form in page.iter("form")
            if isinstance(form, html.FormElement)
            and form.method == "POST"
            and target in {urljoin(self.path, action) for action in _actions(form)}
        )
        values = {**dict(form.form_values()), **fields}
        answer = self.http.post(self.site + target, data=values, allow_redirects=False, timeout=30)
        text = self._arrived(answer)
        assert not _errors(text), f"{target}: {_errors(text)}"
        return text

    def sign_in(self) -> None:
        """Ask for a link, and press its button."""
        self.send("/inloggen", email=self.email)
        assert self.path == "/inloggen/verstuurd", self.path
        self.use_link()

    def use_link(self) -> None:
        """Press the button behind the link of the next mail that has one."""
        mail = self.mailbox.next_to(self.email, r"/inloggen/[\w-]{20,}")
        self.send(re.findall(r"/inloggen/[\w-]{20,}", mail)[0])
        if self.path == "/mijn/profiel":
            self.send(self.path, name=self.email.partition("@")[0].title())

    def set_up_second_factor(self) -> None:
        """Tie an app to the account by its secret, and keep the recovery codes."""
        page = self.get("/mijn/tweede-stap")
        secret = _SECRET.search(page)
        assert secret is not None, page
        self.send("/mijn/tweede-stap", code=pyotp.TOTP(secret[1]).now())
        assert self.path == "/mijn/herstelcodes", self.path
        self.send(self.path)

    def _arrived(self, answer: requests.Response) -> str:
        """Follow where an answer leads, all within the site."""
        for _ in range(6):
            if answer.status_code not in (301, 302, 303):
                break
            leads_to = urlsplit(answer.headers["Location"])
            assert leads_to.netloc in ("", NAME), leads_to
            address = leads_to._replace(scheme="", netloc="").geturl()
            answer = self.http.get(self.site + address, allow_redirects=False, timeout=30)
        self.path = urlsplit(answer.url).path
        assert answer.status_code == 200, f"{self.path}: {answer.status_code} {_words(answer.text)}"
        return answer.text


def _actions(form: etree._Element) -> list[str]:
    """Its own address, and those of its buttons."""
    return [form.get("action") or "", *_found(form, ".//button[@formaction]/@formaction")]


def _errors(text: str) -> list[str]:
    """What a page says that went wrong, at its fields or above them."""
    classes = ("form-field-error-message", "alert--error")
    where = " or ".join(f'contains(@class, "{each}")' for each in classes)
    return [each.strip() for each in _found(html.fromstring(text), f"//*[{where}]//text()")]


def _found(element: etree._Element, path: str) -> list[str]:
    texts = element.xpath(path)
    assert isinstance(texts, list)
    return [str(text) for text in texts]


def _words(text: str) -> str:
    return " ".join(" ".join(_found(html.fromstring(text), "//text()")).split())[:600]
