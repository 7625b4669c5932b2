"""How much fits in an update, how often one goes out, and who may read it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voorjebuurt.campaigns.rules import PUBLIC, CampaignStatus
from voorjebuurt.kernel.cleaning import clean_line, clean_lines
from voorjebuurt.kernel.errors import DomainError

TITLE_MAX_LENGTH, BODY_MAX_LENGTH, ALT_MAX_LENGTH = 80, 6_000, 200
MOST_A_DAY = 2
"""Each is a mail to everybody who follows the campaign or gave to it."""
MOST_DRAFTS = 10
SPEAKING = PUBLIC - {CampaignStatus.CANCELLED}
"""States in which an initiator tells something: not once staff stopped it for good."""


class Audience(StrEnum):
    """Who may read an update."""

    EVERYBODY = "everybody"
    DONORS = "donors"


@dataclass(frozen=True)
class UpdateText:
    """What somebody wrote: Markdown, with a picture that was stored, or none."""

    title: str
    body: str
    audience: Audience
    picture_key: str | None = None
    picture_alt: str = ""

    def cleaned(self) -> "UpdateText":
        """The same as it is kept. Raises ``DomainError`` at the field that is too long."""
        picture_key = self.picture_key or None
        text = UpdateText(
            title=clean_line(self.title),
            body=clean_lines(self.body),
            audience=self.audience,
            picture_key=picture_key,
            picture_alt=clean_line(self.picture_alt) if picture_key else "",
        )
        for field, most in LENGTHS.items():
            if len(getattr(text, field)) > most:
                raise DomainError("text_too_long", field=field, maximum=most)
        return text


LENGTHS: Mapping[str, int] = {
    "title": TITLE_MAX_LENGTH,
    "body": BODY_MAX_LENGTH,
    "picture_alt": ALT_MAX_LENGTH,
}


def judge(text: UpdateText) -> None:
    """Whether an update can go out. Raises ``DomainError`` at the field that lacks."""
    if not text.title:
        raise DomainError("update_title_missing", field="title")
    if not text.body:
        raise DomainError("update_body_missing", field="body")
    if text.picture_key and not text.picture_alt:
        raise DomainError("picture_alt_missing", field="picture_alt")
