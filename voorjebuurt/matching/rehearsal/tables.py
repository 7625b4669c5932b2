"""A report as tables of text, in English, for a terminal. Pure."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from voorjebuurt.kernel.catalogues import catalogue
from voorjebuurt.matching.rehearsal.texts import band_label, figure_text, indicator_name
from voorjebuurt.rulebook.texts.wording import money, written

_LANGUAGE = "en"
_WORDS = catalogue(_LANGUAGE)
_WIDEST = 40
_GAP = "  "
_CHANGES = {
    "gains": "gains",
    "loses": "loses",
    "same": "same",
    "falls_out": "FALLS OUT",
    "comes_in": "comes in",
    "nothing": "nothing",
    None: "",
}
_LINES = (
    ("Ceiling", "ceiling_cents"),
    ("Claimed", "claimed_cents"),
    ("Awarded", "awarded_cents"),
    ("Left", "left_cents"),
    ("Applications", "applications"),
    ("  get money", "awarded"),
    ("  refused", "refused"),
    ("  came when it was gone", "nothing_left"),
)


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The whole report, line by line."""
    yield from _sides(report)
    yield from _campaigns(report)
    yield from _neighbourhoods(report)
    yield from _bands(report)
    yield from _reasons(report)


def _sides(report: dict[str, Any]) -> Iterator[str]:
    sides = [side for side in (report["rules"], report["against"]) if side]
    heads = ["", "these rules", "against"][: len(sides) + 1]
    rows = [
        [label, *(_amount(side[key]) if "cents" in key else str(side[key]) for side in sides)]
        for label, key in _LINES
    ]
    rows.append(["Hash of the rules", *(side["ruleset_sha256"][:12] for side in sides)])
    yield from _table(heads, rows, texts=1)


def _campaigns(report: dict[str, Any]) -> Iterator[str]:
    yield from _title("Per campaign, by difference")
    against = report["against"] is not None
    by_difference = sorted(
        report["campaigns"],
        key=lambda row: (row["difference_cents"] or 0, row["award_cents"]),
        reverse=True,
    )
    rows = [
        [
            row["title"],
            ", ".join(row["areas"]) or "-",
            _amount(row["crowd_cents"]),
            _amount(row["claim_cents"]),
            written(Fraction(row["factor"]), _WORDS),
            _amount(row["award_cents"]),
            *([_amount(row["against"]["award_cents"])] if against else ()),
            *([_signed(row["difference_cents"]), _CHANGES[row["change"]]] if against else ()),
        ]
        for row in by_difference
    ]
    heads = ["campaign", "neighbourhood", "crowd", "claim", "factor", "award"]
    yield from _table([*heads, *(["against", "difference", ""] if against else ())], rows, texts=2)


def _neighbourhoods(report: dict[str, Any]) -> Iterator[str]:
    yield from _title("Per neighbourhood")
    indicator = report["bands"]["indicator"]
    rows = [
        [
            row["name"] or "(not told)",
            "unknown" if row["figure"] is None else _figure(row, indicator),
            _count(row["residents"]),
            str(row["campaigns"]),
            *_money(row),
        ]
        for row in report["neighbourhoods"]
    ]
    heads = ["neighbourhood", "figure", "residents", "campaigns", *_heads(report)]
    yield from _table(heads, rows, texts=1)


def _figure(row: dict[str, Any], indicator: str | None) -> str:
    suffix = f" (of {row['figure_of']})" if row["borrowed"] else ""
    return figure_text(row["figure"], indicator, _LANGUAGE) + suffix


def _bands(report: dict[str, Any]) -> Iterator[str]:
    bands = report["bands"]
    name = indicator_name(bands["indicator"], _LANGUAGE) if bands["indicator"] else "no figure"
    yield from _title(f"Per band, worst off first ({name})")
    rows_with_label = [
        (band_label(row, bands["indicator"], _LANGUAGE), row) for row in bands["rows"]
    ]
    rows = [
        [
            label,
            written(Fraction(row["factor"]), _WORDS) if row.get("factor") else "-",
            _percent(row["residents_share"]),
            _percent(row["award_share"]),
            *([_percent(row["against_share"])] if report["against"] else ()),
            *_money(row),
        ]
        for label, row in [*rows_with_label, ("figure unknown", bands["unplaced"])]
    ]
    shares = ["of residents", "of the money", *(["against"] if report["against"] else ())]
    yield from _table(["band", "factor", *shares, *_heads(report)], rows, texts=1)
    if bands["lowest"]:
        yield from _lowest(bands)


def _lowest(bands: dict[str, Any]) -> Iterator[str]:
    total = bands["lowest_total"]
    before = total["against_share"]
    against = "" if before is None else f" (against {_percent(before)})"
    yield ""
    yield (
        f"The worst-off {bands['lowest']} of {len(bands['rows'])} bands get"
        f" {_percent(total['award_share'])} of the money{against};"
        f" {_percent(total['residents_share'])} of the residents live there."
    )
    if bands["residents_missing"]:
        yield f"Of {bands['residents_missing']} areas the number of residents is not known."


def _reasons(report: dict[str, Any]) -> Iterator[str]:
    refusals = [*report["rules"]["refusals"]]
    if refusals:
        yield from _title("Refused by these rules")
        rows = [
            [f"{row['reason']} (needs {row['needed'][_LANGUAGE]})", str(row["applications"])]
            for row in refusals
        ]
        yield from _table(["reason", "applications"], rows, texts=1, widest=100)
    dropouts = [row for row in report["campaigns"] if row["change"] == "falls_out"]
    if dropouts:
        yield from _title("Who falls out, and why")
    for row in dropouts:
        yield f"{row['title']}:"
        yield from (f"  {line}" for line in row["reasons"][_LANGUAGE])


def _heads(report: dict[str, Any]) -> list[str]:
    return ["award", *(["against", "difference"] if report["against"] else ())]


def _money(row: dict[str, Any]) -> list[str]:
    cells = [_amount(row["award_cents"])]
    if row["against_cents"] is not None:
        cells += [_amount(row["against_cents"]), _signed(row["difference_cents"])]
    return cells


def _amount(cents: int) -> str:
    return money(cents, _WORDS)


def _signed(cents: int) -> str:
    return f"{'-' if cents < 0 else '+' if cents else ''}{money(abs(cents), _WORDS)}"


def _count(number: int | None) -> str:
    return "unknown" if number is None else f"{number:,}"


def _percent(share: int | None) -> str:
    return "unknown" if share is None else f"{share // 10}.{share % 10}%"


def _title(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, texts: int, widest: int = _WIDEST
) -> Iterator[str]:
    """A table's lines: the first ``texts`` columns align left, the rest right."""
    lines = [
        [_cut(cell, widest) if index < texts else cell for index, cell in enumerate(row)]
        for row in (heads, *rows)
    ]
    widths = [max(len(row[index]) for row in lines) for index in range(len(heads))]
    for row in lines:
        cells = (
            cell.ljust(width) if index < texts else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield _GAP.join(cells).rstrip()


def _cut(text: str, widest: int) -> str:
    return text if len(text) <= widest else f"{text[: widest - 1]}…"
