"""The logo of a group or firm that gave: sent by its donor, and shown to everybody after a yes."""

from uuid import UUID

from flask import abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.ownwords.logo import MAX_BYTES, logo_bytes, small_logo
from voorjebuurt.pledges.corrections.words import lock_gift
from voorjebuurt.pledges.dedications.logos import logo_parts, send_logo, withdraw_logo
from voorjebuurt.pledges.dedications.queries import shown_logo
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import carried_out, gone_on
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.public.blueprint import blueprint

_KEPT_SECONDS = 300
"""So long a browser may show a logo without asking again: one that was taken off is gone soon."""


class LogoForm(Form):
    """The picture beside a group's name."""

    logo = FileField(
        _l("Logo"),
        description=_l(
            "A PNG or JPEG of at most 2 MB. We make it at most 600 by 200 pixels, on white."
        ),
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )


@blueprint.route("/giften/<token>/logo", methods=["GET", "POST"])
def change_gift_logo(token: str) -> ResponseReturnValue:
    """Send a logo for a coach to see, or another one; for as long as the gift counts."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
        basis = PageBasis(SubjectKind.PLEDGE, gift.id, lock_gift, logo_parts)
        version = PageVersion.of(session, basis)
    back = url_for("public.show_gift", token=token)
    if not gift.takes_logo:
        return redirect(back)
    form = LogoForm()
    form.version = version
    if form.validate_on_submit() and _sent(form, token):
        return gone_on(message=_("Thank you. A coach looks at your logo first."), back=back)
    return render_template("public/dedications/logo.html", gift=gift, form=form)


def _sent(form: LogoForm, token: str) -> bool:
    upload = form.logo.data
    with refusals_shown(form):
        # One byte more than may be: enough to know that it is too large.
        picture = small_logo(upload.stream.read(MAX_BYTES + 1)) if upload else ""
        return carried_out(
            form,
            lambda session: send_logo(session, token=token, picture=picture, actor=current_actor()),
        )
    return False


@blueprint.post("/giften/<token>/logo/weg")
def withdraw_gift_logo(token: str) -> ResponseReturnValue:
    """Throw one's logo away."""
    do(
        lambda session: withdraw_logo(session, token=token, actor=current_actor()),
        message=_("Your logo is gone."),
    )
    return redirect(url_for("public.show_gift", token=token))


@blueprint.get("/logos/<uuid:pledge_id>.png")
def send_group_logo(pledge_id: UUID) -> ResponseReturnValue:
    """A logo that a coach let on a page; there is no other way to it for everybody."""
    with reading() as session:
        picture = shown_logo(session, pledge_id) or abort(404)
    response = make_response(logo_bytes(picture))
    response.headers["Content-Type"] = "image/png"
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return response
