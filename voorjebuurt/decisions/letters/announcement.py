"""What a letter says beside the snapshot: known only when it is sent. Pure."""

from dataclasses import asdict, dataclass
from datetime import date

from voorjebuurt.rulebook.values import jsontext

FUNCTION = "gemandateerd ambtenaar"
"""Who signs: the officer with the mandate who approved (Awb 10:10)."""


@dataclass(frozen=True)
class Announcement:
    """The day of sending (Awb 3:41), the last day to object (Awb 6:7, 6:8), and who signs.

    ``pay_to`` are the lines that tell where to pay back: the account of that day. ``website`` is
    where the applicant signs in, as an address without a slash at its end.
    """

    sent_on: date
    object_until: date
    signer: str
    function: str = FUNCTION
    pay_to: str = ""
    website: str = ""

    @property
    def text(self) -> str:
        """As ``Decision.announcement`` keeps it: canonical JSON."""
        return jsontext.canonical(
            {
                **asdict(self),
                "sent_on": self.sent_on.isoformat(),
                "object_until": self.object_until.isoformat(),
            }
        )


def read_announcement(text: str) -> Announcement:
    """The announcement of a stored text; other keys (who made the letter) are left alone."""
    raw = jsontext.parse(text)
    return Announcement(
        date.fromisoformat(raw["sent_on"]),
        date.fromisoformat(raw["object_until"]),
        raw["signer"],
        raw["function"],
        raw["pay_to"],
        raw.get("website", ""),
    )
