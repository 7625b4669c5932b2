"""The teams of a municipality: who is in them, and making, changing and ending one."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.decisions.cases.teams import end_team as end
from voorjebuurt.decisions.cases.teams import ending_parts, lock_with_cases, open_cases_by_team
from voorjebuurt.matching.funds.queries import funds_of
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.queries import Officer, officers
from voorjebuurt.people.teams import service
from voorjebuurt.people.teams.queries import TeamRow, team_by_id, team_parts, teams_in
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE
from voorjebuurt.web.officer.colleagues.forms import TeamEndForm, TeamForm
from voorjebuurt.web.words.written import as_written


@blueprint.get("/teams")
def list_teams() -> ResponseReturnValue:
    """The teams of one's municipalities, who is in each, and how many open cases it has."""
    reader = signed_in_person()
    with reading() as session:
        places = [each for each in municipalities(session) if each.id in reader.reads]
        return render_template(
            "officer/colleagues/teams.html",
            places=places,
            teams=teams_in(session, reader.reads),
            counts=_counts(session, reader.reads),
            funds=funds_of(session, reader.reads),
            manages={place.id for place in places if reader.id in appointers(session, place.id)},
        )


@blueprint.route("/teams/<uuid:municipality_id>/nieuw", methods=["GET", "POST"])
def make_team(municipality_id: UUID) -> ResponseReturnValue:
    """Make a team, by who may appoint officers here."""
    with reading() as session:
        _require_right(session, municipality_id)
        form = _form(officers(session, municipality_id))
    question = Question(
        title=_("Make a team"),
        about=_("Teams"),
        back=url_for("officer.list_teams"),
        button=_("Make this team"),
        done=_("The team is made. You can give cases to it now."),
    )
    return ask(
        question,
        form,
        lambda writer: service.make_team(
            writer,
            municipality_id=municipality_id,
            name=form.name.data or "",
            member_ids=_members(form),
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/teams/<uuid:team_id>/wijzigen", methods=["GET", "POST"])
def change_team(team_id: UUID) -> ResponseReturnValue:
    """Give a team another name, or other members."""
    with reading() as session:
        basis = PageBasis(SubjectKind.TEAM, team_id, service.locked_team, team_parts)
        version = PageVersion.of(session, basis)
        team = _team(session, team_id)
        form = _form(officers(session, team.municipality_id), team)
    form.version = version
    question = Question(
        title=_("Change the team"),
        about=as_written(team.name),
        back=url_for("officer.list_teams"),
        button=_("Save the team"),
        done=_("The team is saved."),
        says=(_("Cases stay with the team. Who handles a case keeps it."),),
    )
    return ask(
        question,
        form,
        lambda writer: service.change_team(
            writer,
            team_id=team_id,
            name=form.name.data or "",
            member_ids=_members(form),
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/teams/<uuid:team_id>/opheffen", methods=["GET", "POST"])
def end_team(team_id: UUID) -> ResponseReturnValue:
    """End a team, after saying where its open cases go."""
    with reading() as session:
        basis = PageBasis(SubjectKind.TEAM, team_id, lock_with_cases, ending_parts)
        version = PageVersion.of(session, basis)
        team = _team(session, team_id)
        count = open_cases_by_team(session, team.municipality_id).get(team_id, 0)
        all_funds = funds_of(session, [team.municipality_id])
    funds = [fund.name for fund in all_funds if fund.team_id == team_id]
    form = TeamEndForm()
    form.version = version
    if not count and not form.is_submitted():
        del form.lets_cases_go
    question = Question(
        title=_("End this team?"),
        about=as_written(team.name),
        back=url_for("officer.list_teams"),
        button=_("End the team"),
        done=_("The team is ended. Its cases keep who handles them."),
        says=_what_ends(count, funds),
        tone="danger",
    )
    return ask(
        question,
        form,
        lambda writer: end(
            writer,
            team_id=team_id,
            lets_cases_go="lets_cases_go" in form and form.lets_cases_go.data,
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


def _counts(session: Session, places: Collection[UUID]) -> dict[UUID, int]:
    """How many open cases each team has."""
    counts: dict[UUID, int] = {}
    for place in places:
        counts.update(open_cases_by_team(session, place))
    return counts


def _what_ends(count: int, funds: Sequence[str]) -> tuple[str, ...]:
    says = [_("The name stays in what was written down. The team can no longer get cases.")]
    if count:
        says.append(
            ngettext(
                "%(num)s open case is with this team. It goes to no team.",
                "%(num)s open cases are with this team. They go to no team.",
                count,
            )
        )
    if funds:
        names = ", ".join(f"‘{name}’" for name in funds)
        says.append(_("New applications to %(funds)s go to no team.", funds=names))
    return tuple(says)


def _form(colleagues: Sequence[Officer], team: TeamRow | None = None) -> TeamForm:
    data = (
        {"name": team.name, "members": [str(each) for each, _name in team.members]} if team else {}
    )
    form = TeamForm(data=data)
    form.members.choices = [
        SelectChoice(str(each.id), as_written(each.name)) for each in colleagues
    ]
    return form


def _members(form: TeamForm) -> list[UUID]:
    return [UUID(text) for text in form.members.data or ()]


def _team(session: Session, team_id: UUID) -> TeamRow:
    team = team_by_id(session, team_id) or abort(404)
    _require_right(session, team.municipality_id)
    return team


def _require_right(session: Session, municipality_id: UUID) -> None:
    if signed_in_person().id not in appointers(session, municipality_id):
        abort(403)
