"""The application's settings: frozen, typed, read in one place.

``load`` is the only reader of the environment and of ``config/*.toml``. Whatever is unsafe for
production is refused there, with one message that lists every fault.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from voorjebuurt import paths
from voorjebuurt.settings.attachments import AttachmentSettings
from voorjebuurt.settings.database_url import DatabaseUrlError, read_database_url
from voorjebuurt.settings.refusals import MOLLIE_ENDPOINT, faults_of
from voorjebuurt.settings.retention import RetentionSettings

ENVIRONMENTS = ("development", "test", "acceptance", "production")
REAL = ("acceptance", "production")
"""Those that run in public, by the strict rules."""


class SettingsError(Exception):
    """The settings can't be used; the message lists every reason, one a line."""


@dataclass(frozen=True)
class ServerSettings:
    """The web server: processes, threads in each, and seconds for its last answers."""

    workers: int
    threads: int
    backlog: int
    stop_seconds: int


@dataclass(frozen=True)
class PledgeSettings:
    """Bounds of one gift, in eurocents.

    ``no_answer``: what a donor is told at pledging that no answer means when the campaign nearly
    makes it, ``back`` or ``keep``. Gifts of before keep what was said then.
    """

    min_cents: int
    max_cents: int
    tip_max_cents: int
    presets_cents: tuple[int, ...]
    no_answer: str = "back"


@dataclass(frozen=True)
class NearMissSettings:
    """From how much of the minimum a campaign has a second chance, and its terms in days.

    All are counted from its first day: the plan is there after ``plan_days``, a coach has looked
    at it after ``review_days``, and it is over after ``days``.
    """

    percent: int
    plan_days: int
    review_days: int
    days: int


@dataclass(frozen=True)
class CampaignSettings:
    """Bounds of a pitch: eurocents, days, bytes.

    ``draft_…``: after how many days without a change a draft's owner is reminded, warned, and
    the draft erased.
    """

    min_goal_cents: int
    max_goal_cents: int
    min_days: int
    max_days: int
    picture_max_bytes: int
    draft_remind_days: int
    draft_warn_days: int
    draft_erase_days: int


@dataclass(frozen=True)
class PayoutSettings:
    """The platform's own account, and how long a changed IBAN cools off (days)."""

    cooling_off_days: int
    debtor_name: str
    debtor_iban: str
    debtor_bic: str


@dataclass(frozen=True)
class MailSettings:
    """Who mail is from and who reads its answers, and how many one address gets in an hour.

    Links to sign in have an allowance of their own. ``attempts_per_hour`` is for what anybody may
    begin with an address that is not theirs.
    """

    sender: str
    reply_to: str | None
    per_hour: int
    attempts_per_hour: int
    sign_in_per_hour: int


@dataclass(frozen=True)
class MatchingSettings:
    """The figures of areas that matching rules may use, and for how many seconds a computer
    may work on a rehearsal, or on one case of the command line."""

    indicators: tuple[str, ...]
    rehearsal_seconds: int


@dataclass(frozen=True)
class DecisionSettings:
    """How long an approved decision can be recalled (minutes), and the size of receipts (bytes).

    ``retention_years``: how long a case is kept once it is over, for its archive.
    ``penalty_cents_a_day``: what a late decision costs (eurocents), each for fourteen days.
    ``de_minimis_ceiling_cents``: of state aid in three years, for officers to see (eurocents).
    ``interest_rates``: the statutory interest, percent a year from each day on.
    """

    recall_minutes: int
    receipt_max_bytes: int
    retention_years: int
    penalty_cents_a_day: tuple[int, ...]
    de_minimis_ceiling_cents: int
    interest_rates: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True)
class PeopleSettings:
    """How many hours after its proposal a role can be confirmed at the earliest."""

    role_wait_hours: int


@dataclass(frozen=True)
class PlaceSettings:
    """The largest official files that are taken, in bytes: of addresses, of any other kind, and
    of a workbook when it is unpacked.

    Also in rows (areas of a map), of addresses and of any other kind, and in cells of a row.
    """

    max_bytes: int
    max_address_bytes: int
    max_unpacked_bytes: int
    max_rows: int
    max_address_rows: int
    max_cells: int


