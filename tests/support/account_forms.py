"""What somebody enters to account for match money."""

import io
from typing import Any


def account(story: str = "Zes bomen staan er.", **more: Any) -> dict[str, Any]:
    """An account of one row."""
    return {"lines-0-label": "Bomen", "lines-0-amount": "480,00", "story": story, **more}


def pdf(name: str = "bon.pdf", content: bytes = b"%PDF-1.7 bon") -> tuple[io.BytesIO, str]:
    """A file to upload."""
    return io.BytesIO(content), name
