"""``voorjebuurt matching``: what rules make of facts. Files need no database."""

import json
import os
import sys
from collections.abc import Collection
from typing import IO, Any

import click
from sqlalchemy.orm import Session

from voorjebuurt import settings
from voorjebuurt.cli.bounds import TooLongError, bounded_lines, read_bounded, within
from voorjebuurt.decisions.archive import explanation as explaining
from voorjebuurt.decisions.archive import explanation_texts
from voorjebuurt.decisions.archive import ruling_explanation as rulings
from voorjebuurt.decisions.archive import service as archive
from voorjebuurt.decisions.archive.case_files import Stores
from voorjebuurt.decisions.proof.schema import SnapshotError
from voorjebuurt.kernel.catalogues import DUTCH, languages
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.kernel.site_database import looking
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.rehearsal import report, tables
from voorjebuurt.matching.rehearsal.comparison import Beside, rehearse
from voorjebuurt.matching.rehearsal.context import beside_of
from voorjebuurt.matching.rehearsal.inputs import parse_all, read_all
from voorjebuurt.matching.rehearsal.past_campaigns import past_facts
from voorjebuurt.places.queries import municipality_by_slug
from voorjebuurt.rulebook.evaluation import evaluate
from voorjebuurt.rulebook.parsing.faults import Fault, RefusedError
from voorjebuurt.rulebook.parsing.fields import Fields
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json, JsonError
from voorjebuurt.settings import MatchingSettings

_INVALID = 2


@click.group(name="matching")
def command() -> None:
    """Matching funds: their rules, and what was decided by them."""


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

    Exits with 2 and prints {"errors": [{"path", "message"}]} when they do not validate, or can't
    be worked out in time (matching.rehearsal_seconds). With --lines that object stands on the
    case's own line, and the run goes on to its end and exits with 0; other keys of a line, such
    as a name, are left alone.
    """
    bounds = settings.load_matching(os.environ)
    if (lines is None) != (rules is not None and facts is not None) or (lines and rules):
        raise click.UsageError("Give RULES.json and FACTS.json, or --lines FILE.")
    if lines is not None:
        for line in bounded_lines(lines):
            _print(_outcome_of_line(line, bounds), indent=None)
    elif rules is not None and facts is not None:
        outcome = _outcome_of_files(read_bounded(rules), read_bounded(facts), bounds)
        _print(outcome, indent=1)
        sys.exit(_INVALID if "errors" in outcome else 0)


@command.command("rehearse")
@click.argument("rules", type=click.File("rb"))
@click.option("--against", type=click.File("rb"), help="The rules that these would replace.")
@click.option("--facts", type=click.File("rb"), help="Facts as for evaluate.")
@click.option("--past", metavar="MUNICIPALITY", help="Its past campaigns: a name as in addresses.")
@click.option(
    "--residents", type=click.File("rb"), help='With --facts: {"area code": residents} as JSON.'
)
@click.option("--json", "as_data", is_flag=True, help="Print everything as JSON.")
def rehearse_files(
    rules: IO[bytes],
    against: IO[bytes] | None,
    facts: IO[bytes] | None,
    past: str | None,
    residents: IO[bytes] | None,
    as_data: bool,
) -> None:
    """Show who would have got what by RULES.json, beside the rules that these would replace.

    Per campaign, neighbourhood and band of deprivation, with who falls out and why. Exits with 2
    and prints {"errors": [{"path", "message"}]} when something does not validate.
    """
    if (facts is None) == (past is None) or (residents and past):
        raise click.UsageError("Give --facts FILE (and --residents FILE), or --past MUNICIPALITY.")
    files = {"rules": read_bounded(rules)}
    if against is not None:
        files["against"] = read_bounded(against)
    if facts is not None:
        files["facts"], beside = read_bounded(facts), Beside(residents=_residents(residents))
    else:
        files["facts"], beside = _past(past or "")
    _show(_rehearsal_of_files(files, beside), as_data=as_data)


@command.command("explain")
@click.argument("reference", metavar="APPLICATION")
@click.option("--lang", type=click.Choice(languages()), default=DUTCH, help="Language.")
@click.option("--json", "as_data", is_flag=True, help="Print everything as JSON.")
def explain_application(reference: str, lang: str, as_data: bool) -> None:
    """Compute an application's award again from its stored snapshot, and tell every step.

    APPLICATION is its number or id, or the number of a decision, of an objection or of the decision
    on it; of those, what was stored and each letter are held against each other. Exits with 1
    when the award, the stored facts or the letter do not come out as they were decided and sent.
    """
    with looking(settings.load(site_environment(os.environ))) as session:
        if (ruling := _ruling_by_reference(session, reference)) is not None:
            if as_data:
                _print(rulings.ruling_as_json(ruling), indent=1)
            else:
                click.echo("\n".join(rulings.ruling_lines(ruling, lang)).encode())
            sys.exit(0 if ruling.same else 1)
        explanation = _explanation_by_reference(session, reference)
        if as_data:
            _print(explanation_texts.as_json(explanation), indent=1)
        else:
            click.echo("\n".join(explanation_texts.lines(explanation, lang)).encode())
        sys.exit(0 if explanation.same else 1)


@command.command("export")
@click.argument("reference", metavar="APPLICATION")
@click.argument("target", metavar="FILE.zip", type=click.File("wb"))
def export_application(reference: str, target: IO[bytes]) -> None:
    """Write an application's whole case to FILE.zip, with a manifest, for the archive."""
    config = settings.load(site_environment(os.environ))
    terms = archive.Terms(config.platform_name, config.decisions.retention_years)
    with looking(config) as session:
        key = _case(session, reference).id
        stores = Stores(FolderStorage(config.receipts), FolderStorage(config.attached))
        target.write(archive.export_case(session, key, stores=stores, terms=terms))


