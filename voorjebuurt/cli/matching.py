"""``voorjebuurt matching``: what rules make of facts. Needs no database."""

import json
import os
import sys
from collections.abc import Collection
from typing import IO, Any

import click

from voorjebuurt import settings
from voorjebuurt.matching.rules import jsontext
from voorjebuurt.matching.rules.evaluation import evaluate
from voorjebuurt.matching.rules.faults import Fault, RefusedError
from voorjebuurt.matching.rules.fields import Fields
from voorjebuurt.matching.rules.jsontext import Json, JsonError
from voorjebuurt.matching.rules.reader import Reader

_INVALID = 2


@click.group(name="matching")
def command() -> None:
    """Matching funds: their rules."""


@command.command("evaluate")
@click.argument("rules", type=click.File("rb"), required=False)
@click.argument("facts", type=click.File("rb"), required=False)
@click.option(
    "--lines",
    type=click.File("rb"),
    help='Instead: one {"rules": …, "facts": …} a line; prints one outcome a line.',
)
def evaluate_files(
    rules: IO[bytes] | None, facts: IO[bytes] | None, lines: IO[bytes] | None
) -> None:
    """Print what RULES.json makes of FACTS.json, as JSON: claims, awards, factors and reasons.

    Exits with 2 and prints {"errors": [{"path", "message"}]} when they do not validate. With
    --lines that object stands on the case's own line, and the run goes on to its end and exits
    with 0; other keys of a line, such as a name, are left alone.
    """
    indicators = settings.load_matching(os.environ).indicators
    if (lines is None) != (rules is not None and facts is not None) or (lines and rules):
        raise click.UsageError("Give RULES.json and FACTS.json, or --lines FILE.")
    if lines is not None:
        for line in lines:
            _print(_outcome_of_line(line, indicators), indent=None)
    elif rules is not None and facts is not None:
        outcome = _outcome_of_files(rules.read(), facts.read(), indicators)
        _print(outcome, indent=1)
        sys.exit(_INVALID if "errors" in outcome else 0)


def _print(outcome: dict[str, Any], *, indent: int | None) -> None:
    """In UTF-8, whatever the terminal's own encoding."""
    click.echo(json.dumps(outcome, ensure_ascii=False, indent=indent).encode())


def _outcome_of_files(rules: bytes, facts: bytes, indicators: Collection[str]) -> dict[str, Any]:
    faults: list[Fault] = []
    read: dict[str, Json] = {}
    for name, text in (("rules", rules), ("facts", facts)):
        try:
            read[name] = jsontext.parse(text)
        except JsonError as error:
            faults.append(Fault(name, "not_json", {"detail": error}))
    return _errors(faults) if faults else _outcome(read["rules"], read["facts"], indicators)


def _outcome_of_line(line: bytes, indicators: Collection[str]) -> dict[str, Any]:
    try:
        case = jsontext.parse(line)
    except JsonError as error:
        return _errors([Fault("", "not_json", {"detail": error})])
    reader = Reader(hashed=False)
    others = case if isinstance(case, dict) else ()
    fields = Fields(reader, case, "", required=("rules", "facts"), optional=others)
    if reader.faults:
        return _errors(reader.faults)
    return _outcome(fields.raw("rules"), fields.raw("facts"), indicators)


def _outcome(rules: Json, facts: Json, indicators: Collection[str]) -> dict[str, Any]:
    try:
        return evaluate(rules, facts, indicators=indicators).as_json()
    except RefusedError as refused:
        return _errors(refused.faults)


def _errors(faults: Collection[Fault]) -> dict[str, Any]:
    return {"errors": [fault.as_json() for fault in faults]}
