"""A rehearsal's computing, in a process of its own: one that takes too long is ended.

Rules may ask for more than anybody waits for (every pair of donors of a thousand campaigns), and
nothing within a process can end that. What it is about goes in as one line of JSON; out come lines
of percentages, and at last the outcome or what was refused. Only who asked keeps something.
"""

import json
import resource
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from threading import Event, Timer
from typing import IO, Any

from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.matching.rehearsal import report
from voorjebuurt.matching.rehearsal.comparison import Beside, rehearse
from voorjebuurt.matching.rehearsal.inputs import parse_all, read_all
from voorjebuurt.rulebook.parsing.faults import Fault, RefusedError

_READ = 20
"""Percentage of the work that is done when everything was read and validated."""


class TooLongError(Exception):
    """Computing took longer than it may."""


class BrokenError(Exception):
    """Computing broke off; the message says where, without a value of what it was about."""


class ComputingRefusedError(Exception):
    """What goes in does not validate: ``rows`` are the faults as they are kept."""

    def __init__(self, rows: Sequence[dict[str, str]]) -> None:
        super().__init__("refused")
        self.rows = list(rows)


@dataclass(frozen=True)
class Computing:
    """What is rehearsed: texts of JSON, the indicators that rules may use, and what is beside."""

    texts: dict[str, str]
    indicators: tuple[str, ...]
    beside: Beside


def compute(
    computing: Computing, *, seconds: float, progress: Callable[[int], None]
) -> dict[str, Any]:
    """The outcome, as ``report`` gives it; ``progress`` hears percentages of the work.

    Raises ``TooLongError``, ``ComputingRefusedError`` or ``BrokenError``.
    """
    is_over = Event()
    with subprocess.Popen(
        [sys.executable, "-m", __name__, str(int(seconds) + 1)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        timer = Timer(seconds, _end, (process, is_over))
        timer.start()
        try:
            answer = _conversation(process, json.dumps(asdict(computing)), progress)
        finally:
            timer.cancel()
            process.kill()
    if is_over.is_set() and answer is None:
        raise TooLongError
    if answer is None:
        raise BrokenError(f"ended with {process.returncode}")
    return answer


def _end(process: subprocess.Popen[str], is_over: Event) -> None:
    is_over.set()
    process.kill()


def _conversation(
    process: subprocess.Popen[str], order: str, progress: Callable[[int], None]
) -> dict[str, Any] | None:
    """What the process says at last; None when it ended before that."""
    stdin, stdout = _pipes(process)
    try:
        with stdin:
            stdin.write(order)
    except BrokenPipeError:
        return None
    for line in stdout:
        if not line.endswith("\n"):
            return None
        message = json.loads(line)
        if "percent" in message:
            progress(message["percent"])
        elif "faults" in message:
            raise ComputingRefusedError(message["faults"])
        elif "broken" in message:
            raise BrokenError(message["broken"])
        else:
            outcome: dict[str, Any] = message["outcome"]
            return outcome
    return None


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise BrokenError("the process has no pipes")
    return process.stdin, process.stdout


def fault_rows(faults: Sequence[Fault]) -> list[dict[str, str]]:
    """Faults as they are kept: where, and why in every language."""
    return [
        {"path": fault.path, **{language: fault.message(language) for language in languages()}}
        for fault in faults
    ]


def answer_to(order: IO[str], say: Callable[[dict[str, Any]], None]) -> None:
    """The other side of ``compute``: read what is asked, say how far it is and what comes of it."""
    try:
        content = json.load(order)
        texts, beside = content["texts"], Beside(**content["beside"])
        documents = parse_all(texts)
        arguments = read_all(
            documents["rules"],
            documents.get("against"),
            documents["facts"],
            indicators=content["indicators"],
        )
        say({"percent": _READ})
        comparison = rehearse(
            *arguments,
            beside=beside,
            progress=lambda percent: say({"percent": _READ + percent * (100 - _READ) // 100}),
        )
        say({"outcome": report.as_json(comparison)})
    except RefusedError as refusal:
        say({"faults": fault_rows(refusal.faults)})
    except Exception as error:
        # Its text may hold values of the facts: only where it happened is told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        say({"broken": f"{type(error).__name__} in {place.name}, line {place.lineno}"})


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # Should nobody be left to end it.
    resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    answer_to(sys.stdin, _say)
