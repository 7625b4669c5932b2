"""Fields of our own: what people type, and what is shown again."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import Form

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.web.kit.errors import form_error
from voorjebuurt.web.kit.forms.fields import (
    CountField,
    DayField,
    HiddenField,
    IbanField,
    MailAddressField,
    MoneyField,
    NumberField,
    OwnMoneyField,
    StringField,
    TextAreaField,
    YearField,
    at_most,
    required,
)
from voorjebuurt.web.kit.jinja import hints, of_field
from voorjebuurt.web.words.abuse_labels import ABUSE_MESSAGES
from voorjebuurt.web.words.applicant_messages import APPLICANT_MESSAGES
from voorjebuurt.web.words.case_messages import CASE_MESSAGES
from voorjebuurt.web.words.cash_labels import CASH_MESSAGES
from voorjebuurt.web.words.change_messages import CHANGE_MESSAGES
from voorjebuurt.web.words.coaching_labels import COACHING_MESSAGES
from voorjebuurt.web.words.dedication_labels import DEDICATION_MESSAGES
from voorjebuurt.web.words.fund_messages import FUND_MESSAGES
from voorjebuurt.web.words.live_labels import LIVE_MESSAGES
from voorjebuurt.web.words.member_messages import MEMBER_MESSAGES
from voorjebuurt.web.words.messages import MESSAGES, text_of
from voorjebuurt.web.words.monthly_labels import MONTHLY_MESSAGES
from voorjebuurt.web.words.near_miss_labels import NEAR_MISS_MESSAGES
from voorjebuurt.web.words.need_labels import NEED_MESSAGES
from voorjebuurt.web.words.reward_labels import REWARD_MESSAGES
from voorjebuurt.web.words.role_messages import ROLE_MESSAGES
from voorjebuurt.web.words.update_labels import UPDATE_MESSAGES
from voorjebuurt.web.words.wording_labels import WORDING_MESSAGES


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
    year = YearField()


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
    assert form.amount.errors == ["Enter an amount, for example 12,50."]
    assert f'value="{words}"' in form.amount()


def test_an_amount_that_nothing_here_costs_is_said_and_kept() -> None:
    class Costs(Form):
        amount = OwnMoneyField()

    assert Costs(TypedWords(amount="10.000.000")).validate()
    form = Costs(TypedWords(amount="99.999.999.999"))
    assert not form.validate()
    assert form.amount.errors == ["Enter an amount of at most €10,000,000."]
    assert 'value="99.999.999.999"' in form.amount()


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
    assert form.day.errors == ["Enter a date, for example 31-1-2027."]
    assert f'value="{words}"' in form.day()


def test_a_slip_in_a_day_that_is_needed_is_told_as_a_slip() -> None:
    class DayForm(Form):
        day = DayField("day", validators=[required("Enter the day.")])

    def told(words: str) -> list[str]:
        form = DayForm(MultiDict({"day": words}))
        assert not form.validate()
        return [str(error) for error in form.day.errors]

    assert told("9999-12-31") == told("morgen") == ["Enter a date, for example 31-1-2027."]
    assert told("") == ["Enter the day."]


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
    parts = [
        LIVE_MESSAGES,
        MEMBER_MESSAGES,
        COACHING_MESSAGES,
        CASH_MESSAGES,
        DEDICATION_MESSAGES,
        MONTHLY_MESSAGES,
        ABUSE_MESSAGES,
        APPLICANT_MESSAGES,
        CASE_MESSAGES,
        CHANGE_MESSAGES,
        FUND_MESSAGES,
        ROLE_MESSAGES,
        NEAR_MISS_MESSAGES,
        NEED_MESSAGES,
        REWARD_MESSAGES,
        UPDATE_MESSAGES,
        WORDING_MESSAGES,
    ]
    rest = [code for code in MESSAGES if not any(code in part for part in parts)]
    for codes in (*map(list, parts), rest):
        assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,5", Fraction(3, 2)), ("0.25", Fraction(1, 4)), ("2/3", Fraction(2, 3)), (" 50 % ", 50)],
)
def test_numbers_are_exact(words: str, value: Fraction | int) -> None:
    form = Numbers(TypedWords(number=words, count="12", year=" 2024 "))
    assert form.validate()
    assert (form.number.data, form.count.data, form.year.data) == (value, 12, 2024)


@pytest.mark.parametrize("words", ["veel", "1,2,3", "1/0", "-1/2", "9" * 40])
def test_what_is_no_number_is_said_and_kept(words: str) -> None:
    form = Numbers(TypedWords(number=words, count=words, year=words))
    assert not form.validate()
    assert form.number.errors == ["Enter a number, for example 15 or 1,5."]
    assert form.count.errors == ["Enter a whole number, for example 10."]
    assert f'value="{words}"' in form.number()


def test_numbers_are_shown_as_people_write_them() -> None:
    form = Numbers(data={"number": Fraction(5, 4), "count": 3})
    assert 'value="1.25"' in form.number()
    assert 'value="2/3"' in Numbers(data={"number": Fraction(2, 3)}).number()
    assert 'value="3"' in form.count()


class Texts(Form):
    line = StringField(validators=[at_most(10)])
    lines = TextAreaField("What?", description="Tell us.", validators=[at_most(10)])
    quiet = StringField(validators=[at_most(3, quiet=True)])
    hidden = HiddenField()
    email = MailAddressField()


def texts(**values: str) -> Texts:
    empty = dict.fromkeys(("line", "lines", "quiet", "hidden", "email"), "")
    return Texts(TypedWords({**empty, **values}))


def test_every_text_is_cleaned_as_it_comes_in() -> None:
    form = texts(line=" a\u00a0\u200bb\r\n", lines="a \r\nb\x00", hidden="\ufeffkey")
    assert form.validate()
    assert (form.line.data, form.lines.data, form.hidden.data) == ("a b", "a\nb", "key")


def test_what_is_too_long_is_counted_told_and_kept() -> None:
    text = "x\r\n" * 5_000
    form = texts(lines=text, quiet="abcd")
    assert not form.validate()
    assert form.lines.errors == ["You wrote 9,999 characters. Use at most 10."]
    assert form.quiet.errors == ["You wrote 4 characters. Use at most 3."]
    assert form.lines().count("x\r\n") + form.lines().count("x\n") == 4_999


def test_a_field_says_beforehand_how_much_fits() -> None:
    form = texts()
    assert hints(form.lines) == ["Tell us.", "At most 10 characters."]
    assert hints(form.line) == ["At most 10 characters."]
    assert hints(form.quiet) == hints(form.hidden) == hints(form.email) == []
    assert "maxlength" not in form.line() + form.lines() + form.quiet()


def test_an_address_is_kept_as_servers_take_it_and_shown_as_people_read_it() -> None:
    form = texts(email=" Info@Café.NL ")
    assert form.validate()
    assert form.email.data == "info@xn--caf-dma.nl"
    assert 'value="info@café.nl"' in Texts(data={"email": "info@xn--caf-dma.nl"}).email()


@pytest.mark.parametrize("words", ["truus..jansen@voorbeeld.example", "trüus@voorbeeld.example"])
def test_an_address_that_no_server_takes_is_said_and_kept(words: str) -> None:
    form = texts(email=words)
    assert not form.validate()
    assert form.email.errors == ["Enter an email address, for example name@example.nl."]
    assert f'value="{words}"' in form.email()


@pytest.mark.parametrize("words", ["0001-01-01", "9999-12-31", "1-1-0001", "31-12-9999"])
def test_a_day_far_from_now_is_a_slip(words: str) -> None:
    form = filled(day=words)
    assert not form.validate()
    assert form.day.errors == ["Enter a date, for example 31-1-2027."]
    assert f'value="{words}"' in form.day()


@pytest.mark.parametrize("words", ["1e-20000", "9" * 100_000, "NaN", "١٢"])
def test_numbers_that_no_column_holds_are_refused(words: str) -> None:
    form = Numbers(TypedWords(number=words, count=words, year=words))
    assert not form.validate()
    assert form.number.errors
    assert form.count.errors
    assert form.year.errors == ["Enter a year, for example 2024."]


def test_amounts_are_read_as_the_reader_writes_them() -> None:
    assert filled(amount="1,250").amount.data == 125_000
    assert filled(amount="1.250").amount.process_errors


def test_an_error_is_told_with_the_name_of_its_field() -> None:
    form = Texts(TypedWords(line="", lines="", quiet="", hidden="", email=""))
    assert of_field("Fill this in.", form.line) == "Line: fill this in."
    assert of_field("Fill this in.", form.lines) == "What? Fill this in."
    assert of_field("IBAN is wrong.", form.line, "Row 2") == "Row 2, Line: IBAN is wrong."
    assert of_field("<b>", form.line) == "Line: &lt;b&gt;"
