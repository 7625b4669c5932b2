"""An account that another gave: agreed to, refused, or confirmed by who took over."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.payouts.agreeing import agree_to_payee as agree
from voorjebuurt.payouts.agreeing import drop_proposal
from voorjebuurt.payouts.payees import confirm_payee as confirm
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import the_sealer, the_settings
from voorjebuurt.web.resident.blueprint import blueprint


@blueprint.post("/acties/<uuid:campaign_id>/rekening/<uuid:payee_id>/akkoord")
def agree_to_payee(campaign_id: UUID, payee_id: UUID) -> ResponseReturnValue:
    """Agree to the account that another proposed."""
    do(
        lambda session: agree(
            session,
            payee_id=payee_id,
            cooling_off_days=the_settings().payouts.cooling_off_days,
            sealer=the_sealer(),
            actor=current_actor(),
        ),
        message=_("You agreed to this account. We check it, and mail all of you."),
    )
    return redirect(url_for("resident.show_payee", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/rekening/<uuid:payee_id>/niet")
def drop_payee(campaign_id: UUID, payee_id: UUID) -> ResponseReturnValue:
    """Say no to it, or take one's own proposal back."""
    do(
        lambda session: drop_proposal(session, payee_id=payee_id, actor=current_actor()),
        message=_("This account is not proposed any more."),
    )
    return redirect(url_for("resident.show_payee", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/rekening/<uuid:payee_id>/bevestigen")
def confirm_payee(campaign_id: UUID, payee_id: UUID) -> ResponseReturnValue:
    """Say that an account that one inherited is still right."""
    do(
        lambda session: confirm(
            session,
            payee_id=payee_id,
            cooling_off_days=the_settings().payouts.cooling_off_days,
            sealer=the_sealer(),
            actor=current_actor(),
        ),
        message=_("You confirmed this account. Somebody else looks at it before we pay."),
    )
    return redirect(url_for("resident.show_payee", campaign_id=campaign_id))
