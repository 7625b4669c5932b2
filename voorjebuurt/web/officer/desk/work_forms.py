"""What of the work list is shown, and to whom cases of it go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.people.queries import Officer
from voorjebuurt.people.teams.queries import TeamRow
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most
from voorjebuurt.web.officer.desk.work_rows import ORDERS, Item
from voorjebuurt.web.words.case_labels import WORK_KINDS

EVERYBODY, NOBODY, NO_TEAM = "alle", "niemand", "geen"
FILTERS = ("van", "team", "soort", "wanneer", "zoek", "volgorde", "richting")
"""The fields that a way of looking at the list is made of."""


class WorkForm(Form):
    """Which work to show."""

    class Meta:
        csrf = False

    van = SelectField(_l("Whose"), validators=[Optional()])
    team = SelectField(_l("Team"), validators=[Optional()])
    soort = SelectField(_l("What"), validators=[Optional()])
    wanneer = SelectField(_l("When"), validators=[Optional()])
    zoek = StringField(_l("Case, fund or area"), validators=[Optional(), at_most(100, quiet=True)])
    volgorde = SelectField(_l("Order by"), validators=[Optional()])
    richting = SelectField(_l("Direction"), validators=[Optional()])


@dataclass(frozen=True)
class Look:
    """One way of looking at the list, as the address says it; odd values are left out."""

    whose: str = ""
    team: str = ""
    kinds: Sequence[WorkKind] = ()
    when: str = ""
    words: str = ""
    order: str = "termijn"
    is_down: bool = False

    @property
    def mine(self) -> bool:
        """Whether only what is the officer's own, or nobody's, is looked at."""
        return self.whose == ""

    @property
    def is_narrow(self) -> bool:
        """Whether something may be left out that is on the desk."""
        return bool(self.whose or self.team or self.kinds or self.when or self.words)

    @property
    def is_fine(self) -> bool:
        """Whether it is narrowed or ordered by what is out of the way until it is used."""
        return bool(self.team or self.when or self.is_down or self.order != "termijn")

    def has_kind(self, kind: WorkKind) -> bool:
        """Whether work of this kind is part of it."""
        return not self.kinds or kind in self.kinds

    def keeps(self, item: Item) -> bool:
        """Whether an item is part of it, whose and kind aside."""
        if self.whose == NOBODY and item.work.assigned_to is not None:
            return False
        if self.whose not in ("", EVERYBODY, NOBODY) and str(item.work.assigned_to) != self.whose:
            return False
        if self.team and (str(item.work.team_id) if item.work.team_id else NO_TEAM) != self.team:
            return False
        if self.when and item.when != self.when:
            return False
        where = (item.title, item.work.number, item.work.fund_name, item.area)
        return self.words.casefold() in " ".join(where).casefold()


def work_form(
    colleagues: Sequence[Officer],
    teams: Sequence[TeamRow],
    whens: Mapping[str, str],
    *,
    has_desk: bool = True,
) -> WorkForm:
    """The form as asked for in the address; without teams where there are none.

    ``has_desk``: something can be the reader's own; an auditor begins with everybody's.
    """
    form = WorkForm(request.args)
    if teams:
        form.team.choices = [
            SelectChoice("", _("Any team, or none")),
            SelectChoice(NO_TEAM, _("No team")),
            *(SelectChoice(str(team.id), team.name) for team in teams),
        ]
    else:
        del form.team
    own = [
        SelectChoice("", _("Mine, and what nobody handles")),
        SelectChoice(EVERYBODY, _("Everybody's")),
    ]
    form.van.choices = [
        *(own if has_desk else [SelectChoice("", _("Everybody's"))]),
        SelectChoice(NOBODY, _("What nobody handles")),
        *(SelectChoice(str(each.id), each.name) for each in _once(colleagues)),
    ]
    form.soort.choices = [
        SelectChoice("", _("Everything")),
        *(SelectChoice(*pair) for pair in WORK_KINDS.items()),
    ]
    form.wanneer.choices = [
        SelectChoice("", _("Any time")),
        *(SelectChoice(*pair) for pair in whens.items()),
    ]
    form.volgorde.choices = [
        SelectChoice(*pair) for pair in ORDERS.items() if teams or pair[0] != "team"
    ]
    form.richting.choices = [SelectChoice("op", _("Up")), SelectChoice("af", _("Down"))]
    return form


def look_of(form: WorkForm, *, is_valid: bool) -> Look:
    """What the form asks for; everything that is the officer's own when it is not right."""
    if not is_valid:
        return Look()
    return Look(
        whose=form.van.data or "",
        team=(form.team.data or "") if "team" in form else "",
        kinds=[WorkKind(form.soort.data)] if form.soort.data else (),
        when=form.wanneer.data or "",
        words=form.zoek.data or "",
        order=form.volgorde.data or "termijn",
        is_down=form.richting.data == "af",
    )


def _once(colleagues: Sequence[Officer]) -> list[Officer]:
    """Who is an officer of two municipalities is one person."""
    by_id: dict[UUID, Officer] = {each.id: each for each in colleagues}
    return list(by_id.values())
