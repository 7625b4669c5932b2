"""What can be followed, and how much of it. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

UNCONFIRMED_DAYS = 7
LINK_DAYS = 400
"""So long a mailed link shows what an address follows; another one can be asked for at any time."""
MOST_FOLLOWS = 50
"""Of one address."""
DIGEST_PAUSE = timedelta(days=6)
"""Between two digests for one address there is at least this; the timetable makes it a week."""
CAMPAIGN_TEMPLATE, DIGEST_TEMPLATE = "campaign_update", "follow_digest"


@dataclass(frozen=True)
class Thing:
    """One of these: a campaign, the buurt of a code, or a theme."""

    campaign_id: UUID | None = None
    area_code: str | None = None
    theme: str | None = None

    @property
    def template(self) -> str:
        """The mails in which its news comes."""
        return DIGEST_TEMPLATE if self.campaign_id is None else CAMPAIGN_TEMPLATE

    @property
    def topic(self) -> str:
        """By what its news is refused (``mail.subscriptions``): one campaign, or all digests."""
        return "" if self.campaign_id is None else str(self.campaign_id)
