"""``voorjebuurt matching evaluate``, as it is typed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.support.rules_and_facts import RATIO, application, rules
from voorjebuurt import settings
from voorjebuurt.cli import bounds, matching
from voorjebuurt.cli.matching import command
from voorjebuurt.rulebook import evaluation

FACTS = {"applications": [application("B", 500), application("A", 1000, 250)]}

Evaluate = Callable[..., Result]


@pytest.fixture
def evaluate(tmp_path: Path) -> Evaluate:
    """Runs the command on rules and facts; text goes into the files as it is."""

    def run(ruleset: Any, facts: Any = FACTS) -> Result:
        files = []
        for name, data in (("rules", ruleset), ("facts", facts)):
            file = tmp_path / f"{name}.json"
            file.write_text(data if isinstance(data, str) else json.dumps(data))
            files.append(str(file))
        return CliRunner().invoke(command, ["evaluate", *files])

    return run


def test_prints_the_outcome_as_json_and_ends_with_0(evaluate: Evaluate) -> None:
    result = evaluate(rules(ceiling_cents=1000))
    assert result.exit_code == 0, result.output
    outcome = json.loads(result.stdout)
    assert list(outcome) == [
        *("ruleset_sha256", "claims", "awards", "factors", "left_cents", "reasons"),
    ]
    assert outcome["claims"] == {"A": 1250, "B": 500}
    assert outcome["awards"] == {"A": 714, "B": 286}
    assert outcome["factors"] == {"A": "1", "B": "1"}
    assert outcome["left_cents"] == 0
    assert outcome["reasons"]["A"]["nl"][-1] == "Het matchgeld uit het fonds is €\u00a07,14."
    assert outcome["reasons"]["A"]["en"][-1] == "The money from the fund is €7.14."
    assert len(outcome["ruleset_sha256"]) == 64


def test_what_does_not_validate_is_told_with_path_and_message_and_ends_with_2(
    evaluate: Evaluate,
) -> None:
    result = evaluate(rules(caps={"project_cents": 0}), {"applications": [{}]})
    assert result.exit_code == 2
    errors = json.loads(result.stdout)["errors"]
    assert errors[0] == {"path": "rules.caps.project_cents", "message": "This must be at least 1."}
    assert {error["path"] for error in errors[1:]} == {
        f"facts.applications[0].{key}"
        for key in ("id", "received_at", "goal_cents", "contributions")
    }


def test_both_files_that_are_not_json_are_told(evaluate: Evaluate) -> None:
    result = evaluate("{", "NaN")
    assert result.exit_code == 2
    assert [error["path"] for error in json.loads(result.stdout)["errors"]] == ["rules", "facts"]


def test_indicators_outside_the_configured_list_are_refused(evaluate: Evaluate) -> None:
    bands = [{"at_least": 1, "factor": 2}]
    result = evaluate(rules(equity={"indicator": "p_hh_120", "bands": bands}))
    assert result.exit_code == 0
    origin = evaluate(rules(equity={"indicator": "p_geb_nl", "bands": bands}))
    assert origin.exit_code == 2
    (error,) = json.loads(origin.stdout)["errors"]
    assert error["path"] == "rules.equity.indicator"
    assert "p_hh_120" in error["message"]


def lines(tmp_path: Path, *texts: str) -> Any:
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(texts))
    return CliRunner().invoke(command, ["evaluate", "--lines", str(file)])


def test_lines_have_an_outcome_each_and_the_run_goes_on_after_a_refusal(tmp_path: Path) -> None:
    sound = json.dumps({"rules": rules(RATIO), "facts": FACTS}) + "\n"
    wrong = json.dumps({"rules": {}, "facts": FACTS}) + "\n"
    odd = json.dumps({"rules": rules(), "id": "without facts"}) + "\n"
    result = lines(tmp_path, sound, wrong, "{\n", "\n", odd, sound.rstrip())
    assert result.exit_code == 0
    outcomes = [json.loads(line) for line in result.stdout.split("\n")[:-1]]
    assert ["awards" if "awards" in outcome else "errors" for outcome in outcomes] == [
        *("awards", "errors", "errors", "errors", "errors", "awards")
    ]
    assert outcomes[0] == outcomes[5]
    assert {error["path"] for error in outcomes[1]["errors"]} == {
        f"rules.{key}" for key in ("schema", "ceiling_cents", "base", "divide")
    }
    assert outcomes[2]["errors"][0]["path"] == ""
    assert {error["path"] for error in outcomes[4]["errors"]} == {"facts"}


@pytest.mark.parametrize(
    "line",
    [
        '{"rules":1e9999999999999999999}',
        '{"rules":-1e-9999999999999999999,"facts":{}}',
        f'{{"rules":{"9" * 100_000},"facts":{{}}}}',
        '{"rules":{"ceiling_cents":1e-20000},"facts":{"applications":1e20000}}',
        '{"rules":' + "[" * 100_000,
        '{"rules":"\\ud800","facts":{"\\udfff":"\\u0000"}}',
        '{"rules":"\x00","facts":[]}',
    ],
)
def test_a_line_with_hostile_values_is_told_and_the_run_goes_on(tmp_path: Path, line: str) -> None:
    sound = json.dumps({"rules": rules(RATIO), "facts": FACTS})
    result = lines(tmp_path, f"{line}\n", sound)
    assert (result.exit_code, result.exception) == (0, None)
    first, second = (json.loads(text) for text in result.stdout.split("\n")[:-1])
    assert first["errors"]
    assert second["awards"]


def test_of_a_million_faults_the_first_are_told_and_how_many_more(evaluate: Evaluate) -> None:
    long_key = "x" * 100_000
    result = evaluate(rules(), {"applications": [{}] * 50_000, long_key: 1})
    assert result.exit_code == 2
    assert len(result.stdout) < 20_000
    errors = json.loads(result.stdout)["errors"]
    assert len(errors) == 101
    assert errors[-1] == {"path": "facts", "message": "There are 199901 more faults."}


def test_other_keys_of_a_line_are_left_alone_but_none_may_stand_there_twice(tmp_path: Path) -> None:
    line_with_id = json.dumps({"id": "E1", "rules": rules(), "facts": FACTS, "expected": {}})
    result = lines(tmp_path, f"{line_with_id}\n", line_with_id[:-1] + ', "facts": {}}')
    first, second = (json.loads(line) for line in result.stdout.split("\n")[:-1])
    assert first["awards"] == {"A": 1250, "B": 500}
    assert second["errors"] == [{"path": "facts", "message": "This key is here more than once."}]


def test_half_characters_in_what_is_refused_can_still_be_printed(evaluate: Evaluate) -> None:
    result = evaluate('{"\\ud800": 1}')
    assert result.exit_code == 2
    assert 'rules["\\ud800"]' in {error["path"] for error in json.loads(result.stdout)["errors"]}


def test_a_line_ends_only_at_a_newline(tmp_path: Path) -> None:
    """U+2028 and U+0085 may stand in a text of JSON."""
    facts = {"applications": [application("a\u2028b\u0085c", 100)]}
    result = lines(tmp_path, json.dumps({"rules": rules(), "facts": facts}, ensure_ascii=False))
    (line,) = result.stdout.removesuffix("\n").split("\n")
    assert json.loads(line)["awards"] == {"a\u2028b\u0085c": 100}


@pytest.mark.parametrize("arguments", [[], ["one.json"], ["--lines", "x", "one.json", "two.json"]])
def test_files_or_lines_and_not_both(arguments: list[str], tmp_path: Path) -> None:
    for name in ("one.json", "two.json", "x"):
        (tmp_path / name).write_text("{}")
    words = [str(tmp_path / word) if word[0] != "-" else word for word in arguments]
    result = CliRunner().invoke(command, ["evaluate", *words])
    assert result.exit_code == 2
    assert "RULES.json and FACTS.json, or --lines" in result.output


def test_needs_no_database_no_settings_and_writes_nothing(tmp_path: Path) -> None:
    """A process of its own, as in production without anything set; the bytes are UTF-8."""
    for name, data in (("rules", rules()), ("facts", FACTS)):
        (tmp_path / f"{name}.json").write_text(json.dumps(data))
    result = subprocess.run(
        [sys.executable, "-m", "voorjebuurt", "matching", "evaluate", "rules.json", "facts.json"],
        capture_output=True,
        cwd=tmp_path,
        timeout=60,
        env={"PATH": os.environ["PATH"], "VJB_ENV": "production", "PYTHONIOENCODING": "utf-8"},
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout.decode())["awards"] == {"A": 1250, "B": 500}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["facts.json", "rules.json"]


def test_what_takes_too_long_is_told_and_the_next_line_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case is ended after the seconds of the settings: here the first hangs."""
    cases = tmp_path / "cases.jsonl"
    cases.write_text(f"{json.dumps({'rules': rules(), 'facts': FACTS})}\n" * 2)
    decide, turns = evaluation.evaluate, iter((True, False))

    def hanging(*arguments: Any, **others: Any) -> Any:
        while next(turns):
            while True:
                pass
        return decide(*arguments, **others)

    monkeypatch.setattr(matching, "evaluate", hanging)
    haste = replace(settings.load_matching({"VJB_ENV": "test"}), rehearsal_seconds=1)
    monkeypatch.setattr(settings, "load_matching", lambda _: haste)
    result = CliRunner().invoke(command, ["evaluate", "--lines", str(cases)])
    first, second = map(json.loads, result.stdout.splitlines())
    assert "within 1 seconds" in first["errors"][0]["message"]
    assert second["awards"]


def test_a_file_too_large_to_be_anything_is_refused(
    evaluate: Evaluate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MAX_BYTES", 20)
    result = evaluate(rules())
    assert result.exit_code == 1
    assert "is larger than" in result.output
