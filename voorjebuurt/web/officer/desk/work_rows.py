"""The rows of the work list: where each is done, whose it is, and in which order they stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.decisions.overviews.desks import Desk, is_second_look
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.work import WorkKind

SOON_DAYS = 7
_DECISION = (WorkKind.APPROVE, WorkKind.RECALL)
_OBJECTION, _PENALTY = (WorkKind.OBJECT,), (WorkKind.PENALTY,)


@dataclass(frozen=True)
class Item:
    """A line of the work list: what waits, where it is done, whose it is and where it is about."""

    work: Work
    href: str
    title: str
    why: str
    handler: str
    area: str
    team: str
    register_href: str = ""
    """Where mandates are given, of what none of the officers may do."""
    may_appoint: bool = False

    @property
    def when(self) -> str:
        """Whether it is too late, due within a week, or later: ``laat``, ``week``, ``later``."""
        days = self.work.days_left
        return "laat" if days < 0 else "week" if days <= SOON_DAYS else "later"


ORDERS: Mapping[str, LazyString] = {
    "termijn": _l("Term"),
    "zaak": _l("Case"),
    "soort": _l("What"),
    "bedrag": _l("Amount"),
    "gebied": _l("Area"),
    "behandelaar": _l("Handler"),
    "team": _l("Team"),
}
"""By what the list can be ordered: the words in the address, and the heads of the columns."""

_Key = tuple[int | str | date, ...]
_KEYS: Mapping[str, Callable[[Item], _Key]] = {
    "termijn": lambda item: (item.work.due_on, item.work.kind, item.work.number),
    "zaak": lambda item: (item.title.casefold(), item.work.number),
    "soort": lambda item: (item.work.kind, item.work.detail),
    "bedrag": lambda item: (item.work.amount_cents or 0,),
    "gebied": lambda item: (item.area.casefold(),),
    "behandelaar": lambda item: (item.handler.casefold(),),
    # Those of no team come last.
    "team": lambda item: (not item.team, item.team.casefold()),
}


def in_order(items: Sequence[Item], order: str, *, is_down: bool) -> list[Item]:
    """The items by a key of ``ORDERS``; what is equal by the term, the earliest first."""
    by_term = sorted(items, key=_KEYS["termijn"])
    return sorted(by_term, key=_KEYS[order], reverse=is_down)


def item_of(
    work: Work,
    desk: Desk,
    names: Mapping[UUID, str],
    areas: Mapping[str, str],
    teams: Mapping[UUID, str],
) -> Item:
    """The row of a work. ``names`` are of persons, ``areas`` of codes."""
    return Item(
        work=work,
        href=href_of(work),
        title=_title(work),
        why=_why(work, desk, names),
        handler=names.get(work.assigned_to, "–") if work.assigned_to else "",
        area=", ".join(areas.get(code, code) for code in work.areas),
        team=teams.get(work.team_id, "") if work.team_id else "",
        register_href=_register_href(desk) if work.is_stuck else "",
        may_appoint=desk.may_appoint,
    )


_OWN_PAGES = {
    WorkKind.POST: ("officer.show_posting", "letter_id"),
    WorkKind.VIEWS: ("officer.show_intention", "intention_id"),
    WorkKind.WORDING: ("officer.show_wording", "wording_id"),
    WorkKind.PUBLISH: ("officer.show_fund", "fund_id"),
}
"""The pages of what is not a decision, an objection or an application, and their argument."""


def href_of(work: Work) -> str:
    """The page on which it is done."""
    if work.kind in _DECISION:
        return url_for("officer.show_decision", decision_id=work.subject_id)
    if work.kind in _OBJECTION:
        return url_for("officer.show_objection", objection_id=work.subject_id)
    if work.kind is WorkKind.PROOF and work.subject_id != work.application_id:
        return url_for("officer.show_inquiry", inquiry_id=work.subject_id)
    if (own := _OWN_PAGES.get(work.kind)) is not None:
        page, argument = own
        values: dict[str, Any] = {argument: work.subject_id}
        return url_for(page, **values)
    if work.application_id is None:
        return url_for("officer.list_colleagues", _anchor="waiting-title")
    if work.kind in _PENALTY:
        return url_for(
            "officer.show_penalty", application_id=work.application_id, notice_id=work.subject_id
        )
    return url_for("officer.show_application", application_id=work.application_id)


def _register_href(desk: Desk) -> str:
    return url_for("officer.list_colleagues", gemeente=desk.municipality_id)


def _title(work: Work) -> str:
    """What it is about, so that a link with it makes sense alone."""
    if work.kind is WorkKind.WORDING:
        return str(_("Letters of %(place)s", place=work.title))
    return work.title


def _why(work: Work, desk: Desk, names: Mapping[UUID, str]) -> str:
    if work.is_stuck:
        return ""
    if work.assigned_to == desk.officer_id:
        return str(_("yours"))
    name = names.get(work.assigned_to, "–") if work.assigned_to else ""
    if work.assigned_to in desk.stands_in_for:
        return str(_("you stand in for %(name)s", name=name))
    if work.kind in (WorkKind.APPROVE, WorkKind.OBJECT) and desk.is_officer:
        return str(_("within your mandate"))
    if work.application_id is None or (is_second_look(work) and not desk.is_officer):
        return str(_("for a second officer"))
    return str(_("with %(name)s", name=name) if name else _("with nobody yet"))
