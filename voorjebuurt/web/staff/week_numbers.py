"""The numbers of a week beside those of the week before and of the same week last year."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.kernel import clock
from voorjebuurt.payouts.week.mails import choose_mail, wants_mail
from voorjebuurt.payouts.week.queries import WeekNumbers, numbers_of
from voorjebuurt.payouts.week.rules import Week
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.staff.blueprint import blueprint


@blueprint.get("/cijfers-van-de-week")
def show_week() -> ResponseReturnValue:
    """One week, the last whole one unless another was asked for."""
    current = Week.of(clock.today())
    week = Week.parse(request.args.get("week", "")) or current.moved(-1)
    with reading() as session:
        columns = [numbers_of(session, each) for each in (week, week.moved(-1), week.year_before)]
        wants = wants_mail(session, signed_in_person().id)
    return render_template(
        "staff/week.html",
        week=week,
        columns=columns,
        heads=_heads(columns),
        earlier=week.moved(-1),
        later=week.moved(1) if week.start < current.start else None,
        is_running=week == current,
        mailed=wants,
    )


def _heads(columns: Sequence[WeekNumbers]) -> list[dict[str, object]]:
    weeks = [each.week for each in columns]
    names = [_("Week %(number)s of %(year)s", number=each.number, year=each.year) for each in weeks]
    return [{"label": _("What")}, *({"label": name, "numeric": True} for name in names)]


@blueprint.post("/cijfers-van-de-week/mail")
def choose_week_mail() -> ResponseReturnValue:
    """Mail me these numbers on Monday, or don't: what the button says."""
    wants = "send" in request.form
    do(
        lambda session: choose_mail(
            session, person_id=signed_in_person().id, wants=wants, actor=current_actor()
        ),
        message=_("You get these numbers by mail each Monday.")
        if wants
        else _("You get no more mail about these numbers."),
    )
    return redirect(url_for("staff.show_week"))
