"""What is kept of oneself: to read and print, and as a file to take along."""

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.owndata import export, mailed_access
from voorjebuurt.owndata.items import OwnData
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.auth.forms import DataForm
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading, the_sealer
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


@blueprint.get("/mijn/gegevens")
def show_own_data() -> str:
    """All that is kept of who is signed in."""
    file_href = url_for("auth.download_own_data")
    erase_href = url_for("auth.erase_own_data")
    return render_template(
        "auth/own_data.html", data=_own(), file_href=file_href, erase_href=erase_href
    )


@blueprint.get("/mijn/gegevens.json")
def download_own_data() -> Response:
    """The same as a file."""
    return _file(_own())


@blueprint.route("/gegevens", methods=["GET", "POST"])
def ask_own_data() -> ResponseReturnValue:
    """For who has no account: a link by mail. What is said is the same for every address."""
    form = DataForm()
    answer = submit(
        form,
        lambda session: mailed_access.ask_for_link(
            session, email=form.email.data or "", locale=chosen_locale()
        ),
        message=_(
            "We mailed you a link. It shows what we keep of your address. There you can also have "
            "it erased."
        ),
        back=url_for("auth.ask_own_data"),
    )
    return answer or render_template("auth/ask_own_data.html", form=form)


@blueprint.get(f"/gegevens/{_TOKEN}")
def show_mailed_data(token: str) -> ResponseReturnValue:
    """What is kept of the address that a link was mailed to."""
    data = _of_link(token)
    if data is None:
        flash(_("This link doesn’t work any more. Ask for a new one."), "error")
        return redirect(url_for("auth.ask_own_data"))
    file_href = url_for("auth.download_mailed_data", token=token)
    erase_href = url_for("auth.erase_mailed_data", token=token)
    return render_template(
        "auth/own_data.html", data=data, file_href=file_href, erase_href=erase_href
    )


@blueprint.get(f"/gegevens/{_TOKEN}/bestand.json")
def download_mailed_data(token: str) -> Response:
    """The same as a file."""
    return _file(_of_link(token) or abort(404))


def _own() -> OwnData:
    with reading() as session:
        return export.data_of_person(session, signed_in_person().id, sealer=the_sealer())


def _of_link(token: str) -> OwnData | None:
    with reading() as session:
        email = mailed_access.address_of_link(session, token)
        return None if email is None else export.data_of_address(session, email)


def _file(data: OwnData) -> Response:
    response = make_response(export.as_json(data))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response
