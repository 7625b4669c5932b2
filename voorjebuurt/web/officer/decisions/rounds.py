"""The decisions of a division: proposed in one go, approved one by one."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from voorjebuurt.decisions.cases.parts import round_parts
from voorjebuurt.decisions.rulings.batches import propose_round as propose
from voorjebuurt.decisions.rulings.queries import last_decisions
from voorjebuurt.matching.funds.queries import fund_row
from voorjebuurt.matching.rounds.queries import RoundView, round_views
from voorjebuurt.matching.rounds.rows import fund_with_applications
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actions import refusals_flashed
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.kit.versions import writing_as_shown
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.versions import fund_version


@blueprint.get("/fondsen/<uuid:fund_id>/verdeling")
def show_round(fund_id: UUID) -> ResponseReturnValue:
    """What a division says for every application, and where the decision on it stands."""
    page = Page.asked(size=50)
    with reading() as session:
        version = fund_version(session, fund_id, round_parts, lock=fund_with_applications)
        fund = fund_row(session, fund_id) or abort(404)
        rounds = round_views(session, fund_id)
        standing = last_decisions(session, fund_id)
        names = names_of(session, [decision.proposed_by for decision in standing.values()])
    view = _asked(rounds)
    lines = view.lines[page.offset : page.offset + page.limit] if view else []
    return render_template(
        "officer/rounds/show.html",
        version=version,
        fund=fund,
        rounds=rounds,
        view=view,
        lines=page.cut(lines),
        standing=standing,
        to_propose=_to_propose(rounds, standing.keys()),
        names=names,
        page=page,
    )


@blueprint.post("/fondsen/<uuid:fund_id>/verdeling/voorstellen")
def propose_round(fund_id: UUID) -> ResponseReturnValue:
    """Propose what the division says, for every application on which nothing is proposed yet."""
    with reading() as session:
        version = fund_version(session, fund_id, round_parts, lock=fund_with_applications)
    with refusals_flashed():
        with writing_as_shown(version) as session:
            batch = propose(session, fund_id=fund_id, actor=current_actor())
        number = len(batch.proposed)
        flash(ngettext("%(num)s decision proposed.", "%(num)s decisions proposed.", number), "ok")
        if batch.with_stake:
            titles = ", ".join(batch.with_stake)
            flash(_("You have a stake here, so a colleague must propose: %(left)s", left=titles))
        if batch.with_intention:
            numbers = ", ".join(batch.with_intention)
            flash(
                _(
                    "Left alone, as their applicants are asked for their views: %(left)s",
                    left=numbers,
                )
            )
    return redirect(url_for("officer.show_round", fund_id=fund_id))


def _asked(rounds: Sequence[RoundView]) -> RoundView | None:
    """The round of ``?ronde=``, else the last one."""
    number = request.args.get("ronde", "")
    last = rounds[-1] if rounds else None
    return next((round_view for round_view in rounds if str(round_view.number) == number), last)


def _to_propose(rounds: Sequence[RoundView], decided_ids: Collection[UUID]) -> int:
    """On how many applications of the last round nothing was proposed yet."""
    lines = rounds[-1].lines if rounds else ()
    return sum(1 for line in lines if line.application_id not in decided_ids)
