"""The sections of the settings: frozen and typed, each what one part of the site reads."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


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
    makes it, ``back`` or ``keep``. Gifts of before keep what was said then. ``hold_minutes``: how
    long a reward is kept for who is paying.
    """

    min_cents: int
    max_cents: int
    tip_max_cents: int
    presets_cents: tuple[int, ...]
    no_answer: str = "back"
    hold_minutes: int = 20


@dataclass(frozen=True)
class CashSettings:
    """Bounds of gifts in cash (eurocents): one gift, one of nobody known, and a whole tin."""

    gift_max_cents: int
    anonymous_max_cents: int
    tin_max_cents: int


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
    ``extension_…``: by how many days a last day may move once, where its campaign says so, and from
    which part of the minimum on. A campaign keeps what it said.
    ``video_hosts``: the sites whose videos a page may link to, without ``www.``.
    """

    min_goal_cents: int
    max_goal_cents: int
    min_days: int
    max_days: int
    extension_days: int
    extension_percent: int
    picture_max_bytes: int
    video_hosts: tuple[str, ...]
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
    may work on a rehearsal, or on one case of the command line.

    ``measures``: by which of them money is measured where rules read no area; the first that is
    known of a municipality.
    """

    indicators: tuple[str, ...]
    rehearsal_seconds: int
    measures: tuple[str, ...]


@dataclass(frozen=True)
class DecisionSettings:
    """How long an approved decision can be recalled (minutes), and the size of receipts (bytes).

    ``retention_years``: how long a case is kept once it is over, for its archive.
    ``penalty_cents_a_day``: what a late decision costs (eurocents), each for fourteen days.
    ``de_minimis_ceiling_cents``: of state aid in three years, for officers to see (eurocents).
    ``interest_rates``: the statutory interest, percent a year from each day on, looked up until
    ``interest_known_until``; less than ``interest_least_cents`` (eurocents) is not due, by a
    municipality less than ``interest_owed_least_cents``.
    """

    recall_minutes: int
    receipt_max_bytes: int
    retention_years: int
    penalty_cents_a_day: tuple[int, ...]
    de_minimis_ceiling_cents: int
    interest_rates: tuple[tuple[date, Decimal], ...]
    interest_known_until: date
    interest_least_cents: int
    interest_owed_least_cents: int


@dataclass(frozen=True)
class PeopleSettings:
    """How many hours after its proposal a role can be confirmed at the earliest, and how many
    minutes staff look at the site as a resident sees it.
    """

    role_wait_hours: int
    viewing_minutes: int = 15


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
