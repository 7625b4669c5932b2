"""How one's own account is kept safe: the second step, and where one is signed in."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.people import sign_ins
from voorjebuurt.people.factors.queries import factor_state
from voorjebuurt.people.queries import open_sign_ins
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.kit.actors import current_actor, end_session, signed_in_person
from voorjebuurt.web.kit.database import reading, writing


@blueprint.get("/mijn/beveiliging")
def show_security() -> str:
    """The second step, and the devices that somebody is signed in on."""
    person = signed_in_person()
    with reading() as db:
        state = factor_state(db, person.id)
        devices = open_sign_ins(db, person.id)
    return render_template("auth/security.html", person=person, state=state, devices=devices)


@blueprint.post("/mijn/apparaten/<uuid:sign_in_id>/uitloggen")
def end_device(sign_in_id: UUID) -> ResponseReturnValue:
    """Sign out on one device, which may be this one."""
    if sign_in_id == signed_in_person().sign_in_id:
        end_session()
        flash(_("You are signed out."), "ok")
        return redirect(url_for("auth.show_sign_in"))
    with writing() as db:
        sign_ins.end_sign_in(db, sign_in_id=sign_in_id, actor=current_actor())
    flash(_("You are signed out on that device."), "ok")
    return redirect(url_for("auth.show_security"))
