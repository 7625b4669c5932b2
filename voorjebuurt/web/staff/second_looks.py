"""Everything that waits for a second pair of eyes, in one place."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.payouts.look_kinds import LookKind
from voorjebuurt.payouts.second_looks import second_looks
from voorjebuurt.people.rules import Role
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.staff.blueprint import blueprint

PAGES = {
    LookKind.PAYEE: ("staff.show_payee", "payee_id"),
    LookKind.WAIVER: ("staff.show_checklist", "payee_id"),
    LookKind.PAYOUT: ("staff.show_payout", "payout_id"),
    LookKind.FUND_RETURN: ("staff.show_return", "return_id"),
    LookKind.DEPOSIT: ("staff.show_deposit", "deposit_id"),
    LookKind.CASH: ("staff.show_cash", "campaign_id"),
    LookKind.ROLE: ("staff.show_person", "person_id"),
    LookKind.ADDRESS: ("staff.show_person", "person_id"),
}
"""Where each kind is finished, and what its address names."""


@blueprint.get("/tweede-paar-ogen")
def list_second_looks() -> ResponseReturnValue:
    """What the reader can finish, what waits for a colleague, and what for the list of an account.

    Auditors read of money only.
    """
    actor = current_actor()
    is_staff = Role.STAFF in actor.roles
    with reading() as session:
        looks = second_looks(session, of_people=is_staff)
    own = [look for look in looks if is_staff and look.may_be_done_by(actor.person_id)]
    return render_template(
        "staff/second_looks.html",
        own=own,
        unchecked=[look for look in looks if look.checklist_of],
        others=[look for look in looks if look not in own and not look.checklist_of],
        pages=PAGES,
        linked=LookKind if is_staff else set(LookKind) - {LookKind.PAYEE},
    )
