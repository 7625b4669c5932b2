"""``voorjebuurt ledger``: checking the books, and the trial balance.

Both speak the platform's language, or that of ``--lang``.
"""

import os
import sys
from collections.abc import Sequence
from decimal import Decimal

import click
from babel.numbers import format_decimal

from voorjebuurt import settings
from voorjebuurt.kernel import text
from voorjebuurt.kernel.catalogues import catalogue, languages
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.kernel.site_database import looking
from voorjebuurt.ledger.checks import CheckResult
from voorjebuurt.ledger.names import account_name, check_name
from voorjebuurt.ledger.queries import TrialLine, trial_balance
from voorjebuurt.payouts.checks import check_books

_CONTEXT = "ledger command"
_LANGUAGE = click.option(
    "--lang", type=click.Choice(languages()), help="Language; without it the platform's own."
)


@click.group(name="ledger")
def command() -> None:
    """The ledger: whether it is right, and what is in it."""


@command.command()
@_LANGUAGE
def check(lang: str | None) -> None:
    """Compare the ledger with itself and with everything else; exit 1 when something differs."""
    config = settings.load(site_environment(os.environ))
    language = lang or config.default_locale
    with looking(config) as session:
        results = check_books(session, in_flight_max_days=config.in_flight_max_days)
    width = max(len(check_name(result.name, language)) for result in results)
    for result in results:
        _show(result, language, width)
    failures = sum(not result.passed for result in results)
    words = catalogue(language)
    click.echo(words.text(_CONTEXT, "total", checks=len(results), failures=failures))
    sys.exit(1 if failures else 0)


@command.command(name="trial-balance")
@click.option("--per-owner", is_flag=True, help="One line for each campaign's own account.")
@_LANGUAGE
def show_trial_balance(per_owner: bool, lang: str | None) -> None:
    """Every account's balance; debits and credits add up to the same."""
    config = settings.load(site_environment(os.environ))
    language = lang or config.default_locale
    with looking(config) as session:
        lines = trial_balance(session, per_owner=per_owner)
    debits = sum(line.debit_cents for line in lines)
    credits = sum(line.credit_cents for line in lines)
    for row in _table(lines, debits, credits, language):
        click.echo(row)
    sys.exit(0 if debits == credits else 1)


def _show(result: CheckResult, language: str, width: int) -> None:
    words = catalogue(language)
    mark = words.text(_CONTEXT, "ok" if result.passed else "differs")
    number = words.text(_CONTEXT, "compared", number=result.compared)
    name = check_name(result.name, language)
    amount = text.euro(result.total_cents, language)
    click.echo(f"{mark:<8}  {name:<{width}} {number:>20}  {amount}")
    for line in result.differences:
        click.echo(f"      - {line.in_language(language)}")
    for line in result.remarks:
        click.echo(f"      {words.text(_CONTEXT, 'remark', line=line.in_language(language))}")


def _table(lines: Sequence[TrialLine], debits: int, credits: int, language: str) -> Sequence[str]:
    """The rows of the trial balance: code, kind, debit and credit in eurocents, name."""
    words = catalogue(language)
    heads = [words.text(_CONTEXT, key) for key in ("account", "kind", "debit", "credit")]
    kinds = {line.kind: words.text("ledger kind", line.kind) for line in lines}
    wide = max(len(heads[0]), *(len(line.code) for line in lines), 7)
    narrow = max(len(heads[1]), *(len(kind) for kind in kinds.values()), 9)

    def row(code: str, kind: str, debit: str, credit: str, name: str = "") -> str:
        return f"{code:<{wide}}  {kind:<{narrow}} {debit:>16} {credit:>16}  {name}".rstrip()

    def column(cents: int) -> str:
        euros = Decimal(cents).scaleb(-2)
        return format_decimal(euros, "#,##0.00", locale=language) if cents else ""

    return [
        row(*heads),
        *(
            row(
                line.code,
                kinds[line.kind],
                column(line.debit_cents),
                column(line.credit_cents),
                account_name(line.code, language),
            )
            for line in lines
        ),
        row(words.text(_CONTEXT, "sum"), "", column(debits), column(credits)),
    ]
