"""What settings may not be: each fault is told in a line, with what to do about it.

Pure, apart from the registry of banks: looking at settings changes nothing and connects to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, urlsplit

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from voorjebuurt.settings.attachments import clamd_fault
from voorjebuurt.settings.database_url import DatabaseUrlError, keywords_of

if TYPE_CHECKING:
    from voorjebuurt.settings import Settings

MOLLIE_ENDPOINT = "https://api.mollie.com"
EXAMPLE_IBANS = frozenset(
    {"NL02ABNA0123456789", "NL91ABNA0417164300", "NL20INGB0001234567", "NL44RABO0123456789"}
)
"""Numbers that manuals, and the demo, use as an example: valid, and nobody's to be paid from."""
NEW_KEY = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
_SHORTEST_KEY, _FEWEST_CHARACTERS = 32, 12
_API_KEY = re.compile(r"(live|test)_[A-Za-z0-9]{30,}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_NEAR_MISS_DAYS = 14
"""The database refuses more."""
_PLAIN_TEXT = frozenset({"disable", "allow"})

SHORTEST_TERMS = {
    "unpaid_gift_days": 14,
    "mail_days": 14,
    "sign_in_days": 14,
    "place_wish_days": 14,
    "mailed_fact_days": 365,
}
"""Days that something may still be needed for: a payment that is slow, a mail that is sent again,
a sign-in that nobody used, an address that is still to be confirmed, and work that comes back."""


def faults_of(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """Every reason why these settings can't be used."""
    faults = [*_everywhere(settings, environ)]
    if settings.production:
        faults += _site(settings)
        faults += _operator(environ)
        for look in (_keys, _database, _mail, _account):
            faults += look(settings, environ)
    return faults


def _everywhere(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    live = settings.payment_mode == "live"
    if live and settings.mollie_endpoint != MOLLIE_ENDPOINT:
        yield "MOLLIE_API_KEY is a live key: MOLLIE_API_ENDPOINT may only be Mollie's own."
    if live and not environ.get("VJB_ENV"):
        yield "MOLLIE_API_KEY is a live key and VJB_ENV is not set: set VJB_ENV=production."
    elif live and not settings.production:
        yield "MOLLIE_API_KEY is a live key: only VJB_ENV=production may use it."
    if settings.custody not in ("foundation", "connect"):
        yield "platform.custody must be 'foundation' or 'connect'."
    drafts = settings.campaigns
    if not 0 < drafts.draft_remind_days < drafts.draft_warn_days < drafts.draft_erase_days:
        yield "campaigns.draft_remind_days, draft_warn_days and draft_erase_days must rise."
    if not (1 <= drafts.extension_days <= 60 and 0 <= drafts.extension_percent <= 100):
        yield "campaigns.extension_days must be from 1 to 60, extension_percent from 0 to 100."
    bounds = {**asdict(settings.places), "rehearsal_seconds": settings.matching.rehearsal_seconds}
    for name in sorted(name for name, bound in bounds.items() if bound < 1):
        yield f"{name} must be 1 or more."
    rules = settings.matching
    if not rules.measures or not set(rules.measures) <= set(rules.indicators):
        yield "matching.measures must name one or more of matching.indicators."
    near = settings.near_miss
    if not 0 < near.plan_days < near.review_days < near.days <= _NEAR_MISS_DAYS:
        yield (
            "near_miss.plan_days, review_days and days must rise,"
            f" and days is {_NEAR_MISS_DAYS} at most."
        )
    if not 50 <= near.percent < 100:
        yield "near_miss.percent must be from 50 to 99."
    if settings.pledges.no_answer not in ("back", "keep"):
        yield "pledges.no_answer must be 'back' or 'keep'."
    if not 1 <= settings.people.viewing_minutes <= 60:
        yield "people.viewing_minutes must be from 1 to 60."
    if not 1 <= settings.pledges.hold_minutes <= 120:
        yield "pledges.hold_minutes must be from 1 to 120."
    if fault := clamd_fault(settings.attachments.clamd):
        yield fault
    for name, days in asdict(settings.retention).items():
        least = SHORTEST_TERMS.get(name, 1)
        if days < least:
            yield f"retention.{name} is {days}; it must be {least} or more."


def _keys(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    names = {"SECRET_KEY": settings.secret_key, "DONOR_KEY": environ.get("DONOR_KEY", "")}
    for name, key in names.items():
        if len(key) < _SHORTEST_KEY:
            yield f"{name} must be set, with at least {_SHORTEST_KEY} characters: {NEW_KEY}"
        elif is_weak(key):
            yield f"{name} can be guessed, because its characters come again and again: {NEW_KEY}"
    yield from _data_keys(settings)
    if settings.secret_key and settings.secret_key == environ.get("DONOR_KEY"):
        yield (
            "DONOR_KEY and SECRET_KEY are the same. Gifts of before keep DONOR_KEY as it is;"
            f" give SECRET_KEY another value and name the old one in SECRET_KEY_OLD: {NEW_KEY}"
        )
    if settings.secret_key and settings.secret_key in settings.secret_keys_old:
        yield "SECRET_KEY is among SECRET_KEY_OLD: leave it out there."
    kind = "test" if settings.environment == "acceptance" else "live"
    key = settings.mollie_api_key or ""
    if not key.startswith(f"{kind}_"):
        yield f"MOLLIE_API_KEY must be a {kind} key ({kind}_…) in {settings.environment}."
    elif not _API_KEY.fullmatch(key) or is_weak(key.partition("_")[2]):
        yield "MOLLIE_API_KEY is not a key of Mollie's: copy it from their dashboard."


def _data_keys(settings: Settings) -> Iterator[str]:
    keys = settings.data_keys
    if not keys or min(map(len, keys)) < _SHORTEST_KEY or any(map(is_weak, keys)):
        yield (
            "DATA_KEYS must be set: the newest key first, each of at least"
            f" {_SHORTEST_KEY} characters that nobody can guess: {NEW_KEY}"
        )
    elif settings.secret_key in keys:
        yield f"DATA_KEYS and SECRET_KEY must differ: who has one must not have both. {NEW_KEY}"


def is_weak(key: str) -> bool:
    """Whether a key is a few characters again and again; its length is not looked at."""
    return len(set(key)) < _FEWEST_CHARACTERS or key in (key + key)[1:-1]


def _database(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    if settings.database_url is None:
        yield "DATABASE_URL must be set: production does not run on embedded PostgreSQL."
        return
    try:
        keywords = keywords_of(settings.database_url)
    except DatabaseUrlError as error:
        yield str(error)
        return
    hosts = keywords.get("host", "").split(",")
    mode = keywords.get("sslmode", environ.get("PGSSLMODE", ""))
    if mode in _PLAIN_TEXT and not all(map(is_this_machine, hosts)):
        yield (
            f"DATABASE_URL has sslmode={mode}, but the database is on another machine: everybody"
            " between can read along. Use sslmode=verify-full, with sslrootcert when it is needed."
        )


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine: a socket, ``localhost`` or a loopback address."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _site(settings: Settings) -> Iterator[str]:
    url = _split(settings.base_url)
    if url is None or url.scheme != "https":
        yield "BASE_URL must begin with https://."
    elif not _HOST.fullmatch(url.hostname or "") or "@" in url.netloc:
        yield "BASE_URL must have the site's own name, such as https://voorjebuurt.nl."
    elif url.path or url.query or url.fragment:
        yield "BASE_URL must end after the name: the site can't live in a folder."


def _mail(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    if settings.mail.reply_to is None:
        yield "MAIL_REPLY_TO must be set: mails ask their readers to reply."
    if not environ.get("MAIL_FROM"):
        yield "MAIL_FROM must be set: the sender of all mail, of a domain that is yours."
    if settings.smtp_url is None:
        yield "SMTP_URL must be set: mail would only reach the local outbox."
        return
    url = _split(settings.smtp_url)
    if url is None or url.scheme not in ("smtp", "smtps") or not url.hostname:
        yield "SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host."
        return
    in_plain = url.scheme == "smtp" and parse_qs(url.query).get("starttls", ["1"]) == ["0"]
    if in_plain and not is_this_machine(url.hostname):
        yield "SMTP_URL has starttls=0: passwords and mail would be readable on the way."


def _account(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    for name, what in (("DEBTOR_IBAN", "the account"), ("DEBTOR_NAME", "the name on the account")):
        if not environ.get(name):
            yield f"{name} must be set: {what} from which payouts are made."
    if not environ.get("DEBTOR_IBAN"):
        return
    try:
        iban = IBAN(settings.payouts.debtor_iban)
    except (SchwiftyException, ValueError):
        yield "DEBTOR_IBAN is not a number of an account: look at its digits."
        return
    if iban.compact in EXAMPLE_IBANS:
        yield "DEBTOR_IBAN is a number from an example: fill in your own account."
    try:
        bic = BIC(settings.payouts.debtor_bic)
    except (SchwiftyException, ValueError):
        yield "DEBTOR_BIC is not the code of a bank: it has 8 or 11 characters."
        return
    if iban.bic is not None and iban.bic.compact[:8] != bic.compact[:8]:
        yield f"DEBTOR_BIC is of another bank than DEBTOR_IBAN: that one has {iban.bic.compact}."


def _operator(environ: Mapping[str, str]) -> Iterator[str]:
    """Who is responsible, for the pages that the law asks for."""
    for name, what in OPERATOR_SETTINGS.items():
        if not environ.get(name):
            yield f"{name} must be set: {what}."
    for name in ("OPERATOR_EMAIL", "PRIVACY_EMAIL"):
        if environ.get(name) and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", environ[name]):
            yield f"{name} is not an address of mail."
    if environ.get("ACCESSIBILITY_STATUS", "A") not in ACCESSIBILITY_STATUSES:
        yield "ACCESSIBILITY_STATUS must be A, B, C or D, as in the Dutch model of a statement."
    report = _split(environ.get("ACCESSIBILITY_REPORT", ""))
    if report is None or report.scheme not in ("", "https") or (report.path and not report.scheme):
        yield "ACCESSIBILITY_REPORT must be an address that begins with https://, or nothing."


ACCESSIBILITY_STATUSES = ("A", "B", "C", "D")
OPERATOR_SETTINGS = {
    "OPERATOR_NAME": "the organisation that runs the site, as it is registered",
    "OPERATOR_ADDRESS": "where it can be reached by post, on one line",
    "OPERATOR_EMAIL": "where people can ask something; it stands on the contact page",
    "PRIVACY_EMAIL": "where people ask about their personal data",
    "ACCESSIBILITY_STATUS": "A, B, C or D, as in the Dutch model of an accessibility statement",
}


def _split(url: str) -> SplitResult | None:
    """An address in its parts; None for what is none."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 and not re.search(r"\s", url) else None
    except ValueError:
        return None
