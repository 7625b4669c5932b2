"""Charts that the server draws: what they draw, and that the table behind says the same."""

from typing import Any

import pytest
from flask import Flask, render_template_string
from lxml import html

from tests.support import face_app
from voorjebuurt.kernel import text

IMPORT = "{% from 'components/chart.html' import diverging_bars, paired_bars %}"
SERIES = [("Nieuw", "mine"), ("Oud", "other"), ("Bewoners", "people")]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that only shows templates."""
    return face_app.create(tmp_path_factory.mktemp("dist"))


def drawn(app: Any, call: str, **values: Any) -> Any:
    with app.test_request_context("/"):
        return html.fromstring(render_template_string(IMPORT + "{{ " + call + " }}", **values))


def said(node: Any) -> str:
    return " ".join(node.text_content().replace("\xa0", " ").split())


def paired(app: Any, rows: Any, unit: str = "cents") -> Any:
    call = "paired_bars('Per buurt', series, rows, unit, 'Een zin.', 'Buurt')"
    return drawn(app, call, series=SERIES[: len(rows[0][1])], rows=rows, unit=unit)


def test_bars_have_one_scale_and_a_pattern_beside_their_colour(app: Flask) -> None:
    figure = paired(app, [("Oost", [100_000, 50_000]), ("West", [0, 25_000])])
    bars = figure.xpath(".//div[@aria-hidden]//rect[not(contains(@class, 'axis'))]")
    assert [bar.get("width") for bar in bars] == ["100.0%", "50.0%", "25.0%"]
    assert [bar.get("fill") for bar in bars] == [None, "url(#vjb-hatch)", "url(#vjb-hatch)"]


def test_the_table_behind_says_what_is_drawn(app: Flask) -> None:
    figure = paired(app, [("Oost", [100_000, 50_001])])
    assert said(figure.xpath("./p")[0]) == "Een zin."
    assert "€ 1.000" in said(figure.xpath(".//div[@aria-hidden]")[0])
    cells = figure.xpath(".//details//tbody//*[self::th or self::td]")
    assert [said(cell) for cell in cells] == ["Oost", "€ 1.000", "€ 500,01"]
    heads = [said(head) for head in figure.xpath(".//details//thead//th")]
    assert heads == ["Buurt", "Nieuw", "Oud"]


def test_what_is_not_known_is_said_and_not_drawn(app: Flask) -> None:
    figure = paired(app, [("Oost", [819, 0, None])], unit="share")
    drawing = figure.xpath(".//div[@aria-hidden]")[0]
    values = [said(value) for value in drawing.xpath(".//span[@class='vjb-draw__value']")]
    assert values == ["81,9%", "0%", "niet bekend"]
    assert len(drawing.xpath(".//rect[not(contains(@class, 'axis'))]")) == 1


def test_a_chart_of_nothing_still_stands(app: Flask) -> None:
    assert len(paired(app, [("Oost", [0, 0])]).xpath(".//div[@aria-hidden]//rect")) == 2


def test_gains_and_losses_go_to_their_own_side(app: Flask) -> None:
    rows = [("Bank", 1000, ""), ("Feest", -2000, "valt af"), ("Koor", 0, "")]
    figure = drawn(app, "diverging_bars('Verschil', rows, 'Een zin.', 'Actie')", rows=rows)
    bars = figure.xpath(".//div[@aria-hidden]//rect[not(contains(@class, 'axis'))]")
    assert [(bar.get("x"), bar.get("width")) for bar in bars] == [
        ("50%", "25.0%"),
        ("0.0%", "50.0%"),
    ]
    assert bars[1].get("fill") == "url(#vjb-hatch)"
    values = figure.xpath(".//span[@class='vjb-draw__value']")
    assert [said(value) for value in values] == ["+€ 10", "\u2212€ 20", "€ 0"]
    assert "valt af" in said(figure)


def test_shares_are_written_with_one_decimal_at_most() -> None:
    assert text.share(819, "nl") == "81,9%"
    assert text.share(500, "en") == "50%"
