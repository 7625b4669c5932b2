"""The officer's desk: everything that waits, what is due first on top."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.decisions.overviews.waiting import Work
from voorjebuurt.decisions.overviews.worklist import Desk, desk_of, work_list
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.matching.funds.queries import funds_with_small_cases
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.words.case_labels import WORK_KINDS

SOON_DAYS = 7
_TOGETHER = (WorkKind.DECIDE, WorkKind.APPROVE, WorkKind.DETERMINE)
_DECISION = (WorkKind.APPROVE, WorkKind.RECALL, WorkKind.POST)


class WorkForm(Form):
    """Which work to show."""

    class Meta:
        csrf = False

    van = SelectField(_l("Whose"), validators=[Optional()])
    soort = SelectField(_l("What"), validators=[Optional()])


@dataclass(frozen=True)
class Item:
    """A line of the work list: what waits, where it is done, and why it is this officer's."""

    work: Work
    href: str
    why: str


@blueprint.get("")
def show_desk() -> ResponseReturnValue:
    """What waits for this officer: what is too late, what is due within a week, and the rest."""
    form = _form()
    valid = form.validate()
    mine = form.van.data != "alle"
    kinds = [WorkKind(form.soort.data)] if valid and form.soort.data else []
    with reading() as session:
        desks = _desks(session)
        works = [
            (work, desk)
            for desk in desks
            for work in work_list(session, desk, mine=mine, kinds=kinds)
        ]
        names = names_of(session, [work.assigned_to for work, _desk in works])
        small = funds_with_small_cases(
            session, {work.fund_id for work, _desk in works if work.kind in _TOGETHER}
        )
    items = [Item(work, href_of(work), _why(work, desk, names)) for work, desk in works]
    return render_template(
        "officer/work.html",
        form=form,
        groups=_groups(sorted(items, key=lambda item: item.work.due_on)),
        mandate_cents=max((desk.mandate_cents for desk in desks), default=0),
        narrowed=bool(kinds) or not mine,
        small=small,
    )


def _form() -> WorkForm:
    form = WorkForm(request.args)
    form.van.choices = [
        SelectChoice("", _("Mine, and what nobody handles")),
        SelectChoice("alle", _("Everybody's")),
    ]
    form.soort.choices = [
        SelectChoice("", _("Everything")),
        *(SelectChoice(*pair) for pair in WORK_KINDS.items()),
    ]
    return form


def _desks(session: Session) -> list[Desk]:
    person = signed_in_person()
    return [
        desk_of(session, officer_id=person.id, municipality_id=place)
        for place in sorted(person.municipalities)
    ]


def href_of(work: Work) -> str:
    """The page on which it is done."""
    if work.kind in _DECISION:
        return url_for("officer.show_decision", decision_id=work.subject_id)
    if work.kind is WorkKind.OBJECT:
        return url_for("officer.show_objection", objection_id=work.subject_id)
    return url_for("officer.show_application", application_id=work.application_id)


def _why(work: Work, desk: Desk, names: Mapping[UUID, str]) -> str:
    if work.assigned_to == desk.officer_id:
        return str(_("yours"))
    name = names.get(work.assigned_to, "–") if work.assigned_to else ""
    if work.assigned_to in desk.stands_in_for:
        return str(_("you stand in for %(name)s", name=name))
    if work.kind in (WorkKind.APPROVE, WorkKind.OBJECT):
        return str(_("within your mandate"))
    return str(_("with %(name)s", name=name) if name else _("with nobody yet"))


def _groups(items: Iterable[Item]) -> Sequence[tuple[str, Sequence[Item]]]:
    """Under headings; empty ones are left out."""
    groups: dict[str, list[Item]] = {"late": [], "soon": [], "later": []}
    for item in items:
        days = item.work.days_left
        groups["late" if days < 0 else "soon" if days <= SOON_DAYS else "later"].append(item)
    titles = {"late": _("Too late"), "soon": _("This week"), "later": _("Later")}
    return [(titles[key], group) for key, group in groups.items() if group]
