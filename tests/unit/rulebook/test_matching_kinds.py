"""A further base or way to divide is one class and one line in a registry, besides its texts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar, Self

import pytest

from tests.support.rules_and_facts import INDICATORS, application, as_read, decide, faults, rules
from voorjebuurt.kernel.catalogues import catalogue
from voorjebuurt.matching.funds.builder.choices import ruleset_json
from voorjebuurt.matching.funds.builder.reading import choices_of
from voorjebuurt.rulebook import bases, divides
from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.divides.pot import Pot
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts import wording
from voorjebuurt.rulebook.texts.phrases import Money, Phrase, phrase
from voorjebuurt.rulebook.texts.wording import say
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.ruleset_fields import FieldType, RulesetField


@dataclass(frozen=True)
class FlatAmount(Base):
    """The same amount for every campaign."""

    amount_cents: int

    kind: ClassVar[str] = "flat"
    fields: ClassVar[tuple[RulesetField, ...]] = (RulesetField("amount_cents", FieldType.CENTS),)

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str) -> Self:
        """From ``{"kind", "amount_cents"}``."""
        fields = Fields(reader, raw, path, mandatory=("kind", "amount_cents"))
        return cls(fields.must("amount_cents", reader.whole, 1))

    def compute(
        self, _application: Application, _measures: Measures, _pair_sum: Fraction, /
    ) -> Fraction:
        """The amount."""
        return Fraction(self.amount_cents)

    def reasons(
        self, _application: Application, _measures: Measures, base_cents: Fraction, /
    ) -> Iterator[Phrase]:
        """The amount."""
        yield phrase("base_flat", base=Money(base_cents))

    def sentences(self) -> Iterator[Phrase]:
        """The rule."""
        yield phrase("rule_flat", amount=Money(self.amount_cents))


@dataclass(frozen=True)
class Halves(Pot):
    """By the claim, but those of more than € 1 weigh as one of € 1."""

    kinds: ClassVar[tuple[str, ...]] = ("halves",)

    @classmethod
    def read(cls, reader: Reader, raw: Json, path: str, _base: Base | None, /) -> Self:
        """From ``{"kind"}``."""
        Fields(reader, raw, path, mandatory=("kind",))
        return cls()

    def weight(self, claim: Claim) -> Fraction:
        """The claim up to € 1."""
        return Fraction(min(claim.cents, 100))

    def share_reason(self, claim: Claim, level: Fraction) -> Phrase:
        """The share."""
        return phrase("share_halves", exact=Money(self.weight(claim) * level))

    def sentence(self) -> Phrase:
        """The rule."""
        return phrase("rule_halves")


TEXTS = {
    "nl": {
        "base_flat": "Elke actie krijgt {base}.",
        "rule_flat": "Het fonds geeft elke actie {amount}.",
        "share_halves": "Naar gewicht is dat {exact}.",
        "rule_halves": "Is er te weinig, dan weegt elke actie hoogstens even zwaar.",
    },
    "en": {
        "base_flat": "Every campaign gets {base}.",
        "rule_flat": "The fund gives every campaign {amount}.",
        "share_halves": "By weight that is {exact}.",
        "rule_halves": "If there is too little, campaigns weigh the same at most.",
    },
}
FLAT = {"kind": "flat", "amount_cents": 250}


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two lines, and the texts; nothing else of the engine knows these classes."""
    monkeypatch.setattr(bases, "BASES", (*bases.BASES, FlatAmount))
    monkeypatch.setattr(divides, "DIVIDES", (*divides.DIVIDES, Halves))
    catalogues = {}
    for language, texts in TEXTS.items():
        words = catalogue(language)
        phrases = {("phrase", key): (text,) for key, text in texts.items()}
        catalogues[language] = replace(words, texts={**words.texts, **phrases})
    monkeypatch.setattr(wording, "catalogue", lambda language, _edition: catalogues[language])


def reasons_of(outcome: Any, key: str, language: str) -> list[str]:
    texts: list[str] = outcome.as_json()["reasons"][key][language]
    return [text.replace("\u00a0", " ") for text in texts]


def test_a_further_base_is_read_with_its_faults() -> None:
    ruleset = read_ruleset(as_read(rules(FLAT)), indicators=INDICATORS)
    assert ruleset.base == FlatAmount(250)
    nothing: dict[str, Any] = {"applications": []}
    wrong = faults(rules({"kind": "flat", "amount_cents": 0, "ratio": 1}), nothing)
    assert [(fault.path, fault.code) for fault in wrong] == [
        ("rules.base.ratio", "unknown_key"),
        ("rules.base.amount_cents", "too_low"),
    ]
    other = faults(rules({"kind": "round"}), nothing)
    assert "topup, qf, flat" in other[0].message("en")
    needs_pairs = faults(rules(FLAT, "qf_pot"), nothing)
    assert [fault.code for fault in needs_pairs] == ["needs_qf"]


def test_a_further_base_decides_and_explains() -> None:
    outcome = decide(
        rules(FLAT, "arrival", ceiling_cents=400, caps={"pct_of_goal": 50}),
        application("A", 100, goal=1000),
        application("B", 100, goal=300),
        application("C", 100, goal=1000),
    )
    assert outcome.claims == {"A": 250, "B": 150, "C": 250}
    assert outcome.awards == {"A": 250, "B": 150, "C": 0}
    assert reasons_of(outcome, "B", "nl")[1:3] == [
        "Elke actie krijgt € 2,50.",
        "Een actie krijgt hoogstens 50% van het doel van € 3: € 1,50.",
    ]
    assert reasons_of(outcome, "A", "en")[1] == "Every campaign gets €2.50."


def test_a_further_base_may_be_live() -> None:
    gifts = [
        {"donor": "x", "amount_cents": 5, "paid_at": f"2026-03-01T09:00:0{second}+01:00"}
        for second in range(2)
    ]
    outcome = decide(rules(FLAT, "arrival", moment="live"), application("A", *gifts))
    assert outcome.steps is not None
    assert [step.match_cents for step in outcome.steps] == [250, 0]


def test_further_kinds_are_read_back_as_sentences() -> None:
    ruleset = read_ruleset(as_read(rules(FLAT, "halves")), indicators=INDICATORS)
    texts = [say(sentence, "nl").replace("\u00a0", " ") for sentence in sentences(ruleset)]
    assert "Het fonds geeft elke actie € 2,50." in texts
    assert "Is er te weinig, dan weegt elke actie hoogstens even zwaar." in texts


def test_a_further_way_to_divide_decides_and_explains() -> None:
    applications = [application("A", 50), application("B", 100), application("C", 900)]
    outcome = decide(rules(divide="halves", ceiling_cents=200), *applications)
    assert outcome.awards == {"A": 40, "B": 80, "C": 80}
    assert "Naar gewicht is dat € 0,80." in reasons_of(outcome, "C", "nl")


def test_the_rule_builder_writes_and_reads_further_kinds() -> None:
    choices = choices_of(as_read(rules(FLAT, "halves")))
    assert choices.base.values == {"amount_cents": 250}
    assert ruleset_json(choices)["base"] == FLAT
    assert ruleset_json(choices)["divide"] == {"kind": "halves"}


@pytest.mark.parametrize("kind", ["flat", "qf"])
def test_every_kind_in_a_registry_has_a_name_of_its_own(kind: str) -> None:
    by_kind = bases.bases_by_kind()
    assert len(by_kind) == len(bases.BASES)
    assert by_kind[kind].kind == kind
    names = [name for divide in divides.DIVIDES for name in divide.kinds]
    assert len(names) == len(set(names))
