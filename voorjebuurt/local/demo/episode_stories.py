"""What some of the demo's campaigns tell beside their gifts by bank: cash, presents, handing over.

Days count from today; amounts are in eurocents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DedicationStory:
    """In whose name one of the gifts is, or for whom, as the donor filled it in.

    ``kind`` is one of ``DedicationKind``; a present is told to ``name`` ``days`` from today.
    """

    kind: str
    name: str
    words: str = ""
    on_page: bool = False
    company_number: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    days: int | None = None


@dataclass(frozen=True)
class CashStory:
    """Cash that came in on a day; ``name`` is empty where the giver tells none.

    ``collection``: of many together. With a ``street`` it was given at the desk, and letters go
    there. The last steps may be still to do: ``confirmed`` by a second person, ``deposited``.
    """

    day: int
    cents: int
    name: str = ""
    collection: bool = False
    street: str = ""
    postcode: str = ""
    town: str = ""
    confirmed: bool = True
    deposited: bool = True


@dataclass(frozen=True)
class HandoverStory:
    """On a day somebody who runs the campaign too begins to sign for it."""

    day: int
    to: str


@dataclass(frozen=True)
class ReportStory:
    """Abuse of a campaign's page that somebody reports on a day; staff have yet to look at it."""

    day: int
    reporter: str
    reason: str
    text: str


@dataclass(frozen=True)
class FunderStory:
    """A funder looks along at a plan by a link, remarks something and gets an answer."""

    day: int
    until: int
    reader: str
    name: str
    organisation: str
    remark: str
    part: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Episodes:
    """All of it of one campaign; so many of its first donors give each month (``monthly``)."""

    dedications: tuple[DedicationStory, ...] = ()
    monthly: int = 0
    cash: tuple[CashStory, ...] = ()
    handover: HandoverStory | None = None
    reports: tuple[ReportStory, ...] = ()
    funders: tuple[FunderStory, ...] = ()
    video: str = ""
    video_title: str = ""


NO_EPISODES = Episodes()
"""Of a campaign that tells of gifts by bank alone."""


def episodes_of(values: Mapping[str, Any]) -> Episodes:
    """The table ``episodes`` of a campaign's file."""
    fields = dict(values)
    handover = fields.pop("handover", None)
    fields["dedications"] = tuple(DedicationStory(**each) for each in fields.get("dedications", ()))
    fields["cash"] = tuple(CashStory(**each) for each in fields.get("cash", ()))
    fields["reports"] = tuple(ReportStory(**each) for each in fields.get("reports", ()))
    fields["funders"] = tuple(FunderStory(**each) for each in fields.get("funders", ()))
    return Episodes(handover=handover and HandoverStory(**handover), **fields)
