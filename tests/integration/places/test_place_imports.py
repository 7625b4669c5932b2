"""Official files come into the database whole or not at all, once, and can be rolled back."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.places import MunicipalityFactory
from tests.support.figures import figure_used
from tests.support.place_files import (
    ADDRESSES,
    KWB_ROWS,
    LIMITS,
    SES,
    SHAPES,
    STATLINE,
    stream,
    workbook,
)
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError, NotFoundError, TransitionError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.places.addresses import local_code
from voorjebuurt.places.figures import area_facts
from voorjebuurt.places.files.faults import FileFaultError
from voorjebuurt.places.import_queries import brought, import_by_id, imports
from voorjebuurt.places.imports import (
    ask_import,
    note_progress,
    refuse_import,
    roll_back_import,
    start_import,
    take_file,
)
from voorjebuurt.places.models import AreaFigure, Municipality, Neighbourhood, PlaceImport
from voorjebuurt.places.queries import buurten
from voorjebuurt.places.rules import ImportKind
from voorjebuurt.places.shapes import shapes_of

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def town(session: Session) -> Municipality:
    return MunicipalityFactory(code="GM7701", name="Testdam")


def ask(
    session: Session, file: BytesIO, kind: str = "kwb", vintage: int = 2024, **others: Any
) -> PlaceImport:
    return ask_import(
        session,
        kind=ImportKind(kind),
        vintage=vintage,
        source="CBS",
        filename="bestand.csv",
        sha256=hashlib.sha256(file.getvalue()).hexdigest(),
        actor=SYSTEM,
        **others,
    )


def take(
    session: Session,
    file: BytesIO,
    kind: str = "kwb",
    vintage: int = 2024,
    say: Callable[[int], None] | None = None,
    **others: Any,
) -> PlaceImport:
    place_import = ask(session, file, kind, vintage, **others)
    start_import(session, import_id=place_import.id)
    return take_file(session, import_id=place_import.id, stream=file, limits=LIMITS, say=say)


def test_key_figures_register_the_neighbourhoods_and_report(
    session: Session, town: Municipality
) -> None:
    place_import = take(session, stream(STATLINE))
    assert place_import.report == {
        "read": 5,
        "taken": {"areas": 4, "figures": 7, "missing": 1, "neighbourhoods": 3},
        "skipped": [{"why": "municipality", "count": 1, "lines": [6]}],
        "columns": {
            "taken": {
                "a_inw": "Bevolking/Aantal inwoners (aantal)",
                "p_hh_120": "Inkomen/Huishoudens tot 120% van sociaal minimum (%)",
            },
            "empty": [],
            "never": ["Bevolking/Herkomst/Geboren buiten Nederland (aantal)"],
            "unused": ["Regioaanduiding/Gemeentenaam (naam)"],
        },
    }
    assert (place_import.status, place_import.progress, place_import.finished_at) == (
        "done",
        100,
        NOW,
    )
    assert [buurt.name for buurt in buurten(session, town.id)] == ["De Molen", "De Vaart"]
    facts = area_facts(session, codes=["BU7701AA02"], indicators=["p_hh_120"])
    assert facts["BU7701AA02"] == {"parent": "WK7701AA", "values": {"p_hh_120": Decimal("20.8")}}
    value = figure_used(session, code="BU77010001", indicator="p_hh_120")
    assert (certain(value).area_name, certain(value).value) == ("Oost", Decimal("18.4"))


def test_a_workbook_a_score_a_list_of_addresses_and_a_map(
    session: Session, town: Municipality
) -> None:
    take(session, workbook(*KWB_ROWS))
    scores = take(session, stream(SES), "ses_woa", 2019)
    assert scores.report["skipped"] == [
        {"why": "country", "count": 1, "lines": [2]},
        {"why": "year", "count": 1, "lines": [5]},
    ]
    addresses = take(session, stream(ADDRESSES), "addresses")
    assert addresses.report["taken"] == {"addresses": 3}
    assert addresses.report["skipped"] == [
        {"why": "municipality", "count": 1, "lines": [6]},
        {"why": "repeated", "count": 1, "lines": []},
    ]
    outlines = take(session, stream(SHAPES), "shapes")
    assert outlines.report["taken"] == {"shapes": 2}
    assert local_code(session, "7701AB", 2) == "BU7701AA02"
    assert shapes_of(session, town.id).keys() == {"BU77010001", "BU7701AA02"}
    value = figure_used(session, code="BU7701AA02", indicator="ses_woa")
    assert (certain(value).area_kind, certain(value).value, certain(value).vintage) == (
        "gemeente",
        Decimal("-0.100"),
        2019,
    )


def test_scores_with_the_codes_of_an_older_year_leave_the_choice_alone(
    session: Session, town: Municipality
) -> None:
    take(session, stream(STATLINE))
    take(session, stream(SES), "ses_woa", 2019)
    assert {buurt.vintage for buurt in buurten(session, town.id)} == {2024}


def test_the_same_content_twice_changes_nothing_and_says_so(
    session: Session, town: Municipality
) -> None:
    take(session, stream(STATLINE))
    before = session.scalar(select(func.count()).select_from(AreaFigure))
    with pytest.raises(DomainError) as error:
        ask(session, stream(STATLINE))
    assert (error.value.code, error.value.values) == ("imported_before", {"at": NOW})
    assert session.scalar(select(func.count()).select_from(AreaFigure)) == before
    assert session.scalar(select(func.count()).select_from(PlaceImport)) == 1


def test_the_same_content_of_another_year_is_another_import(
    session: Session, town: Municipality
) -> None:
    take(session, stream(STATLINE))
    assert take(session, stream(STATLINE), vintage=2025).status == "done"


def test_the_same_content_is_read_for_a_municipality_that_came_later(
    session: Session, town: Municipality
) -> None:
    take(session, stream(STATLINE))
    MunicipalityFactory(code="GM7802")
    again = take(session, stream(STATLINE))
    assert again.scope == "GM7802"
    assert again.report["taken"]["areas"] == 1
    assert again.report["skipped"] == [{"why": "earlier", "count": 4, "lines": [2, 3, 4, 5]}]


def test_one_municipality_only(session: Session, town: Municipality) -> None:
    MunicipalityFactory(code="GM7802")
    place_import = take(session, stream(STATLINE), only="GM7802")
    assert (place_import.scope, place_import.report["taken"]["areas"]) == ("GM7802", 1)


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"only": "GM0001"}, "municipality_unknown", "municipality"),
        ({"vintage": 1999}, "vintage_unlikely", "vintage"),
        ({"vintage": 2028}, "vintage_unlikely", "vintage"),
        ({"source": "  "}, "source_missing", "source"),
    ],
)
def test_what_is_asked_must_be_likely(
    session: Session,
    town: Municipality,
    wrong: dict[str, Any],
    code: str,
    field: str,
) -> None:
    fields: dict[str, Any] = {
        "kind": ImportKind.KWB,
        "vintage": 2024,
        "source": "CBS",
        "filename": "kwb.csv",
        "sha256": "0" * 64,
        "actor": SYSTEM,
    }
    with pytest.raises(DomainError) as error:
        ask_import(session, **(fields | wrong))
    assert (error.value.code, error.value.field) == (code, field)


def test_a_file_without_any_of_our_municipalities_is_refused(session: Session) -> None:
    MunicipalityFactory(code="GM5555")
    with pytest.raises(FileFaultError) as error:
        take(session, stream(STATLINE))
    assert error.value.as_json()["values"] == {"wanted": "GM5555"}


def test_a_file_of_another_kind_is_refused(session: Session, town: Municipality) -> None:
    with pytest.raises(FileFaultError, match="other_kind"):
        take(session, stream(SES), "kwb", 2019)


def test_a_column_that_is_empty_brings_no_figures(session: Session, town: Municipality) -> None:
    take(session, stream(STATLINE))
    text = (
        STATLINE.replace("12,5", "")
        .replace("18,4", "")
        .replace("20,8", ".")
        .replace("8400", "8500")
    )
    place_import = take(session, stream(text), vintage=2025)
    assert place_import.report["columns"]["empty"] == ["p_hh_120"]
    value = figure_used(session, code="BU7701AA02", indicator="p_hh_120")
    assert (certain(value).value, certain(value).vintage) == (Decimal("20.8"), 2024)


def test_only_empty_columns_are_refused(session: Session, town: Municipality) -> None:
    rows = "gwb_code;regio;a_inw;p_hh_120\nGM7701;Testdam;.;.\n"
    with pytest.raises(FileFaultError, match="no_figures"):
        take(session, stream(rows))


def test_a_broken_file_leaves_the_old_data_in_place(session: Session, town: Municipality) -> None:
    take(session, stream(STATLINE))
    with pytest.raises(FileFaultError), session.begin_nested():
        take(session, stream(STATLINE.replace("20,8", "20,8%")), vintage=2025)
    assert certain(figure_used(session, code="BU7701AA02", indicator="p_hh_120")).vintage == 2024
    assert {buurt.vintage for buurt in buurten(session, town.id)} == {2024}


def test_a_refusal_is_kept_with_its_reason(session: Session, town: Municipality) -> None:
    place_import = ask(session, stream(STATLINE))
    start_import(session, import_id=place_import.id)
    refuse_import(
        session, import_id=place_import.id, fault=FileFaultError("not_a_number", line=3, found="x")
    )
    row = import_by_id(session, place_import.id)
    assert (certain(row).status, certain(row).counts, certain(row).under_way) == (
        "refused",
        False,
        False,
    )
    assert certain(row).report == {
        "fault": {"code": "not_a_number", "line": 3, "values": {"found": "x"}}
    }


def test_the_progress_is_told_and_shown(session: Session, town: Municipality) -> None:
    lines = ["PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024"]
    lines += [f"7701AB;{number};77010001;770100;7701" for number in range(1, 9000)]
    percents: list[int] = []
    place_import = take(session, stream("\n".join(lines) + "\n"), "addresses", say=percents.append)
    assert percents == sorted(set(percents))
    assert 5 <= len(percents) <= 95
    assert place_import.report["taken"] == {"addresses": 8999}


def test_progress_is_only_noted_while_it_runs(session: Session, town: Municipality) -> None:
    place_import = ask(session, stream(STATLINE))
    note_progress(session, import_id=place_import.id, percent=40)
    assert certain(import_by_id(session, place_import.id)).progress == 0
    start_import(session, import_id=place_import.id)
    note_progress(session, import_id=place_import.id, percent=40)
    assert certain(import_by_id(session, place_import.id)).progress == 40


def test_a_rolled_back_import_counts_no_more_and_nothing_is_lost(
    session: Session, town: Municipality
) -> None:
    who = actor_of(PersonFactory())
    first = take(session, stream(STATLINE))
    wrong = take(session, stream(STATLINE.replace("De Molen", "Onzin")), vintage=2025)
    neighbourhood = session.scalars(
        select(Neighbourhood).where(Neighbourhood.import_id == wrong.id)
    ).first()
    campaign = CampaignFactory(neighbourhood_id=certain(neighbourhood).id, municipality_id=town.id)
    assert brought(session, wrong.id) == {
        "figures": 8, "addresses": 0, "shapes": 0, "neighbourhoods": 3,
    }  # fmt: skip
    roll_back_import(session, import_id=wrong.id, reason="Verkeerd jaar", actor=who)
    row = import_by_id(session, wrong.id)
    assert (certain(row).counts, certain(row).rollback_reason, certain(row).rolled_back_at) == (
        False,
        "Verkeerd jaar",
        NOW,
    )
    assert [buurt.name for buurt in buurten(session, town.id)] == ["De Molen", "De Vaart"]
    value = figure_used(session, code="BU7701AA02", indicator="p_hh_120")
    assert certain(value).import_id == first.id
    assert session.get(Neighbourhood, campaign.neighbourhood_id) is not None
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "place_import.rolled_back")
    ).one()
    assert (event.actor_id, event.reason) == (who.person_id, "Verkeerd jaar")


def test_what_was_rolled_back_can_be_imported_again_under_the_same_ids(
    session: Session, town: Municipality
) -> None:
    first = take(session, stream(STATLINE))
    before = {buurt.id for buurt in buurten(session, town.id)}
    roll_back_import(session, import_id=first.id, reason="Vergissing", actor=SYSTEM)
    assert list(buurten(session, town.id)) == []
    again = take(session, stream(STATLINE))
    assert {buurt.id for buurt in buurten(session, town.id)} == before
    assert again.report["taken"]["neighbourhoods"] == 3
    assert [row.id for row in imports(session)] == [again.id, first.id]


def test_rolling_back_needs_a_reason_a_finished_import_and_happens_once(
    session: Session, town: Municipality
) -> None:
    place_import = take(session, stream(STATLINE))
    with pytest.raises(DomainError) as error:
        roll_back_import(session, import_id=place_import.id, reason=" ", actor=SYSTEM)
    assert (error.value.code, error.value.field) == ("reason_needed", "reason")
    roll_back_import(session, import_id=place_import.id, reason="Fout", actor=SYSTEM)
    with pytest.raises(DomainError, match="import_rolled_back_already"):
        roll_back_import(session, import_id=place_import.id, reason="Fout", actor=SYSTEM)
    waiting = ask(session, stream(SES), "ses_woa", 2019)
    with pytest.raises(TransitionError):
        roll_back_import(session, import_id=waiting.id, reason="Fout", actor=SYSTEM)
    with pytest.raises(NotFoundError):
        roll_back_import(session, import_id=new_id(), reason="Fout", actor=SYSTEM)


def test_every_deed_is_in_the_audit_trail(session: Session, town: Municipality) -> None:
    place_import = take(session, stream(STATLINE))
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.subject_id == place_import.id).order_by(AuditEvent.id)
    ).all()
    assert [event.action for event in events] == ["place_import.asked", "place_import.done"]
    assert events[1].detail["sha256"] == place_import.sha256
    assert events[1].detail["taken"]["areas"] == 4
