"""Addresses of mail: one spelling each, and none that no server takes."""

import pytest

from voorjebuurt.kernel.mail_addresses import mail_address, normal_address, readable_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("truus@voorbeeld.example", "truus@voorbeeld.example"),
        (" Truus@Voorbeeld.Example ", "truus@voorbeeld.example"),
        ("\u200btruus@voorbeeld.example\u00a0\ufeff", "truus@voorbeeld.example"),
        ("info@café.nl", "info@xn--caf-dma.nl"),
        ("info@cafe\u0301.nl", "info@xn--caf-dma.nl"),
        ("info@xn--caf-dma.nl", "info@xn--caf-dma.nl"),
        ("a+b.c_d@voorbeeld.example", "a+b.c_d@voorbeeld.example"),
        ("x" * 64 + "@voorbeeld.example", "x" * 64 + "@voorbeeld.example"),
    ],
)
def test_an_address_has_one_spelling(text: str, address: str) -> None:
    assert mail_address(text) == address
    assert normal_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "truus",
        "truus@",
        "@voorbeeld.example",
        "truus@voorbeeld",
        "truus..jansen@voorbeeld.example",
        ".truus@voorbeeld.example",
        "truus jansen@voorbeeld.example",
        "Truus <truus@voorbeeld.example>",
        "trüus@voorbeeld.example",
        "x" * 65 + "@voorbeeld.example",
        "truus@voor beeld.example",
        "truus@-voorbeeld.example",
        "truus@" + "é" * 300 + ".nl",
        "x" * 100_000,
    ],
)
def test_what_no_server_takes_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        mail_address(text)


def test_whatever_was_typed_can_be_looked_for() -> None:
    assert normal_address(" @Café.NL ") == "@xn--caf-dma.nl"
    assert normal_address("Truus") == "truus"
    assert normal_address("a@" + "é" * 70 + ".nl") == "a@" + "é" * 70 + ".nl"


def test_people_read_the_letters_of_a_domain() -> None:
    assert readable_address("info@xn--caf-dma.nl") == "info@café.nl"
    assert readable_address("info@voorbeeld.example") == "info@voorbeeld.example"
    assert readable_address("info@xn--\u00e9.nl") == "info@xn--\u00e9.nl"
