"""What the tests of a pitch on the screen share."""

import re
from io import BytesIO
from uuid import UUID

from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database

IDEA = {
    "title": "Een bank onder de linde",
    "summary": "Er komt een bank.",
    "for_whom": "Voor wie moe is.",
    "theme": "green",
    "name": "Els de Wit",
    "email": "Els@Voorbeeld.example",
}


def png(width: int = 600, height: int = 400) -> BytesIO:
    """A picture of one colour."""
    target = BytesIO()
    Image.new("RGB", (width, height), "green").save(target, "PNG")
    target.seek(0)
    return target


def id_in(response: TestResponse) -> UUID:
    """The campaign that an answer leads to."""
    match = re.search(r"/mijn/acties/([0-9a-f-]{36})", response.location or "")
    assert match is not None, response.location
    return UUID(match[1])


def stored(database: Database, campaign_id: UUID) -> Campaign:
    """The campaign as it is kept."""
    with database.reading() as session:
        return session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()


def value_of(page: TestResponse, name: str) -> str:
    """What a field of a page shows."""
    match = re.search(rf'<input[^>]* name="{name}"[^>]*>', page.text)
    assert match
    value = re.search(r'value="([^"]*)"', match[0])
    return value[1] if value else ""
