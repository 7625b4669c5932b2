"""Names that only a municipality, this site or who works for it may go by."""

import pytest

from voorjebuurt.web.kit.forms.names import is_reserved_name, is_reserved_title

PLATFORM = "Voor je Buurt"
PLACES = ("Utrecht", "Bergen op Zoom")


@pytest.mark.parametrize(
    "name",
    [
        *("Gemeente Utrecht", "gemeente elders", "De Gemeente", "Utrecht", "UTRECHT", "Utreсht"),
        *("Bergen op Zoom", "𝐆𝐞𝐦𝐞𝐞𝐧𝐭𝐞 X", "ɢᴇᴍᴇᴇɴᴛᴇ X", "Gemeente-Utrecht", "Team Utrecht"),
        *("Voor je Buurt", "V00r je Buurt", "Voor je Buurt Foundation", "Stichting Voor je Buurt"),
        *("Redactie Voor je Buurt", "Voor je Buurt redactie", "Beheerder van Voor je Buurt"),
        *("Moderator", "De redactie", "beheer", "Admin", "Redact1e", "Wethouder van Utrecht"),
    ],
)
def test_a_name_that_would_mislead_is_reserved(name: str) -> None:
    assert is_reserved_name(name, platform=PLATFORM, places=PLACES)


@pytest.mark.parametrize(
    "name",
    [
        *("Els de Vries", "Protestantse Gemeente Zuid", "Redactie Wijkkrant", "Jan Utrecht"),
        *("Samen voor je buurt", "Team Rozenstraat", "Vrienden van Utrecht", "Иван", "محمد", ""),
        *("Stichting De Linde", "Van der Beheer", "Bewoners van Bergen op Zoom", "山田太郎"),
    ],
)
def test_a_name_of_somebody_else_is_theirs(name: str) -> None:
    assert not is_reserved_name(name, platform=PLATFORM, places=PLACES)


@pytest.mark.parametrize(
    "title",
    [
        *("Gemeente Utrecht: een speeltuin", "Gemeente Utrecht vraagt geld", "Voor je Buurt"),
        *("Voor je Buurt – let op", "Redactie Voor je Buurt: let op", "Utrecht", "Moderator: x"),
    ],
)
def test_a_title_that_would_mislead_is_reserved(title: str) -> None:
    assert is_reserved_title(title, platform=PLATFORM, places=PLACES)


@pytest.mark.parametrize(
    "title",
    [
        *("Iets doen voor je buurt", "Voor je buurt koken", "Gemeente, kijk naar de stoep", ""),
        *("Utrecht zwemt", "Utrecht-Oost zwemt", "Gemeentehuis wordt buurthuis", "Een bankje"),
    ],
)
def test_a_title_about_something_is_free(title: str) -> None:
    assert not is_reserved_title(title, platform=PLATFORM, places=PLACES)
