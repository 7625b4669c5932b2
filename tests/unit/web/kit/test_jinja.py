"""Filters and form macros: money and days as people read them; errors at the field."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from lxml import html
from werkzeug.datastructures import MultiDict

from tests.support import face_app, style_page
from voorjebuurt.kernel import clock, text


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that only shows templates."""
    return face_app.create(Path(tmp_path_factory.mktemp("dist")))


@pytest.fixture
def dutch(app: Flask) -> Iterator[None]:
    """Inside a request of a Dutch reader."""
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("cents", "locale", "words"),
    [
        (1250, "nl", "€\u00a012,50"),
        (125000, "nl", "€\u00a01.250"),
        (125005, "nl", "€\u00a01.250,05"),
        (0, "nl", "€\u00a00"),
        (-1250, "nl", "€\u00a0-12,50"),
        (1250, "en", "€12.50"),
        (125000, "en", "€1,250"),
        (-500, "en", "-€5"),
        (10**13, "nl", "€\u00a0100.000.000.000"),
    ],
)
def test_euro(cents: int, locale: str, words: str) -> None:
    assert text.euro(cents, locale) == words


def test_moments_are_those_of_amsterdam() -> None:
    late = datetime(2026, 11, 11, 23, 5, tzinfo=UTC)
    assert text.day(late, "nl") == "12 november 2026"
    assert text.moment(late, "nl") == "12 november 2026, 00:05"
    assert (text.short_day(late, "nl"), text.time_of_day(late)) == ("12 nov 2026", "00:05")
    assert text.day(date(2026, 11, 12), "en") == "12 November 2026"


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (datetime(2026, 10, 1, 12, tzinfo=UTC), 24),
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), 1),
        (datetime(2026, 10, 24, 22, 1, tzinfo=UTC), 0),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), 0),
        (datetime(2026, 10, 25, 23, 1, tzinfo=UTC), -1),
    ],
)
def test_days_until_counts_local_days_over_the_end_of_summer_time(now: datetime, days: int) -> None:
    deadline = date(2026, 10, 25)
    with clock.at(now):
        assert text.days_until(deadline) == days
        assert text.days_until(clock.end_of_day(deadline)) == days


@pytest.mark.parametrize(
    ("days_ahead", "words"),
    [(18, "nog 18 dagen"), (1, "nog 1 dag"), (0, "laatste dag"), (-1, "gesloten")],
)
@pytest.mark.usefixtures("dutch")
def test_days_left_in_words(days_ahead: int, words: str) -> None:
    with clock.at(datetime(2026, 6, 10, 10, tzinfo=UTC)):
        deadline = date.fromordinal(date(2026, 6, 10).toordinal() + days_ahead)
        assert render_template_string("{{ d|days_left }}", d=deadline) == words


@pytest.mark.usefixtures("dutch")
def test_euro_filter_isolates_the_amount() -> None:
    assert render_template_string("{{ 1250|euro }}") == "<bdi>€\u00a012,50</bdi>"
    assert render_template_string("{{ 1250|euro_plain }}") == "€\u00a012,50"
    assert render_template_string("{{ 74|percent }}") == "74%"


def test_nl2br_escapes() -> None:
    assert text.nl2br("a <b>\nc") == "a &lt;b&gt;<br>\nc"


def _form(app: Flask, template: str, data: MultiDict[str, str] | None) -> html.HtmlElement:
    source = f"{{% import 'components/forms.html' as forms %}}{template}"
    with app.test_request_context("/"):
        form = style_page.SampleForm(formdata=None)
        if data is not None:
            form.process(data)
            form.validate()
        return html.fragment_fromstring(render_template_string(source, form=form), "div")


def test_a_field_ties_hint_and_error_to_its_control_and_keeps_what_was_typed(app: Flask) -> None:
    tree = _form(app, "{{ forms.field(form.short) }}", MultiDict({"short": "te lang"}))
    control = tree.xpath("//input")[0]
    assert control.get("value") == "te lang"
    assert control.get("aria-invalid") == "true"
    error = tree.get_element_by_id(control.get("aria-describedby"))
    assert "Hoogstens 3 tekens." in error.text_content()
    assert tree.xpath("//label/@for") == [control.get("id")]


def test_a_field_without_errors_only_points_at_its_hint(app: Flask) -> None:
    tree = _form(app, "{{ forms.field(form.email) }}", None)
    control = tree.xpath("//input")[0]
    assert control.get("aria-describedby") == "email-hint"
    assert control.get("aria-invalid") is None
    assert control.get("autocomplete") == "email"


def test_only_fields_that_may_stay_empty_say_so(app: Flask) -> None:
    tree = _form(app, "{{ forms.field(form.name) }}{{ forms.field(form.message) }}", None)
    first, second = (label.text_content().strip() for label in tree.xpath("//label"))
    assert first == "Uw naam"
    assert second == "Bericht (niet verplicht)"


def test_error_summary_links_every_error_to_a_control(app: Flask) -> None:
    template = "{{ forms.error_summary(form) }}" + "".join(
        f"{{{{ forms.field(form.{name}) }}}}" for name in ("name", "shown", "short", "terms")
    )
    tree = _form(app, template, MultiDict({"short": "te lang"}))
    targets = {link.get("href")[1:] for link in tree.xpath("//*[@role='alert']//a")}
    controls = set(tree.xpath("//input/@id"))
    assert {"name", "shown-0", "short", "terms"} <= targets
    assert {"name", "shown-0", "short", "terms"} <= controls


def test_amounts_are_one_group_with_the_other_amount_inside(app: Flask) -> None:
    template = "{{ forms.radio_amounts(form.amount, form.other, {'2500': 'wordt € 37,50'}) }}"
    tree = _form(app, template, MultiDict({"amount": "other"}))
    group = tree.xpath("//fieldset")[0]
    assert len(group.xpath(".//input[@type='radio']")) == 4
    assert group.xpath(".//input[@value='other']/@checked")
    text_field = group.xpath(".//input[@name='other']")[0]
    assert text_field.get("inputmode") == "decimal"
    assert "other-error" in text_field.get("aria-describedby")
    assert group.xpath("string(.//*[@id='amount-1-note'])") == "wordt € 37,50"
