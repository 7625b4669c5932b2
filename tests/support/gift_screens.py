"""The screens of a gift, as an English-speaking donor without JavaScript uses them."""

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any, TypeVar

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Base, Database

FORM = {
    "amount": "other",
    "other": "12,50",
    "tip": "1,25",
    "name": "Noor Visser",
    "email": "noor@voorbeeld.example",
    "name_public": "yes",
    "message": "Wat een mooi plan!",
    "postcode": "1234ab",
    "consent": "y",
}

SendForm = Callable[..., TestResponse]
Page = Callable[[str], str]
Row = TypeVar("Row", bound=Base)
_ENGLISH = {"Accept-Language": "en"}


def form_of(client: FlaskClient, campaign: Campaign) -> SendForm:
    """Sends the form with differences; the answer."""

    def send(**changes: Any) -> TestResponse:
        values = {name: value for name, value in {**FORM, **changes}.items() if value is not None}
        return client.post(f"/acties/{campaign.slug}/geef", data=values, headers=_ENGLISH)

    return send


def page_of(client: FlaskClient) -> Page:
    """Opens a page that is there; its words."""

    def words(address: str) -> str:
        answer = client.get(address, headers=_ENGLISH)
        assert answer.status_code == 200, address
        return plain(answer.text)

    return words


def plain(html: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows(database: Database, table: type[Row]) -> Sequence[Row]:
    """Everything in a table."""
    with database.reading() as session:
        return session.scalars(select(table)).all()


def pay(client: FlaskClient, gift: str) -> TestResponse:
    """Press the button to pay."""
    return client.post(f"{gift}/betalen", headers=_ENGLISH)
