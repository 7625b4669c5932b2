"""Writing one section of a draft: who sends letters, whom to call, the rules, the logo, a kind."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.kernel.versions import Parts
from voorjebuurt.ownwords import service
from voorjebuurt.ownwords.logo import MAX_BYTES, small_logo
from voorjebuurt.ownwords.queries import section_parts
from voorjebuurt.ownwords.rules import PLACES, LetterFamily
from voorjebuurt.ownwords.wording import NAMES, Wording
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.wording.forms import (
    ContactForm,
    LogoForm,
    PartsForm,
    PublicationForm,
    SenderForm,
)
from voorjebuurt.web.officer.wording.views import (
    KINDS,
    wording_version,
    wording_view,
)
from voorjebuurt.web.words.wording_labels import LETTER_KINDS

_SECTIONS: dict[str, type[Form]] = {
    "afzender": SenderForm,
    "contact": ContactForm,
    "regels": PublicationForm,
    "logo": LogoForm,
}


@blueprint.route("/brieven/<uuid:wording_id>/schrijven/<section>", methods=["GET", "POST"])
def edit_wording(wording_id: UUID, section: str) -> ResponseReturnValue:
    """One section of a draft, by its address: four of them, and one for each kind of letter."""
    kind = KINDS.get(section)
    if kind is None and section not in _SECTIONS:
        abort(404)
    with reading() as session:
        version = wording_version(session, wording_id, _shown_parts(section, kind))
        view = wording_view(session, wording_id)
    back = url_for("officer.show_wording", wording_id=wording_id)
    if not view.is_draft:
        flash(_("Nobody can change this version any longer."), "error")
        return redirect(back)
    form = _form(section, kind, view.wording)
    form.version = version
    if form.validate_on_submit() and _saved(wording_id, form, kind):
        flash(_("Saved. Letters change once a colleague approved this version."), "ok")
        return redirect(back)
    return render_template(
        "officer/wording/edit.html",
        form=form,
        view=view,
        section=section,
        title=LETTER_KINDS[kind] if kind else _titles()[section],
        kind=kind,
    )


def _shown_parts(section: str, kind: LetterFamily | None) -> Callable[[Session, UUID], Parts]:
    """What the form shows: two people can write different sections at once."""
    form = _SECTIONS.get(section)
    names = [name for name in NAMES if form is not None and hasattr(form, name)]
    return partial(section_parts, names=names, kind=kind)


def _titles() -> dict[str, str]:
    return {
        "afzender": _("Who decides and who signs"),
        "contact": _("Contact, objection and court"),
        "regels": _("Published rules and budget"),
        "logo": _("Logo"),
    }


def _form(section: str, kind: LetterFamily | None, wording: Wording) -> Form:
    if kind is not None:
        return PartsForm(data={place: wording.part(kind, place) for place in PLACES})
    return _SECTIONS[section](data={**vars(wording), "logo": None})


def _saved(wording_id: UUID, form: Form, kind: LetterFamily | None) -> bool:
    """Write what the form says; False when something of it is no good, which the form tells."""
    with refusals_shown(form):
        changes = _changes(form)
        parts = (kind.value, changes) if kind is not None else None
        return carried_out(
            form,
            lambda session: service.write(
                session,
                wording_id=wording_id,
                changes={} if parts else changes,
                parts=parts,
                actor=current_actor(),
            ),
        )
    return False


def _changes(form: Form) -> dict[str, str]:
    """What the form says, by name. Raises ``DomainError`` for a picture that is no good."""
    if not isinstance(form, LogoForm):
        return {field.name: field.data or "" for field in form if field.name != "csrf_token"}
    if form.remove_logo.data:
        return {"logo": ""}
    upload = form.logo.data
    if not upload:
        return {}
    # One byte more than may be: enough to know that it is too large.
    return {"logo": small_logo(upload.stream.read(MAX_BYTES + 1))}
