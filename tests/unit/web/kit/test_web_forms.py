"""Fields of our own: what people type, and what is shown again."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from wtforms import Form

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.web.kit.errors import form_error
from voorjebuurt.web.kit.forms.fields import (
    CountField,
    DayField,
    IbanField,
    MoneyField,
    NumberField,
    local_path,
)
from voorjebuurt.web.words.case_messages import CASE_MESSAGES
from voorjebuurt.web.words.fund_messages import FUND_MESSAGES
from voorjebuurt.web.words.messages import MESSAGES, text_of


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    """Texts need a request to know their language; these tests read English."""
    app = Flask("test")
    Babel(app, default_locale="en")
    with app.test_request_context("/"):
        yield


class TypedWords(dict[str, str]):
    """What a browser sends."""

    def getlist(self, name: str) -> list[str]:
        return [self[name]]


class Sample(Form):
    amount = MoneyField()
    iban = IbanField()
    day = DayField()


class Numbers(Form):
    number = NumberField()
    count = CountField()


def filled(**values: Any) -> Sample:
    return Sample(TypedWords(values))


@pytest.mark.parametrize(
    ("words", "cents"), [("25", 2500), ("12,50", 1250), ("€ 1.250,00", 125_000), ("", None)]
)
def test_money_is_cents(words: str, cents: int | None) -> None:
    form = filled(amount=words)
    assert form.validate()
    assert form.amount.data == cents


@pytest.mark.parametrize("words", ["veel", "-5", "1,2,3", "12,3456"])
def test_what_is_no_amount_is_said_and_kept(words: str) -> None:
    form = filled(amount=words)
    assert not form.validate()
    assert form.amount.errors == ["Fill in an amount, for example 25 or 12,50."]
    assert f'value="{words}"' in form.amount()


def test_money_from_the_database_is_shown_as_people_write_it() -> None:
    assert 'value="12,50"' in Sample(data={"amount": 1250}).amount()
    assert 'value="12"' in Sample(data={"amount": 1200}).amount()
    assert 'value=""' in Sample().amount()


def test_an_iban_is_read_with_any_spaces_and_shown_in_fours() -> None:
    assert filled(iban=" nl91 abna-0417.1643 00 ").iban.data == "NL91ABNA0417164300"
    html = Sample(data={"iban": "NL91ABNA0417164300"}).iban()
    assert 'value="NL91 ABNA 0417 1643 00"' in html


@pytest.mark.parametrize("words", ["2027-01-31", "31-1-2027", "31/01/2027", "31.1.2027"])
def test_a_day_is_read_as_picked_or_typed(words: str) -> None:
    assert filled(day=words).day.data == date(2027, 1, 31)


@pytest.mark.parametrize("words", ["30-2-2027", "morgen", "2027"])
def test_what_is_no_day_is_said_and_kept(words: str) -> None:
    form = filled(day=words)
    assert not form.validate()
    assert form.day.errors == ["Fill in a date, for example 31-1-2027."]
    assert f'value="{words}"' in form.day()


@pytest.mark.parametrize("path", ["/", "/mijn/acties?a=1", "/acties/wijk-moestuin#top"])
def test_paths_of_this_site_are_followed(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "//kwaad.example",
        "/\\kwaad.example",
        "https://kwaad.example",
        "mijn",
        "/a\\b",
        "/\n/kwaad.example",
        "/\t/kwaad.example",
        "/" + "x" * 1000,
    ],
)
def test_other_addresses_are_not(path: str | None) -> None:
    assert local_path(path) is None


def test_a_services_refusal_stands_at_its_field() -> None:
    form = filled(amount="1")
    assert form.validate()
    form_error(form, DomainError("name_too_long", field="amount", maximum=80))
    assert form.amount.errors == ["Use at most 80 characters."]
    assert form.errors["amount"]


def test_a_refusal_without_a_field_stands_above_the_form() -> None:
    form = filled()
    form.validate()
    form_error(form, DomainError("sign_in_refused"))
    form_error(form, DomainError("wrong_state", field="no such field", state="x", action="y"))
    assert len(form.form_errors) == 2


def test_amounts_and_days_in_messages_are_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MESSAGES, "test", "From %(minimum)s until %(day)s")
    error = DomainError("test", minimum_cents=1250, day=date(2027, 1, 31))
    assert text_of(error) == "From €12.50 until 31 January 2027"


def test_an_unknown_code_still_says_something() -> None:
    assert text_of(DomainError("never_heard_of")) == "This is not possible."


def test_messages_stand_in_order() -> None:
    parts = [CASE_MESSAGES, FUND_MESSAGES]
    rest = [code for code in MESSAGES if not any(code in part for part in parts)]
    for codes in (*map(list, parts), rest):
        assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,5", Fraction(3, 2)), ("0.25", Fraction(1, 4)), ("2/3", Fraction(2, 3)), (" 50 % ", 50)],
)
def test_numbers_are_exact(words: str, value: Fraction | int) -> None:
    form = Numbers(TypedWords(number=words, count="12"))
    assert form.validate()
    assert (form.number.data, form.count.data) == (value, 12)


@pytest.mark.parametrize("words", ["veel", "1,2,3", "1/0", "-1/2", "9" * 40])
def test_what_is_no_number_is_said_and_kept(words: str) -> None:
    form = Numbers(TypedWords(number=words, count=words))
    assert not form.validate()
    assert form.number.errors == ["Fill in a number, for example 15 or 1,5."]
    assert form.count.errors == ["Fill in a whole number, for example 10."]
    assert f'value="{words}"' in form.number()


def test_numbers_are_shown_as_people_write_them() -> None:
    form = Numbers(data={"number": Fraction(5, 4), "count": 3})
    assert 'value="1.25"' in form.number()
    assert 'value="2/3"' in Numbers(data={"number": Fraction(2, 3)}).number()
    assert 'value="3"' in form.count()
