"""Which team gets a fund's new applications."""

from uuid import UUID

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.matching.funds.queries import fund_by_id
from voorjebuurt.matching.funds.teams import choose_team, team_of_fund_parts
from voorjebuurt.people.teams.queries import teams_in
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.versions import fund_version
from voorjebuurt.web.words.written import as_written


class FundTeamForm(Form):
    """The team, or none."""

    team = SelectField(_l("Team"), validators=[Optional()])


@blueprint.route("/fondsen/<uuid:fund_id>/team", methods=["GET", "POST"])
def choose_fund_team(fund_id: UUID) -> ResponseReturnValue:
    """Choose the team that gets new applications; also of a fund that is public."""
    with reading() as session:
        version = fund_version(session, fund_id, team_of_fund_parts)
        fund = fund_by_id(session, fund_id) or abort(404)
        teams = teams_in(session, [fund.municipality_id])
    form = FundTeamForm(data={"team": str(fund.team_id or "")})
    form.version = version
    form.team.choices = [
        SelectChoice("", _("No team")),
        *(SelectChoice(str(team.id), team.name) for team in teams),
    ]
    question = Question(
        title=_("Which team gets new applications?"),
        about=as_written(fund.name),
        back=url_for("officer.show_fund", fund_id=fund_id),
        button=_("Save"),
        done=_("Saved. It is for applications that come in from now on."),
        says=(_("Applications that are in keep the team they have."),),
    )
    return ask(
        question,
        form,
        lambda session: choose_team(
            session,
            fund_id=fund_id,
            team_id=UUID(form.team.data) if form.team.data else None,
            actor=current_actor(),
        ),
        template="officer/question.html",
    )
