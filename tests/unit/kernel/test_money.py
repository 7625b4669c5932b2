"""Amounts as people type them and as the provider writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.kernel import money, text

CENTS = st.integers(min_value=0, max_value=money.MAX_CENTS)


@pytest.mark.parametrize(
    ("words", "cents"),
    [
        ("25", 2500),
        (" 25 ", 2500),
        ("0", 0),
        ("007", 700),
        ("12,50", 1250),
        ("12.50", 1250),
        ("€ 12,50", 1250),
        ("€12,50", 1250),
        ("12,-", 1200),
        ("12.-", 1200),
        ("1.250", 125_000),
        ("12,5", 1250),
        ("12.5", 1250),
        ("12,50 €", 1250),
        ("12€", 1200),
        ("25 euro", 2500),
        ("25 Euro's", 2500),
        ("EUR 20,-", 2000),
        ("eur20", 2000),
        ("20,--", 2000),
        ("20,=", 2000),
        ("20,–", 2000),
        ("€ 1.250", 125_000),
        ("€\u202f1\u202f250,00", 125_000),
        ("\u200b€\u2009\ufeff12,50\u200e", 1250),
        ("1,250,000", 125_000_000),
        ("1.250,00", 125_000),
        ("1,250.00", 125_000),
        ("1.234.567,89", 123_456_789),
        ("1 250,50", 125_050),
        ("€\u00a01.250,50", 125_050),
        ("0,01", 1),
        ("1.25", 125),
        ("1.250.000", 125_000_000),
        ("12.505", 1_250_500),
    ],
)
def test_what_people_type(words: str, cents: int) -> None:
    assert money.parse_typed(words) == cents


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "€",
        "-5",
        "+5",
        "5-",
        "1,250",
        "12,505",
        "12 50",
        "€5€",
        "12,5,0",
        "1'250",
        "12,",
        ",50",
        "1.2500",
        "1250.000,5",
        "12.50.00",
        "1,250,00",
        "1.250.00",
        "12,50,",
        "€€5",
        "5 dollar",
        "euro",
        "vijf",
        "1e3",
        "0x10",
        "١٢",
        "１２",
        "½",
        "NaN",
        "Infinity",
        "1e-20000",
        "9" * 16,
        "9" * 400,
    ],
)
def test_what_is_no_amount(words: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        money.parse_typed(words)


@given(CENTS)
def test_the_provider_gets_back_what_it_was_told(cents: int) -> None:
    assert money.from_provider(money.to_provider(cents)) == cents
    assert money.from_provider(f"-{money.to_provider(cents)}") == -cents


@given(CENTS.filter(lambda cents: cents < 10**12))
def test_what_we_show_can_be_typed(cents: int) -> None:
    words = text.euro(cents, "nl")
    assert money.parse_typed(words) == cents
    assert money.parse_typed(text.euro(cents, "en"), decimal_point=".") == cents


def test_what_stands_before_three_digits_is_read_as_the_reader_writes_it() -> None:
    assert money.parse_typed("1.250", decimal_point=",") == 125_000
    assert money.parse_typed("1,250", decimal_point=".") == 125_000
    with pytest.raises(ValueError, match="amount"):
        money.parse_typed("1.250", decimal_point=".")


def test_a_text_of_any_length_is_refused_at_once_and_quoted_in_short() -> None:
    with pytest.raises(ValueError, match="amount") as error:
        money.parse_typed("1" * 1_000_000)
    assert len(str(error.value)) < 100


@given(st.text(max_size=20))
def test_anything_typed_is_an_amount_or_refused(words: str) -> None:
    try:
        cents = money.parse_typed(words)
    except ValueError:
        return
    assert 0 <= cents <= money.MAX_CENTS


@pytest.mark.parametrize(
    "value", ["", "10", "10.0", "10.000", "10,00", "1.000.00", " 10.00", "10.00\n", "+1.00", "١.٠٠"]
)
def test_a_provider_that_writes_otherwise_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="provider"):
        money.from_provider(value)


@pytest.mark.parametrize("text", ["0.500", "0,500", "0.050"])
@pytest.mark.parametrize("point", [",", "."])
def test_nothing_before_three_digits_is_no_amount(text: str, point: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        money.parse_typed(text, decimal_point=point)
