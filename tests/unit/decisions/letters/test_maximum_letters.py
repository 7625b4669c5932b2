"""The letter of a live fund's award: the rule, the maximum, and what happens at the end."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.support.decision_samples import ANNOUNCEMENT, KEY, maximum_sample, sample
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.intentions import intention_letter
from voorjebuurt.decisions.proof.replay import replay

GOLDEN = Path(__file__).parent / "golden"


def said(kind: str) -> str:
    return letters.write(maximum_sample(kind).text, ANNOUNCEMENT).text


@pytest.mark.parametrize("kind", ["award", "partial_award", "refusal"])
def test_every_word_of_it_is_known(kind: str) -> None:
    assert said(kind) == (GOLDEN / f"{kind}_maximum.txt").read_text()


@pytest.mark.parametrize("kind", ["award", "partial_award", "refusal"])
def test_it_replays(kind: str) -> None:
    assert replay(maximum_sample(kind).text).differences == ()


def test_it_states_the_rule_and_the_maximum() -> None:
    """Awb 4:31."""
    text = said("award")
    assert "een subsidie toe van hoogstens €\u00a02.500,00" in text
    assert "U krijgt nooit meer dan €\u00a02.500,00." in text
    assert "de regel van het fonds, die in bijlage 1 staat (artikel 4:31" in text


def test_it_has_the_condition_with_its_day_and_minimum() -> None:
    """Awb 4:33."""
    text = said("award")
    assert "uiterlijk op 30 april 2026 het minimum van €\u00a04.000,00 halen" in text


def test_it_tells_that_nobody_decides_again_at_the_end() -> None:
    assert "Na 30 april 2026 is uw actie afgelopen. Dan staat het bedrag vast" in said("award")


def test_aid_is_told_as_the_most_that_counts() -> None:
    snapshot = maximum_sample("award")
    undertaking = replace(snapshot, application=replace(snapshot.application, undertaking=True))
    text = letters.write(undertaking.text, ANNOUNCEMENT).text
    assert "Deze subsidie van hoogstens €\u00a02.500,00 telt daarbij mee." in text


@pytest.mark.parametrize(("status", "is_most"), [("live", True), ("succeeded", False)])
def test_what_is_withdrawn_is_as_certain_as_what_was_awarded(status: str, is_most: bool) -> None:
    """Awb 4:48: as long as the campaign runs a live fund has awarded a maximum, no amount."""
    first = sample("withdrawal", key=KEY, status=status)
    snapshot = replace(first, fund=replace(first.fund, live=True))
    until = date(2026, 6, 15)
    for text in (
        letters.write(snapshot.text, ANNOUNCEMENT).text,
        intention_letter(snapshot, until, ANNOUNCEMENT).text,
    ):
        assert ("de subsidie van hoogstens €" in text) is is_most
        assert ("de subsidie van €" in text) is not is_most


def test_an_award_after_a_division_says_nothing_of_a_maximum() -> None:
    assert "hoogstens €\u00a02" not in letters.write(sample("award").text, ANNOUNCEMENT).text
