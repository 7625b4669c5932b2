"""A letter as PDF: the same content gives the same bytes, with one version of the typesetter.

PDF/A-2a (to keep) and PDF/UA-1 (to read aloud), with the fonts that come with the typesetter: no
network, no fonts of the machine, no clock.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version

import typst

from voorjebuurt import paths
from voorjebuurt.decisions.letters.content import Letter
from voorjebuurt.ownwords.logo import logo_bytes

MAKER = f"typst {version('typst')}"
"""Told with each letter: another version may place a word elsewhere."""


def pdf_of(letter: Letter) -> bytes:
    """Set the letter."""
    parts = letter.as_json()
    if letter.logo:
        parts["logo"] = list(logo_bytes(letter.logo))
    content = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    day = datetime.fromisoformat(letter.date).replace(tzinfo=UTC)
    return typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"letter": content},
        pdf_standards=["a-2a", "ua-1"],
        ignore_system_fonts=True,
        timestamp=day,
    )


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (paths.TEMPLATES / "letters" / "letter.typ").read_bytes()
