"""The officer's desk: everything that waits, what is due first on top."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.decisions.filters.service import filters_of
from voorjebuurt.decisions.interest.facts import table_of
from voorjebuurt.decisions.overviews.desks import Desk
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.matching.funds.queries import funds_with_small_cases
from voorjebuurt.matching.questions.queries import waiting_questions
from voorjebuurt.people.queries import names_of, officers
from voorjebuurt.people.teams.queries import team_names, teams_in
from voorjebuurt.places.areas import area_names
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.desk.work_forms import FILTERS, Look, look_of, work_form
from voorjebuurt.web.officer.desk.work_rows import ORDERS, Item, in_order, item_of

SIZE = 50
"""So many rows on one page."""
_TOGETHER = (WorkKind.DECIDE, WorkKind.APPROVE, WorkKind.DETERMINE)
"""What can be done with several small cases on one screen."""


@blueprint.get("")
def show_desk() -> ResponseReturnValue:
    """What waits for this officer: narrowed, ordered, and a page at a time."""
    page = Page.asked(size=SIZE)
    with reading() as session:
        desks = _desks(session)
        colleagues = [
            each for place in sorted(signed_in_person().reads) for each in officers(session, place)
        ]
        teams = teams_in(session, signed_in_person().reads)
        form = work_form(colleagues, teams, _whens(), has_desk=bool(desks))
        look = look_of(form, is_valid=form.validate())
        items = _items(session, desks, look)
        filters = filters_of(session, signed_in_person().id)
        questions = waiting_questions(session, signed_in_person().reads)
        small = funds_with_small_cases(
            session,
            {
                item.work.fund_id
                for item in items
                if item.work.kind in _TOGETHER and item.work.fund_id is not None and desks
            },
        )
    visible_items = [item for item in items if look.keeps(item)]
    rows = in_order(visible_items, look.order, is_down=look.is_down)
    return render_template(
        "officer/work.html",
        form=form,
        has_more=look.is_fine,
        items=page.cut(rows[page.offset : page.offset + page.limit]),
        page=page,
        filters=filters,
        keep_href=_address("officer.list_filters", pagina=None) if desks else None,
        total=len(visible_items),
        counts=_counts(visible_items),
        columns=_columns(look, has_teams=bool(teams)),
        mandate_cents=max((desk.mandate_cents for desk in desks), default=None),
        may_only_prepare=bool(desks) and not any(desk.kinds for desk in desks),
        narrowed=look.is_narrow,
        questions=questions,
        small=small,
    )


def _items(session: Session, desks: list[Desk], look: Look) -> list[Item]:
    table = table_of(the_settings().decisions)
    works = [
        (work, desk)
        for desk in desks
        for work in work_list(session, desk, mine=look.mine, kinds=look.kinds, table=table)
    ]
    for place in sorted(signed_in_person().inspects - signed_in_person().municipalities):
        # An auditor sees what waits, whoever is to do it.
        desk = desk_of(session, officer_id=signed_in_person().id, municipality_id=place)
        every = all_work(session, place, table=table)
        works += [(work, desk) for work in every if look.has_kind(work.kind)]
    names = names_of(session, {work.assigned_to for work, _desk in works})
    areas = area_names(session, sorted({code for work, _desk in works for code in work.areas}))
    teams = team_names(session, {work.team_id for work, _desk in works})
    return [item_of(work, desk, names, areas, teams) for work, desk in works]


def _desks(session: Session) -> list[Desk]:
    person = signed_in_person()
    return [
        desk_of(session, officer_id=person.id, municipality_id=place)
        for place in sorted(person.municipalities)
    ]


def _whens() -> Mapping[str, str]:
    return {"laat": _("Too late"), "week": _("This week"), "later": _("Later")}


def _counts(items: list[Item]) -> list[tuple[str, int, str]]:
    """How much is too late, due within a week and later, with a link to each; none left out."""
    numbers = Counter(item.when for item in items)
    return [
        (name, numbers[when], _address(wanneer=when, pagina=None))
        for when, name in _whens().items()
        if numbers[when]
    ]


def _columns(look: Look, *, has_teams: bool) -> list[dict[str, Any]]:
    """The heads of the columns; each is a link that orders by it, and turns it round."""
    columns = []
    for key, label in ORDERS.items():
        if key == "team":
            continue  # stands with the handler: seven columns don't fit beside the menu
        is_current = look.order == key
        turn = "af" if is_current and not look.is_down else "op"
        columns.append(
            {
                "label": _("Handler, team") if has_teams and key == "behandelaar" else label,
                "numeric": key == "bedrag",
                "href": _address(volgorde=key, richting=turn, pagina=None),
                "sort": ("descending" if look.is_down else "ascending") if is_current else "",
            }
        )
    return columns


def _address(endpoint: str = "officer.show_desk", **changes: str | None) -> str:
    """The address of this list with something changed; what is not of the list is left out."""
    filters: dict[str, Any] = {key: request.args[key] for key in FILTERS if request.args.get(key)}
    return url_for(endpoint, **{**filters, **changes})
