"""What came on paper: which moment counts, and on which day it can have come. Pure.

A paper counts from when it was received, not from when it was posted: the date of a postmark helps
an objection (Awb 6:9), no application. Its time is asked; of one whose time is not known nobody
can prove that it came before what came in on the site that day, so it counts from that day's end,
behind everything of that day (ABRvS 2018:2310: the order of receipt must be provable).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError

TEXT_MAX = 1_000
SIGNER_MAX = 200
_SECOND = timedelta(seconds=1)


class PaperKind(StrEnum):
    """What a paper asks for."""

    APPLICATION = "application"
    COMPLETION = "completion"
    WITHDRAWAL = "withdrawal"
    ACCOUNTING = "accounting"


@dataclass(frozen=True)
class Paper:
    """A paper as the officer has it: the day, the time if it is known, and who signed.

    Without a scan, ``no_scan_reason`` says why.
    """

    on: date
    at: time | None = None
    signer: str = ""
    no_scan_reason: str = ""
    note: str = ""


def moment_of(paper: Paper, *, now: datetime) -> datetime:
    """The moment from which a paper counts.

    A time is the end of its minute; a day without a time its last second. Of what came today
    without a time it is now. Raises ``DomainError`` at ``on`` or ``at`` for one in the future.
    """
    today = clock.local(now).date()
    if paper.on > today:
        raise DomainError("paper_in_future", field="on")
    if paper.at is None:
        return min(clock.end_of_day(paper.on) - _SECOND, now)
    local = clock.noon(paper.on).replace(hour=paper.at.hour, minute=paper.at.minute)
    if local > now:
        raise DomainError("paper_in_future", field="at")
    return min(local + timedelta(seconds=59), now)


def checked_paper(paper: Paper, *, has_scan: bool) -> Paper:
    """The same, trimmed and found whole. Raises ``DomainError`` at the field."""
    for refusal in paper_refusals(paper, has_scan=has_scan):
        raise refusal
    return Paper(paper.on, paper.at, **_texts(paper))


def paper_refusals(paper: Paper, *, has_scan: bool) -> list[DomainError]:
    """All that its texts lack, each at its field, so that a form can tell it at once."""
    refusals, texts = [], _texts(paper)
    if not texts["signer"]:
        refusals.append(DomainError("paper_signer_missing", field="signer"))
    if not has_scan and not texts["no_scan_reason"]:
        refusals.append(DomainError("paper_scan_missing", field="no_scan_reason"))
    for name, text in texts.items():
        longest = SIGNER_MAX if name == "signer" else TEXT_MAX
        if len(text) > longest:
            refusals.append(DomainError("text_too_long", field=name, maximum=longest))
    return refusals


def _texts(paper: Paper) -> dict[str, str]:
    return {name: getattr(paper, name).strip() for name in ("signer", "no_scan_reason", "note")}
