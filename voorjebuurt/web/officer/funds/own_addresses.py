"""By which addresses the municipality itself gives: its own gifts are never matched."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.pledges import unmatched
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.address import AddressForm
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.route("/eigen-adressen", methods=["GET", "POST"])
def list_own_addresses() -> ResponseReturnValue:
    """The addresses and domains that were named, and the form for another one."""
    place = _place()
    with reading() as session:
        addresses = unmatched.funder_addresses(session, place)
    form = AddressForm()
    question = Question(
        title=_("Addresses of the municipality"),
        button=_("Add the address"),
        done=_("The address is on the list."),
        back=url_for("officer.list_own_addresses"),
    )
    return ask(
        question,
        form,
        lambda session: unmatched.name_funder_address(
            session, municipality_id=place, email=form.email.data or "", actor=current_actor()
        ),
        template="officer/own_addresses.html",
        addresses=addresses,
    )


@blueprint.post("/eigen-adressen/<uuid:giver_id>/verwijder")
def remove_own_address(giver_id: UUID) -> ResponseReturnValue:
    """Take an address off the list of one's own municipality."""
    place = _place()
    do(
        lambda session: unmatched.remove_funder_address(
            session, municipality_id=place, giver_id=giver_id, actor=current_actor()
        ),
        message=_("The address is off the list."),
    )
    return redirect(url_for("officer.list_own_addresses"))


def _place() -> UUID:
    """The municipality that this officer acts for; of several, always the same one."""
    return min(signed_in_person().municipalities)