def _case(session: Session, reference: str) -> Application:
    try:
        return explaining.case_by_reference(session, reference)[0]
    except NotFoundError as error:
        message = "There is no application or decision with this number or id."
        raise click.BadParameter(message, param_hint="APPLICATION") from error


def _ruling_by_reference(session: Session, reference: str) -> rulings.RulingExplanation | None:
    try:
        return rulings.ruling_explanation_of(session, reference)
    except NotFoundError:
        return None
    except SnapshotError as error:
        raise click.ClickException(f"What was stored can't be read: {error}") from error


def _explanation_by_reference(session: Session, reference: str) -> explaining.Explanation:
    _case(session, reference)
    try:
        return explaining.explanation_of(session, reference)
    except (SnapshotError, RefusedError) as error:
        raise click.ClickException(f"What was stored can't be read: {error}") from error


def _past(slug: str) -> tuple[bytes, Beside]:
    """A municipality's past campaigns as facts, and what is known beside them."""
    config = settings.load(site_environment(os.environ))
    with looking(config) as session:
        municipality = municipality_by_slug(session, slug)
        if municipality is None:
            raise click.BadParameter("There is no such municipality.", param_hint="--past")
        campaigns = past_facts(
            session,
            municipality_id=municipality.id,
            indicators=config.matching.indicators,
            secret=config.donor_key,
        )
        text = campaigns.text.encode()
        return text, beside_of(session, jsontext.parse(text), past=True)


def _show(result: dict[str, Any], *, as_data: bool) -> None:
    if as_data or "errors" in result:
        _print(result, indent=1)
    else:
        click.echo("\n".join(tables.lines(result)).encode())
    sys.exit(_INVALID if "errors" in result else 0)


def _rehearsal_of_files(files: dict[str, bytes], beside: Beside) -> dict[str, Any]:
    bounds = settings.load_matching(os.environ)
    try:
        with within(bounds.rehearsal_seconds):
            documents = parse_all(files)
            all_read = read_all(
                documents["rules"],
                documents.get("against"),
                documents["facts"],
                indicators=bounds.indicators,
            )
            return report.as_json(rehearse(*all_read, beside=beside))
    except RefusedError as error:
        return _errors(error.faults)
    except TooLongError:
        return _too_long(bounds)


def _residents(file: IO[bytes] | None) -> dict[str, int]:
    if file is None:
        return {}
    try:
        residents = jsontext.parse(read_bounded(file))
    except JsonError as error:
        raise click.BadParameter(str(error), param_hint="--residents") from error
    if not isinstance(residents, dict) or not all(
        _is_number(number) for number in residents.values()
    ):
        raise click.BadParameter('It must be {"area code": residents}.', param_hint="--residents")
    return residents


def _is_number(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _print(outcome: dict[str, Any], *, indent: int | None) -> None:
    """In UTF-8, whatever the terminal's own encoding."""
    click.echo(json.dumps(outcome, ensure_ascii=False, indent=indent).encode())


def _outcome_of_files(rules: bytes, facts: bytes, bounds: MatchingSettings) -> dict[str, Any]:
    try:
        documents = parse_all({"rules": rules, "facts": facts})
    except RefusedError as error:
        return _errors(error.faults)
    return _outcome(documents["rules"], documents["facts"], bounds)


def _outcome_of_line(line: bytes, bounds: MatchingSettings) -> dict[str, Any]:
    try:
        case = jsontext.parse(line)
    except JsonError as error:
        return _errors([Fault("", "not_json", {"detail": error})])
    reader = Reader(for_hash=False)
    others = case if isinstance(case, dict) else ()
    fields = Fields(reader, case, "", mandatory=("rules", "facts"), optional=others)
    if reader.faults:
        return _errors(reader.faults)
    return _outcome(fields.raw("rules"), fields.raw("facts"), bounds)


def _outcome(rules: Json, facts: Json, bounds: MatchingSettings) -> dict[str, Any]:
    try:
        with within(bounds.rehearsal_seconds):
            return evaluate(rules, facts, indicators=bounds.indicators).as_json()
    except RefusedError as error:
        return _errors(error.faults)
    except TooLongError:
        return _too_long(bounds)


def _too_long(bounds: MatchingSettings) -> dict[str, Any]:
    return _errors([Fault("", "too_long", {"seconds": bounds.rehearsal_seconds})])


def _errors(faults: Collection[Fault]) -> dict[str, Any]:
    return {"errors": [fault.as_json() for fault in faults]}
