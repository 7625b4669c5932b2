"""Rules with a name: they validate, and they say what their name promises."""

from typing import Any

import pytest

from tests.support.rules_and_facts import as_read
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.presets import PRESETS, Preset, first_come, recommended
from voorjebuurt.rulebook.texts.wording import say

INDICATORS = ("p_hh_120", "ses_woa")


def in_dutch(rules: dict[str, Any]) -> str:
    ruleset = read_ruleset(as_read(rules), indicators=INDICATORS)
    return " ".join(say(sentence, "nl") for sentence in sentences(ruleset)).replace("\xa0", " ")


@pytest.mark.parametrize("preset", Preset)
def test_every_preset_validates_and_keeps_its_ceiling(preset: Preset) -> None:
    ruleset = read_ruleset(as_read(PRESETS[preset](123_456)), indicators=INDICATORS)
    assert ruleset.ceiling_cents == 123_456


@pytest.mark.parametrize(("indicator", "limit"), [("p_hh_120", "25 of meer"), ("ses_woa", "-0,3")])
def test_the_recommended_rules_say_what_they_promise(indicator: str, limit: str) -> None:
    text = in_dutch(recommended(2_500_000, indicator=indicator))
    for part in (
        "hoogstens € 25.000",
        "voor elke euro",
        "hoogstens € 100 mee",
        limit,
        "factor 1,25",
        "factor 1,5",
        "hoogstens 50% van het doel",
        "keer de factor van de actie",
    ):
        assert part.lower() in text.lower()


def test_plain_first_come_has_no_factor_and_no_cap() -> None:
    text = in_dutch(first_come(2_500_000))
    assert "eerst" in text
    assert "factor" not in text
    assert "% van het doel" not in text


def test_changing_one_leaves_the_next_alone() -> None:
    mine = recommended(1)
    mine["equity"]["bands"][0]["factor"] = 9
    assert recommended(1)["equity"]["bands"][0]["factor"] == "5/4"
