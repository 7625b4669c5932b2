"""Letters of every script in our own: addresses of before keep their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.kernel.latin import in_latin
from voorjebuurt.kernel.slugs import slug_of

BEFORE = {
    "Łódź": "lodz",
    "Straße": "strasse",
    "Ærø": "aero",
    "Þórshöfn": "thorshofn",
    "Đorđe Đinđić": "dorde-dindic",
    "Şükrü Öztürk": "sukru-ozturk",
    "Çağrı en İbrahim Yıldız": "cagri-en-ibrahim-yildiz",
    "Nguyễn Thị Ánh": "nguyen-thi-anh",
    "Ștefan Țepeș": "stefan-tepes",
    "Zoë, ĲSSELMEER en IJburg": "zoe-ijsselmeer-en-ijburg",
    "Œuvre l’été": "oeuvre-l-ete",
    "Sant Martí d’Empúries": "sant-marti-d-empuries",
    "Żółć": "zolc",
    "Ålesund": "alesund",
    "’s-Hertogenbosch": "s-hertogenbosch",
    "Súdwest-Fryslân": "sudwest-fryslan",
    "Zuid·oost — Bijlmer": "zuid-oost-bijlmer",
    "½ plein": "1-2-plein",
    "日本": "riben",
    "北京路": "beijinglu",
    "한국": "hangug",
}
"""As ``text-unidecode`` gave them, which this came in place of."""


@pytest.mark.parametrize(("name", "slug"), BEFORE.items())
def test_names_in_latin_letters_have_the_addresses_of_before(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.characters())
def test_whatever_the_character_it_is_plain(character: str) -> None:
    assert in_latin(character).isascii()


@pytest.mark.parametrize("picture", ["🌻", "☘", "🏳", "😀"])
def test_a_picture_parts_words_and_says_nothing(picture: str) -> None:
    assert in_latin(picture) == " "
    assert in_latin(":") == ":"
