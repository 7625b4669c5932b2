"""What the sheet for a donor at the desk promises, by what the campaign does with its money."""

from datetime import date

import pytest

from voorjebuurt.web.words.desk_words import DeskSheet, desk_sheet_notes

ENOUGH = "Is there almost enough? You choose. If you don't choose, "


def notes(kind: str, no_answer: str = "back") -> str:
    sheet = DeskSheet(
        number="C-0001",
        title="Een koor",
        payee="",
        way="checkout",
        is_paid=True,
        is_confirmed=False,
        name="",
        amount_cents=2_000,
        day=date(2026, 12, 1),
        helper="Trijntje",
        kind=kind,
        deadline_on=None,
        no_answer=no_answer,
        address=(),
        link="https://voorbeeld.example/giften/x",
    )
    return " ".join(desk_sheet_notes(sheet))


@pytest.mark.parametrize(
    ("no_answer", "end"),
    [("back", "you get your gift back."), ("keep", "your gift stays with the plan.")],
)
def test_all_or_nothing_tells_of_money_back_and_of_the_choice(no_answer: str, end: str) -> None:
    text = notes("all_or_nothing", no_answer)
    assert "Is there not enough money? Then you get everything back" in text
    assert ENOUGH + end in text


def test_a_campaign_that_keeps_what_comes_asks_no_choice_and_promises_no_money_back() -> None:
    text = notes("keep_what_comes")
    assert "This campaign keeps what comes in, even if the goal is not reached." in text
    assert "almost enough" not in text
    assert "you get your gift back" not in text
