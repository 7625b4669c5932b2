"""Taking what an opened file tells: filtered, counted, and written under its import."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.places.area_registration import register_areas
from voorjebuurt.places.bulk_insert import store_addresses, store_figures, store_shapes
from voorjebuurt.places.files.columns import FigureColumns
from voorjebuurt.places.files.faults import FileFaultError
from voorjebuurt.places.files.items import (
    AreaFigures,
    AreaShape,
    Item,
    PostcodeAddress,
    SkippedLine,
    Why,
)
from voorjebuurt.places.files.opening import OpenedFile
from voorjebuurt.places.models import PlaceImport
from voorjebuurt.places.reports import Report
from voorjebuurt.places.rules import municipality_code

_LOOK_EVERY = 1000
_Kind = TypeVar("_Kind", AreaFigures, PostcodeAddress, AreaShape)


class Intake:
    """One file's way into the database.

    ``scope`` is the municipalities to take, ``before`` those that were read from the same file
    earlier; ``look`` is called now and then on the way.
    """

    def __init__(
        self,
        session: Session,
        place_import: PlaceImport,
        *,
        scope: Mapping[str, UUID],
        before: Collection[str],
        look: Callable[[], None],
    ) -> None:
        self._session = session
        self._import = place_import
        self._scope = scope
        self._before = before
        self._look = look
        self._report = Report()

    def take(self, file: OpenedFile) -> dict[str, Any]:
        """Store all records of a file, and return the report."""
        records = file.records(vintage=self._import.vintage)
        if isinstance(file.columns, FigureColumns):
            self._take_figures(records, file.columns)
        elif file.columns is not None:
            self._take_addresses(records)
        else:
            self._take_shapes(records)
        return self._report.as_json()

    def _take_figures(self, records: Iterator[Item], columns: FigureColumns) -> None:
        areas = list(self._records_in_scope(records, AreaFigures))
        self._refuse_nothing(len(areas))
        empty = [
            indicator
            for indicator in columns.figures
            if all(area.figures[indicator] is None for area in areas)
        ]
        indicators = [indicator for indicator in columns.figures if indicator not in empty]
        if not indicators:
            raise FileFaultError("no_figures")
        figures = [(area.code, each, area.figures[each]) for area in areas for each in indicators]
        store_figures(self._session, self._import.id, figures)
        missing = sum(value is None for _, _, value in figures)
        self._report.tell_columns(columns, empty)
        self._report.taken.update(
            areas=len(areas),
            figures=len(figures) - missing,
            missing=missing,
            neighbourhoods=register_areas(
                self._session,
                names={area.code: area.name for area in areas},
                municipalities=self._scope,
                vintage=self._import.vintage,
                import_id=self._import.id,
            ),
        )

    def _take_addresses(self, records: Iterator[Item]) -> None:
        addresses = self._records_in_scope(records, PostcodeAddress)
        count, repeats = store_addresses(self._session, self._import.id, addresses)
        self._refuse_nothing(count)
        self._report.taken.update(addresses=count)
        self._report.skip_many(Why.REPEATED, repeats)

    def _take_shapes(self, records: Iterator[Item]) -> None:
        count = store_shapes(
            self._session, self._import.id, self._records_in_scope(records, AreaShape)
        )
        self._refuse_nothing(count)
        self._report.taken.update(shapes=count)

    def _records_in_scope(self, records: Iterator[Item], kind: type[_Kind]) -> Iterator[_Kind]:
        """Records of the municipalities to import; others are counted as skipped."""
        report, scope = self._report, self._scope
        for record in records:
            report.read += 1
            if report.read % _LOOK_EVERY == 0:
                self._look()
            if isinstance(record, kind):
                of = municipality_code(record.code)
                if of in scope:
                    yield record
                else:
                    why = Why.EARLIER if of in self._before else Why.MUNICIPALITY
                    report.skip(SkippedLine(record.line, why))
            elif isinstance(record, SkippedLine):
                report.skip(record)

    def _refuse_nothing(self, count: int) -> None:
        if not count:
            municipalities = ", ".join(sorted(self._scope)[:5])
            raise FileFaultError("nothing_for_us", wanted=municipalities or "–")
