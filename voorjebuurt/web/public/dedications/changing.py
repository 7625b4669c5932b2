"""Correcting in whose name a gift that was paid is, or for whom."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.pledges.corrections.words import lock_gift
from voorjebuurt.pledges.dedications.choosing import change_dedication, dedication_parts
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.dedication_fields import DedicationFields, dedication_before


@blueprint.route("/giften/<token>/namens", methods=["GET", "POST"])
def change_dedication_of_gift(token: str) -> ResponseReturnValue:
    """Until the last day of the campaign is over; of a present, until it was told."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
        basis = PageBasis(SubjectKind.PLEDGE, gift.id, lock_gift, dedication_parts)
        version = PageVersion.of(session, basis)
    back = url_for("public.show_gift", token=token)
    if not gift.dedication_changeable:
        return redirect(back)
    form = DedicationFields(data=dedication_before(gift.dedication))
    form.version = version
    answer = submit(
        form,
        lambda session: change_dedication(
            session, token=token, wish=form.dedication_wish(), actor=current_actor()
        ),
        message=_("We have changed it."),
        back=back,
    )
    return answer or render_template("public/dedications/change.html", gift=gift, form=form)
