"""Short codes of campaigns: what people type from a poster, as ``7kq2`` in ``/a/7kq2``.

The database makes one when a campaign goes live, and never lets it change or be used again.
"""

import re

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC

ALPHABET = "23456789cdfghjkmnpqrtvwxy"
"""No vowels, and of letters and digits that look alike one each."""
MOST_CHARACTERS = 12
_LOOKING_ALIKE = str.maketrans("bsz", "852")
_BETWEEN = re.compile(r"[\s.,;\-\u2010-\u2015/]+")
_CODE = re.compile(rf"[{ALPHABET}]{{4,{MOST_CHARACTERS}}}", re.ASCII)
_slug = select(Campaign.slug).where(
    Campaign.short_code == bindparam("code"), Campaign.status.in_(sorted(PUBLIC))
)


def meant_code(text: str) -> str | None:
    """The code that somebody typed, be it in capitals, in parts or with an S for a 5."""
    if len(text) > 3 * MOST_CHARACTERS:
        return None
    code = _BETWEEN.sub("", text.lower()).translate(_LOOKING_ALIKE)
    return code if _CODE.fullmatch(code) else None


def slug_behind(session: Session, code: str) -> str | None:
    """The campaign's place in the site; None for a code of no campaign, or of none in public."""
    return session.scalar(_slug, {"code": code})
