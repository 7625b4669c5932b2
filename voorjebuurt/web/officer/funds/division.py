"""Dividing a closed fund: what happens, the number for a lottery, and the question."""

from uuid import UUID

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.matching.funds.parts import pot_parts
from voorjebuurt.matching.funds.queries import fund_by_id
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.rounds.queries import draws_lots
from voorjebuurt.matching.rounds.rows import fund_with_applications
from voorjebuurt.matching.rounds.service import divide_round
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.versions import fund_version
from voorjebuurt.web.words.written import as_written


class DivideForm(Form):
    """Nothing but a button, where no lots are drawn."""


class LotteryForm(Form):
    """The number that the published source tells."""

    lottery_seed = StringField(_l("Number for the lottery"), validators=[at_most(100)])


@blueprint.route("/fondsen/<uuid:fund_id>/verdelen", methods=["GET", "POST"])
def divide_fund(fund_id: UUID) -> ResponseReturnValue:
    """Divide the money over the applications that were admitted."""
    with reading() as session:
        version = fund_version(session, fund_id, pot_parts, lock=fund_with_applications)
        fund = fund_by_id(session, fund_id) or abort(404)
        lots = draws_lots(session, fund_id)
    if fund.live or fund.status != FundStatus.CLOSED:
        abort(404)
    form = LotteryForm() if lots else DivideForm()
    form.version = version
    if lots:
        form.lottery_seed.description = _(
            "From the source that was published: %(source)s", source=fund.lottery_source
        )
    return ask(
        Question(
            title=_("Divide the money"),
            button=_("Divide now"),
            done=_("The money is divided. Now propose a decision for every application."),
            about=as_written(fund.name),
            back=url_for("officer.show_fund", fund_id=fund_id),
            says=(
                _("The rules that were published are applied to all admitted applications."),
                _("Gifts count that were paid before the fund closed and did not go back."),
            ),
            warning=_("This happens once. The outcome is kept, so that anybody can check it."),
        ),
        form,
        lambda session: divide_round(
            session,
            fund_id=fund_id,
            lottery_seed=form.lottery_seed.data if lots else None,
            actor=current_actor(),
        ),
        template="officer/question.html",
    )
