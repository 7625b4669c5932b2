"""Titles as a part of an address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.kernel.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Een groen speelplein", "een-groen-speelplein"),
        ("Café ’t Hoekje: één dag vrij!", "cafe-t-hoekje-een-dag-vrij"),
        ("Łódź, smørrebrød en Straße", "lodz-smorrebrod-en-strasse"),
        ("Æbler ı þing", "aebler-i-thing"),
        ("Площадь большая", "ploshchad-bolshaya"),
        ("Πλατεία", "plateia"),
        ("ساحة الحي", "shh-lhy"),
        ("日本", "riben"),
        ("  --  ", "actie"),
        ("😀", "actie"),
        ("Vuur🔥vlieg", "vuur-vlieg"),
        ("Samen € 500 voor №️ 7", "samen-eur-500-voor-no-7"),
        ("", "actie"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_title_as_an_address(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text(max_size=80))
def test_every_title_has_an_address(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug_of(title))
    assert len(slug_of(title)) <= 60
