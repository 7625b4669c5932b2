"""Who is and was an officer here, up to what, since when and by whom; and what waits."""

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from voorjebuurt.decisions.reports.exports import euros, spreadsheet
from voorjebuurt.kernel import clock
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.appointments.register import Mandate, mandates
from voorjebuurt.people.appointments.remits import ENOUGH_APPOINTERS
from voorjebuurt.people.role_proposal_queries import waiting_roles
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.downloads import csv_answer
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.words.mandate_labels import mandate_scope

COLUMNS = (
    *("naam", "e-mailadres", "tot_euro", "soorten", "mag_aanstellen", "vanaf", "tot_en_met"),
    *("voorgesteld_door", "gegeven_door", "beeindigd_op", "beeindigd_door"),
)


@blueprint.get("/medewerkers")
def list_colleagues() -> ResponseReturnValue:
    """The register of mandates of one's municipality; of another of one's own by ``?gemeente=``."""
    reader = signed_in_person()
    with reading() as session:
        places = [each for each in municipalities(session) if each.id in reader.reads]
        place_id = _chosen([each.id for each in places])
        rows = mandates(session, place_id)
        holders = appointers(session, place_id)
        return render_template(
            "officer/colleagues/list.html",
            places=places,
            place=next(each for each in places if each.id == place_id),
            now=[row for row in rows if row.ended_at is None],
            earlier=[row for row in rows if row.ended_at is not None],
            proposals=waiting_roles(session, municipality_id=place_id),
            may_appoint=reader.id in holders,
            too_few=len(holders) < ENOUGH_APPOINTERS,
            reader_id=reader.id,
        )


@blueprint.get("/medewerkers/register.csv")
def export_mandates() -> ResponseReturnValue:
    """The same register for a spreadsheet, with everything that ended."""
    reader = signed_in_person()
    with reading() as session:
        places = [each for each in municipalities(session) if each.id in reader.reads]
        place_id = _chosen([each.id for each in places])
        place = next(each for each in places if each.id == place_id)
        data = spreadsheet(COLUMNS, map(_row, mandates(session, place_id)))
    return csv_answer(data, f"mandaten-{place.slug}.csv")


def _row(row: Mandate) -> list[str]:
    return [
        row.name,
        row.email,
        euros(row.mandate_cents),
        mandate_scope(row.kinds),
        "ja" if row.may_appoint else "nee",
        clock.local(row.granted_at).date().isoformat(),
        row.until.isoformat() if row.until else "",
        row.proposer or "",
        row.giver or "",
        clock.local(row.ended_at).date().isoformat() if row.ended_at else "",
        row.ender or "",
    ]


def _chosen(mine: list[UUID]) -> UUID:
    """The municipality asked for, if it is the reader's own; else the first of theirs."""
    choice = [place_id for place_id in mine if str(place_id) == request.args.get("gemeente")]
    return next(iter([*choice, *mine]), None) or abort(404)
