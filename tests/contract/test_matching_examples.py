"""The engine against the shared worked examples, where these are present."""

from typing import Any

import pytest

from tests.support.source import SHARED
from voorjebuurt.rulebook.evaluation import evaluate
from voorjebuurt.rulebook.values import jsontext

FOLDER = SHARED / "matching"
FILES = ("worked_examples.json", "gitcoin_linear_qf.json")

pytestmark = pytest.mark.skipif(
    not all((FOLDER / name).is_file() for name in FILES),
    reason=f"the worked examples are not at {FOLDER}",
)


def cases() -> list[Any]:
    files = [FOLDER / name for name in FILES]
    return [
        pytest.param(case, id=case["id"])
        for file in files
        if file.is_file()
        for case in jsontext.parse(file.read_bytes())["cases"]
    ]


@pytest.mark.parametrize("case", cases())
def test_every_worked_example_comes_out_as_expected(case: Any) -> None:
    outcome = evaluate(case["rules"], case["facts"], indicators=["p_hh_120"]).as_json()
    assert {key: outcome[key] for key in case["expected"]} == case["expected"]


def test_all_examples_are_there() -> None:
    assert len(cases()) == 29 + 7