@dataclass(frozen=True)
class OperatorSettings:
    """Who runs the site and answers for it, as the pages about it say; empty on a practice site.

    ``registration`` is the number at the Chamber of Commerce; ``accessibility`` is the status by
    the Dutch model of a statement, from A (all of WCAG is met) to D (it is not).
    """

    name: str
    address: str
    email: str
    privacy_email: str
    registration: str
    accessibility: str
    accessibility_report: str


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between two installations."""

    environment: str
    home: Path
    host: str
    port: int
    base_url: str
    secret_key: str
    data_keys: tuple[str, ...]
    secret_keys_old: tuple[str, ...]
    donor_key: str
    database_url: str | None
    database_pool_size: int
    mollie_api_key: str | None
    mollie_endpoint: str
    sandbox_url: str | None
    smtp_url: str | None
    mail: MailSettings
    operator: OperatorSettings
    platform_name: str
    default_locale: str
    timezone: str
    custody: str
    in_flight_max_days: int
    trusted_proxies: int
    server: ServerSettings
    pledges: PledgeSettings
    campaigns: CampaignSettings
    near_miss: NearMissSettings
    payouts: PayoutSettings
    matching: MatchingSettings
    decisions: DecisionSettings
    people: PeopleSettings
    places: PlaceSettings
    retention: RetentionSettings
    attachments: AttachmentSettings

    @property
    def production(self) -> bool:
        """Whether it runs in public, by the strict rules; acceptance does so without real money."""
        return self.environment in REAL

    @property
    def practice(self) -> bool:
        """Whether nothing here is real, which every page must say."""
        return self.payment_mode == "test"

    @property
    def uses_sandbox(self) -> bool:
        """Whether payments go to the local sandbox instead of to Mollie."""
        return self.mollie_api_key is None

    @property
    def payment_mode(self) -> str:
        """The provider's ``mode`` that its answers must carry: ``live`` or ``test``."""
        live = self.mollie_api_key is not None and self.mollie_api_key.startswith("live_")
        return "live" if live else "test"

    @property
    def uploads(self) -> Path:
        """The folder of uploaded pictures."""
        return self.home / "uploads"

    @property
    def receipts(self) -> Path:
        """The folder of receipts that initiators account with; never shown in public."""
        return self.home / "receipts"

    @property
    def attached(self) -> Path:
        """The folder of files that people add to an application or account; never shown."""
        return self.home / "attachments"


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings for the environment named by ``VJB_ENV``.

    Raises ``SettingsError`` with every fault found, one a line.
    """
    environment = _environment(environ)
    config = _read_config(environment)
    port = _whole_number(environ, "PORT", 8000)
    home = Path(environ.get("VJB_HOME", "var")).absolute()
    secret_key = environ.get("SECRET_KEY", "") or _development_secret(environment, home)
    settings = Settings(
        environment=environment,
        home=home,
        host=environ.get("HOST", "127.0.0.1"),
        port=port,
        base_url=(environ.get("BASE_URL") or f"http://localhost:{port}").rstrip("/"),
        secret_key=secret_key,
        secret_keys_old=tuple(environ.get("SECRET_KEY_OLD", "").split()),
        donor_key=environ.get("DONOR_KEY") or secret_key,
        data_keys=_data_keys(environ, environment, secret_key),
        database_url=_database_url(environ.get("DATABASE_URL")),
        database_pool_size=config["database"]["pool_size"],
        mollie_api_key=environ.get("MOLLIE_API_KEY") or None,
        mollie_endpoint=(environ.get("MOLLIE_API_ENDPOINT") or MOLLIE_ENDPOINT).rstrip("/"),
        sandbox_url=environ.get("VJB_SANDBOX_URL") or None,
        smtp_url=environ.get("SMTP_URL") or None,
        mail=MailSettings(
            **{
                "reply_to": None,
                **config["mail"],
                **_present(environ, sender="MAIL_FROM", reply_to="MAIL_REPLY_TO"),
            }
        ),
        operator=OperatorSettings(
            name=environ.get("OPERATOR_NAME", ""),
            address=environ.get("OPERATOR_ADDRESS", ""),
            email=environ.get("OPERATOR_EMAIL", ""),
            privacy_email=environ.get("PRIVACY_EMAIL", ""),
            registration=environ.get("OPERATOR_REGISTRATION", ""),
            accessibility=environ.get("ACCESSIBILITY_STATUS", ""),
            accessibility_report=environ.get("ACCESSIBILITY_REPORT", ""),
        ),
        platform_name=config["platform"]["name"],
        default_locale=config["platform"]["default_locale"],
        timezone=config["platform"]["timezone"],
        custody=config["platform"]["custody"],
        in_flight_max_days=config["ledger"]["in_flight_max_days"],
        trusted_proxies=_whole_number(environ, "TRUSTED_PROXIES", 0),
        server=ServerSettings(
            **{
                **config["server"],
                "workers": _whole_number(environ, "WEB_CONCURRENCY", config["server"]["workers"]),
            }
        ),
        pledges=PledgeSettings(
            **{**config["pledges"], "presets_cents": tuple(config["pledges"]["presets_cents"])}
        ),
        campaigns=CampaignSettings(**config["campaigns"]),
        near_miss=NearMissSettings(**config["near_miss"]),
        matching=_matching(config),
        decisions=DecisionSettings(
            **{
                **config["decisions"],
                "penalty_cents_a_day": tuple(config["decisions"]["penalty_cents_a_day"]),
                "interest_rates": tuple(
                    sorted(
                        (day, Decimal(str(p))) for day, p in config["decisions"]["interest_rates"]
                    )
                ),
            }
        ),
        people=PeopleSettings(**config["people"]),
        places=PlaceSettings(**config["places"]),
        retention=RetentionSettings(**config["retention"]),
        attachments=AttachmentSettings(
            **{**config["attachments"], **_present(environ, clamd="CLAMD")}
        ),
        payouts=PayoutSettings(
            **{
                **config["payouts"],
                **_present(environ, debtor_name="DEBTOR_NAME", debtor_iban="DEBTOR_IBAN"),
                **_present(environ, debtor_bic="DEBTOR_BIC"),
            }
        ),
    )
    faults = faults_of(settings, environ)
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def load_matching(environ: Mapping[str, str]) -> MatchingSettings:
    """Only what matching rules need: evaluating them takes no site, no state and no database."""
    return _matching(_read_config(_environment(environ)))


def _environment(environ: Mapping[str, str]) -> str:
    environment = environ.get("VJB_ENV", "development")
    if environment not in ENVIRONMENTS:
        raise SettingsError(f"VJB_ENV is {environment!r}; it must be one of {ENVIRONMENTS}.")
    return environment


def _matching(config: Mapping[str, Mapping[str, Any]]) -> MatchingSettings:
    values = config["matching"]
    return MatchingSettings(tuple(values["indicators"]), values["rehearsal_seconds"])


def _read_config(environment: str) -> dict[str, dict[str, Any]]:
    sections: dict[str, dict[str, Any]] = {}
    for name in ("default", environment):
        with (paths.CONFIG / f"{name}.toml").open("rb") as file:
            for section, values in tomllib.load(file).items():
                sections.setdefault(section, {}).update(values)
    return sections


def _present(environ: Mapping[str, str], **names: str) -> dict[str, str]:
    return {field: environ[name] for field, name in names.items() if environ.get(name)}


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal() or int(text) > 65535:
        raise SettingsError(f"{name} is {text!r}; it must be a whole number from 0 to 65535.")
    return int(text)


def _database_url(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return read_database_url(text)
    except DatabaseUrlError as error:
        raise SettingsError(str(error)) from error


def _development_secret(environment: str, home: Path) -> str:
    """Outside production: a secret of this copy's own, kept so that sessions survive a restart."""
    if environment in REAL:
        return ""
    file = home / "secret_key"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            temporary = home / f"secret_key.{os.getpid()}"
            temporary.touch(mode=0o600)
            temporary.write_text(secrets.token_hex(32))
            temporary.rename(file)
        return file.read_text()
    except OSError as error:
        raise SettingsError(
            f"The state folder {home} can't be used: {error.strerror}. "
            "Start as the user who made it, or choose another folder with VJB_HOME."
        ) from error


def _data_keys(environ: Mapping[str, str], environment: str, secret_key: str) -> tuple[str, ...]:
    """The keys that secrets in the database are sealed with, the newest first.

    Outside those that run in public the sessions' key does, so that a copy needs no settings.
    """
    keys = tuple(key for key in environ.get("DATA_KEYS", "").replace(",", " ").split())
    return keys or (() if environment in REAL else (secret_key,))
