"""Several cases at once to one officer or team, chosen on the work list."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from voorjebuurt.decisions.cases.delegations import MOST_AT_ONCE, assign_many
from voorjebuurt.matching.applications.queries import ApplicationRow, rows_of_applications
from voorjebuurt.people.queries import Officer, officers
from voorjebuurt.people.teams.queries import teams_in
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE
from voorjebuurt.web.officer.cases.team_choices import chosen_team, offer_teams


class HandoutForm(Form):
    """Which cases, and to whom they go."""

    cases = SelectMultipleField(
        _l("Cases"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
    officer = SelectField(_l("Officer"), validators=[Optional()])
    team = SelectField(_l("Team"), validators=[Optional()])
    reason = StringField(_l("Reason"), validators=[Optional(), at_most(500)])


@blueprint.route("/verdelen", methods=["GET", "POST"])
def assign_cases() -> ResponseReturnValue:
    """Give the cases of ``?zaak=`` to an officer or a team; those that can't go are named."""
    ids = _asked()
    with reading() as session:
        rows = [
            row
            for row in rows_of_applications(session, ids)
            if row.municipality_id in signed_in_person().municipalities
        ]
        places = {row.municipality_id for row in rows}
        colleagues = officers(session, min(places)) if len(places) == 1 else []
        teams = teams_in(session, places) if len(places) == 1 else []
    if not rows:
        flash(_("Choose cases in the list first."), "error")
        return redirect(url_for("officer.show_desk", van="alle"))
    form = _form(rows, colleagues)
    offer_teams(form, teams, may_stay=True)
    question = Question(
        title=_("Who handles these cases?"),
        about=_("To do"),
        back=url_for("officer.show_desk", van="alle"),
        button=_("Give these cases"),
        done=_("The cases are given. Each says so in its own trail."),
        says=_says(places, has_teams=bool(teams)),
    )
    return ask(question, form, lambda session: _assign(session, form), template=TEMPLATE)


def _says(places: set[UUID], *, has_teams: bool) -> tuple[str, ...]:
    stays = _("Cases in which the colleague has a stake stay where they are.")
    if len(places) > 1:
        return (_("These cases are of several municipalities: nobody can get all of them."), stays)
    if has_teams:
        return (
            _("If you choose a team and nobody in particular, whoever is first takes a case."),
            stays,
        )
    return (stays,)


def _asked() -> list[UUID]:
    """The cases of the address, or of the form that was sent; odd values are left out."""
    texts = [*request.args.getlist("zaak"), *request.form.getlist("cases")]
    ids: list[UUID] = []
    for text in texts[: 2 * MOST_AT_ONCE]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(ids))


def _form(rows: Sequence[ApplicationRow], colleagues: Sequence[Officer]) -> HandoutForm:
    form = HandoutForm(data={"cases": [str(row.id) for row in rows]})
    form.cases.choices = [SelectChoice(str(row.id), row.name) for row in rows]
    form.officer.choices = [
        SelectChoice("", _("Nobody in particular")),
        *(SelectChoice(str(each.id), each.name) for each in colleagues),
    ]
    return form


def _assign(session: Session, form: HandoutForm) -> None:
    outcome = assign_many(
        session,
        application_ids=[UUID(text) for text in form.cases.data or ()],
        officer_id=UUID(form.officer.data) if form.officer.data else None,
        team_id=chosen_team(form),
        reason=form.reason.data or "",
        actor=current_actor(),
    )
    if outcome.with_stake:
        flash(
            ngettext(
                "%(num)s case stays where it is, for the colleague has a stake in it: %(numbers)s.",
                "%(num)s cases stay where they are, for the colleague has a stake: %(numbers)s.",
                len(outcome.with_stake),
                numbers=", ".join(outcome.with_stake),
            ),
            "info",
        )
