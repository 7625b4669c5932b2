"""Says what the tests covered, by feature, and fails when it is less than was promised.

``make test COVERAGE=1`` runs the tests with branches measured and then calls this. The promises
stand in ``pyproject.toml``: ``[tool.voorjebuurt.coverage]`` names parts of the package and the
percentage that each must reach, the package as a whole under ``voorjebuurt``.
"""

import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import NoDataError
from coverage.results import Numbers

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "voorjebuurt"


@dataclass(frozen=True)
class Measured:
    """One module: what ran of it, and what did not (line numbers and ``from->to`` branches)."""

    name: str
    numbers: Numbers
    missing: str


def main() -> None:
    """Join what the processes measured, print a table, and exit with 1 when a part falls short."""
    coverage = Coverage(config_file=str(ROOT / "pyproject.toml"))
    try:
        coverage.combine()
    except NoDataError:
        sys.exit("Nothing was measured: run 'make test COVERAGE=1'.")
    coverage.save()
    modules = _measured(coverage)
    _print_table(modules)
    with (ROOT / "pyproject.toml").open("rb") as file:
        promised: dict[str, float] = tomllib.load(file)["tool"]["voorjebuurt"]["coverage"]
    short = [line for part, least in promised.items() for line in _shortfall(modules, part, least)]
    if short:
        sys.exit("\n".join(["", "Covered less than promised:", *short]))


def _measured(coverage: Coverage) -> list[Measured]:
    """Every module of the package, those that nothing imported too."""
    coverage.report(file=StringIO())
    modules = []
    for file in sorted(PACKAGE.rglob("*.py")):
        # The same figures that coverage's own reports print; it has no public call for one file.
        analysis = coverage._analyze(str(file))
        missing = analysis.missing_formatted(branches=True)
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        modules.append(Measured(name.removesuffix(".__init__"), analysis.numbers, missing))
    return modules


def _print_table(modules: list[Measured]) -> None:
    features: dict[str, list[Measured]] = defaultdict(list)
    for module in modules:
        features[".".join(module.name.split(".")[:2])].append(module)
    print(f"{'':30}{'statements':>12}{'branches':>12}{'covered':>10}")
    for name, part in [*sorted(features.items()), ("voorjebuurt (all)", modules)]:
        numbers = _together(part)
        print(
            f"{name:30}{numbers.n_statements:>12}{numbers.n_branches:>12}"
            f"{numbers.pc_covered_str:>9}%"
        )


def _shortfall(modules: list[Measured], part: str, least: float) -> list[str]:
    """The lines to print when ``part`` is covered for less than ``least`` per cent."""
    inside = [m for m in modules if m.name == part or m.name.startswith(f"{part}.")]
    if not inside:
        return [f"{part}: there is no such part"]
    numbers = _together(inside)
    if numbers.pc_covered >= least:
        return []
    line = f"{part}: {numbers.pc_covered:.2f} %, promised {least:g} %"
    if least < 100:
        return [line]
    return [line, *(f"  {module.name}: {module.missing}" for module in inside if module.missing)]


def _together(modules: list[Measured]) -> Numbers:
    return sum((module.numbers for module in modules), Numbers())


if __name__ == "__main__":
    main()
