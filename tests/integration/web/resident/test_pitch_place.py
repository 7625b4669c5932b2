"""The pitch's step "Where": an address finds the neighbourhood."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import (
    AddressAreaFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.places.models import Neighbourhood

Draft = tuple[Callable[..., TestResponse], Callable[[], UUID | None], Neighbourhood, Neighbourhood]


@pytest.fixture
def draft(committing: Committing, signed_in: SignIn) -> Draft:
    """A draft without a neighbourhood, its page, and two buurten that share a postcode."""
    with committing():
        initiator = PersonFactory()
        here = NeighbourhoodFactory(name="Oude Stad", vintage=2024)
        there = NeighbourhoodFactory(
            name="Havenkwartier",
            vintage=2024,
            municipality_id=here.municipality_id,
            municipality=None,
        )
        elsewhere = NeighbourhoodFactory(name="Elders", vintage=2024)
        addresses = PlaceImportFactory(kind="addresses")
        for postcode, number, buurt in (
            ("8951AA", 7, here),
            ("8951ZZ", 1, here),
            ("8951ZZ", 2, there),
            ("9999XX", 1, elsewhere),
        ):
            AddressAreaFactory(
                place_import=addresses, postcode=postcode, number=number, buurt_code=buurt.code
            )
        campaign = CampaignFactory(
            status="draft",
            initiator=initiator,
            neighbourhood_id=None,
            municipality_id=here.municipality_id,
        )
    browser = signed_in(initiator)
    path = f"/mijn/acties/{campaign.id}/waar"

    def post(**fields: Any) -> TestResponse:
        return browser.post(path, data={"location": "Plein", "neighbourhood": "", **fields})

    def saved() -> UUID | None:
        with committing() as session:
            return certain(session.get(Campaign, campaign.id)).neighbourhood_id

    return post, saved, here, there


def test_an_address_finds_the_neighbourhood_before_and_while_saving(draft: Draft) -> None:
    post, place_of, here, _ = draft
    answer = post(postcode="8951 aa", number="7", find="1")
    assert "Dit adres ligt in Oude Stad." in answer.text
    assert f'selected value="{here.id}"' in answer.text
    assert 'value="8951 aa"' in answer.text
    assert place_of() is None
    assert post(postcode="8951 aa", number="7").status_code == 302
    assert place_of() == here.id


def test_where_a_postcode_lies_in_two_the_person_chooses(draft: Draft) -> None:
    post, place_of, _here, there = draft
    answer = post(postcode="8951ZZ", find="1")
    assert "Dit adres ligt in meer dan één buurt. Welke is het?" in answer.text
    assert answer.text.count('type="radio"') == 2
    assert "Er klopt nog iets niet" not in answer.text
    answer_after = post(postcode="8951ZZ")
    assert "Er klopt nog iets niet" in answer_after.text
    assert "Kies een buurt." in answer_after.text
    assert place_of() is None
    assert post(postcode="8951ZZ", found=str(there.id)).status_code == 302
    assert place_of() == there.id


def test_the_house_number_decides_between_the_two(draft: Draft) -> None:
    post, place_of, _here, there = draft
    assert "Dit adres ligt in Havenkwartier." in post(postcode="8951ZZ", number="2a", find="1").text
    assert post(postcode="8951ZZ", number="2a").status_code == 302
    assert place_of() == there.id


def test_choosing_by_hand_stays_possible(draft: Draft) -> None:
    post, place_of, _here, there = draft
    assert post(neighbourhood=str(there.id)).status_code == 302
    assert place_of() == there.id
    assert post(neighbourhood=str(there.id), postcode="1234AB").status_code == 302


def test_an_address_that_contradicts_the_list_is_asked_about(draft: Draft) -> None:
    post, place_of, _here, there = draft
    page = post(neighbourhood=str(there.id), postcode="8951AA", number="7").text
    assert "Dit adres ligt in Oude Stad. Kies die buurt, of laat de postcode leeg." in page
    assert place_of() is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"postcode": "89551", "find": "1"}, "Vul een postcode in, bijvoorbeeld 1234 AB."),
        ({"postcode": "89551"}, "Vul een postcode in, bijvoorbeeld 1234 AB."),
        ({"postcode": "", "find": "1"}, "Vul de postcode in."),
        ({"number": "7"}, "Vul de postcode in."),
        ({"postcode": "8951AA", "number": "a7"}, "Vul een huisnummer in, bijvoorbeeld 12."),
        ({"postcode": "1234AB"}, "Wij kennen deze postcode niet in"),
        ({"postcode": "9999XX", "find": "1"}, "Wij kennen deze postcode niet in"),
    ],
)
def test_what_is_wrong_is_told_at_the_field(
    draft: Draft, fields: dict[str, str], words: str
) -> None:
    post, place_of, *_ = draft
    page = post(**fields)
    assert page.status_code == 200
    assert words in page.text
    assert 'aria-invalid="true"' in page.text
    assert 'value="Plein"' in page.text
    assert place_of() is None


def test_a_choice_from_an_older_question_counts_for_nothing(draft: Draft) -> None:
    post, place_of, here, there = draft
    assert post(postcode="8951AA", number="7", found=str(there.id)).status_code == 302
    assert place_of() == here.id
