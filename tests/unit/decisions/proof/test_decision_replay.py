"""A decision computed again from its snapshot alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.decision_samples import AMOUNTS, FACTS, KEY, sample
from tests.support.pseudo_locale import add_pseudo_locale
from voorjebuurt import paths
from voorjebuurt.decisions.proof.replay import replay
from voorjebuurt.decisions.proof.schema import Basis, SnapshotError, read, sha256


@pytest.mark.parametrize("kind", AMOUNTS)
def test_a_snapshot_is_read_back_as_it_was_written(kind: str) -> None:
    snapshot = sample(kind)
    assert read(snapshot.text) == snapshot
    assert read(snapshot.text).text == snapshot.text


@pytest.mark.parametrize("kind", AMOUNTS)
def test_the_same_comes_out_again(kind: str) -> None:
    result = replay(sample(kind).text)
    assert result.same, result.differences
    assert result.computed == sample(kind).computed


def test_an_award_follows_from_all_who_shared_the_pot() -> None:
    explanation = replay(sample("partial_award").text).computed
    assert explanation is not None
    assert (explanation.claim_cents, explanation.award_cents) == (240_060, 180_000)
    assert explanation.factor == "3/2"
    assert (
        "Voor Zonneweide is er geen cijfer. Daarom telt dat van Noord"
        in explanation.reasons["nl"][4]
    )


CHANGES = {
    "hash of the facts": lambda snapshot: replace(
        snapshot, basis=replace(snapshot.basis, facts=FACTS + " ")
    ),
    "hash of the rules": lambda snapshot: replace(
        snapshot, fund=replace(snapshot.fund, ruleset_sha256="0" * 64)
    ),
    "claim": lambda snapshot: replace(snapshot, computed=replace(snapshot.computed, claim_cents=1)),
    "award": lambda snapshot: replace(snapshot, computed=replace(snapshot.computed, award_cents=1)),
    "the rule in words": lambda snapshot: replace(
        snapshot, rule={"nl": ["Anders."], "en": ["Other."]}
    ),
    "reasons": lambda snapshot: replace(
        snapshot,
        computed=replace(snapshot.computed, reasons={"nl": ["Zomaar."], "en": ["Just so."]}),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_was_changed_is_named(name: str) -> None:
    result = replay(CHANGES[name](sample("award")).text)
    assert not result.same
    assert result.differences == (name,)


def test_other_gifts_give_another_award() -> None:
    facts = FACTS.replace("12000", "9000", 1)
    basis = replace(sample("partial_award").basis, facts=facts, facts_sha256=sha256(facts))
    result = replay(replace(sample("partial_award"), basis=basis).text)
    assert "claim" in result.differences
    assert "hash of the facts" not in result.differences


def test_large_facts_stay_with_the_round_and_are_brought_along() -> None:
    snapshot = sample("partial_award")
    without = replace(snapshot, basis=replace(snapshot.basis, facts=None)).text
    with pytest.raises(SnapshotError, match="kept beside"):
        replay(without)
    assert replay(without, round_facts=FACTS).same
    assert "hash of the facts" in replay(without, round_facts=FACTS + " ").differences


def test_rules_that_do_not_validate_are_a_difference_and_no_crash() -> None:
    result = replay(replace(sample("award"), rules='{"schema":"matchregel/9"}').text)
    assert result.computed is None
    assert result.differences[0].startswith("not computed")


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"schema":"besluit/2"}', '{"schema":"besluit/1"}']
)
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(SnapshotError):
        read(text)


def test_without_a_division_the_claim_is_told_and_no_award() -> None:
    basis = Basis("alone", KEY, FACTS, sha256(FACTS), "2026-05-01T08:00:00+02:00")
    result = replay(replace(sample("partial_award"), basis=basis).text)
    assert result.computed is not None
    assert result.computed.claim_cents == result.computed.award_cents == 240_060
    assert result.computed.reasons["nl"][-1].startswith("Het berekende bedrag is")


def test_a_language_that_came_later_is_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = sample("partial_award")
    monkeypatch.setattr(paths, "TRANSLATIONS", add_pseudo_locale(tmp_path))
    assert replay(snapshot.text).same
    other = replace(snapshot, rule={**snapshot.rule, "en": ["Another rule."]})
    assert replay(other.text).differences == ("the rule in words",)
