"""Receipts as PDF: the same content gives the same bytes, with one version of the typesetter."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import typst

from voorjebuurt import paths


def pdf_of(content: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set receipts; ``content`` is what ``templates/receipts/receipts.typ`` reads, all of it text.

    With the typesetter's own fonts: no network, none of the machine. ``at`` stands in the file.
    """
    return typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["a-2a", "ua-1"],
        ignore_system_fonts=True,
        timestamp=at.replace(microsecond=0),
    )


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (paths.TEMPLATES / "receipts" / "receipts.typ").read_bytes()
