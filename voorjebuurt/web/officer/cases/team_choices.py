"""The field of a form that says which team has a case; not there where there are no teams."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from wtforms import SelectChoice

from voorjebuurt.decisions.cases.delegations import Keep, TeamChoice
from voorjebuurt.people.teams.queries import TeamRow
from voorjebuurt.web.kit.forms.fields import Form

STAYS, NONE = "blijft", ""


def offer_teams(form: Form, teams: Sequence[TeamRow], *, may_stay: bool = False) -> None:
    """Give ``form.team`` its choices, with ``may_stay`` also leaving each case with its own."""
    if not teams:
        del form.team
        return
    form.team.choices = [
        *([SelectChoice(STAYS, _("Leave the team as it is"))] if may_stay else []),
        SelectChoice(NONE, _("No team")),
        *(SelectChoice(str(team.id), team.name) for team in teams),
    ]


def chosen_team(form: Form) -> TeamChoice:
    """The team that the form asks for."""
    if "team" not in form or form.team.data == STAYS:
        return Keep.TEAM
    return UUID(form.team.data) if form.team.data else None
