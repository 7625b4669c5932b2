"""The application's settings: frozen, typed, read in one place.

``load`` is the only reader of the environment and of ``config/*.toml``. Whatever is unsafe for
production is refused there, with one message that lists every fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from voorjebuurt.settings.attachments import AttachmentSettings
from voorjebuurt.settings.environment import (
    ENVIRONMENTS,
    REAL,
    SettingsError,
    data_keys_of,
    database_url_of,
    development_secret,
    environment_of,
    present,
    read_config,
    whole_number,
)
from voorjebuurt.settings.refusals import MOLLIE_ENDPOINT, faults_of
from voorjebuurt.settings.retention import RetentionSettings
from voorjebuurt.settings.sections import (
    CampaignSettings,
    CashSettings,
    DecisionSettings,
    MailSettings,
    MatchingSettings,
    NearMissSettings,
    OperatorSettings,
    PayoutSettings,
    PeopleSettings,
    PlaceSettings,
    PledgeSettings,
    ServerSettings,
)

__all__ = [
    "ENVIRONMENTS",
    "REAL",
    "AttachmentSettings",
    "CampaignSettings",
    "CashSettings",
    "DecisionSettings",
    "MailSettings",
    "MatchingSettings",
    "NearMissSettings",
    "OperatorSettings",
    "PayoutSettings",
    "PeopleSettings",
    "PlaceSettings",
    "PledgeSettings",
    "RetentionSettings",
    "ServerSettings",
    "Settings",
    "SettingsError",
    "load",
    "load_matching",
]


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
    cash: CashSettings
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
    def made_files(self) -> Path:
        """The folder of posters and pictures that were made of campaigns, and can be again."""
        return self.home / "made"

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
    environment = environment_of(environ)
    config = read_config(environment)
    port = whole_number(environ, "PORT", 8000)
    home = Path(environ.get("VJB_HOME", "var")).absolute()
    secret_key = environ.get("SECRET_KEY", "") or development_secret(environment, home)
    settings = Settings(
        environment=environment,
        home=home,
        host=environ.get("HOST", "127.0.0.1"),
        port=port,
        base_url=(environ.get("BASE_URL") or f"http://localhost:{port}").rstrip("/"),
        secret_key=secret_key,
        secret_keys_old=tuple(environ.get("SECRET_KEY_OLD", "").split()),
        donor_key=environ.get("DONOR_KEY") or secret_key,
        data_keys=data_keys_of(environ, environment, secret_key),
        database_url=database_url_of(environ.get("DATABASE_URL")),
        database_pool_size=config["database"]["pool_size"],
        mollie_api_key=environ.get("MOLLIE_API_KEY") or None,
        mollie_endpoint=(environ.get("MOLLIE_API_ENDPOINT") or MOLLIE_ENDPOINT).rstrip("/"),
        sandbox_url=environ.get("VJB_SANDBOX_URL") or None,
        smtp_url=environ.get("SMTP_URL") or None,
        mail=MailSettings(
            **{
                "reply_to": None,
                **config["mail"],
                **present(environ, sender="MAIL_FROM", reply_to="MAIL_REPLY_TO"),
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
        trusted_proxies=whole_number(environ, "TRUSTED_PROXIES", 0),
        server=ServerSettings(
            **{
                **config["server"],
                "workers": whole_number(environ, "WEB_CONCURRENCY", config["server"]["workers"]),
            }
        ),
        pledges=PledgeSettings(
            **{**config["pledges"], "presets_cents": tuple(config["pledges"]["presets_cents"])}
        ),
        campaigns=CampaignSettings(
            **{**config["campaigns"], "video_hosts": tuple(config["campaigns"]["video_hosts"])}
        ),
        cash=CashSettings(**config["cash"]),
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
            **{**config["attachments"], **present(environ, clamd="CLAMD")}
        ),
        payouts=PayoutSettings(
            **{
                **config["payouts"],
                **present(environ, debtor_name="DEBTOR_NAME", debtor_iban="DEBTOR_IBAN"),
                **present(environ, debtor_bic="DEBTOR_BIC"),
            }
        ),
    )
    faults = faults_of(settings, environ)
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def load_matching(environ: Mapping[str, str]) -> MatchingSettings:
    """Only what matching rules need: evaluating them takes no site, no state and no database."""
    return _matching(read_config(environment_of(environ)))


def _matching(config: Mapping[str, Mapping[str, Any]]) -> MatchingSettings:
    values = config["matching"]
    return MatchingSettings(
        tuple(values["indicators"]), values["rehearsal_seconds"], tuple(values["measures"])
    )
