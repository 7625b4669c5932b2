"""What looks the same has one skeleton; what only looks the same is found out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.kernel.lookalikes import is_written_from_the_right, mixes_alphabets, skeleton


@pytest.mark.parametrize(
    "text",
    [
        *("VOOR JE BUURT", "V00r je Buurt", "Voor-je-Buurt", "Vоог jе Вuurt", "Vóór je Büurt"),
        *(
            "𝐕𝐨𝐨𝐫 𝐣𝐞 𝐁𝐮𝐮𝐫𝐭",
            "ＶＯＯＲ　ＪＥ　ＢＵＵＲＴ",
            "Ⓥⓞⓞⓡ ⓙⓔ Ⓑⓤⓤⓡⓣ",
            "ᴠᴏᴏʀ ᴊᴇ ʙᴜᴜʀᴛ",
            "Voor_je_Buurt.",
        ),
    ],
)
def test_what_looks_the_same_has_one_skeleton(text: str) -> None:
    assert skeleton(text) == skeleton("Voor je Buurt")


@pytest.mark.parametrize("text", ["Voor de Buurt", "Voor je Beurt", "Buurt voor je", ""])
def test_what_looks_otherwise_has_another(text: str) -> None:
    assert skeleton(text) != skeleton("Voor je Buurt")


@given(st.text(max_size=30))
def test_a_skeleton_is_made_of_any_text(text: str) -> None:
    assert "  " not in skeleton(text)


@pytest.mark.parametrize("text", ["Utrеcht", "Аnna", "Ρeter", "Anna-Mаrie"])
def test_letters_of_two_alphabets_in_one_word_are_found(text: str) -> None:
    assert mixes_alphabets(text)


@pytest.mark.parametrize(
    "text",
    ["Anna", "Иван Petrov", "Иван-Jan", "Γιάννης", "山田たろう", "محمد", "Ålesund 2"],
)
def test_names_of_all_alphabets_are_names(text: str) -> None:
    assert not mixes_alphabets(text)


def test_what_is_written_from_the_right_is_known() -> None:
    assert [is_written_from_the_right(text) for text in ("Els", "محمد", "Els דוד", "")] == [
        *(False, True, True, False)
    ]
