"""The decision on an objection: proposed with what replaces the old one, approved, sent back."""

from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.queries import last_court, objection_row
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling, return_ruling
from voorjebuurt.decisions.objections.rulings.outcomes import RulingDraft, propose_ruling
from voorjebuurt.decisions.objections.rulings.preview import RulingBounds, ruling_bounds
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.overviews.objection_file import (
    ObjectionFile,
    objection_file,
    ruling_paper,
)
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_objection
from voorjebuurt.decisions.proof.objection_schema import read_ruling
from voorjebuurt.decisions.rules.grounds import GROUNDS
from voorjebuurt.decisions.rulings.preview import DecisionBounds
from voorjebuurt.kernel import text
from voorjebuurt.ownwords.queries import wording_in_force
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE
from voorjebuurt.web.officer.cases.forms import ReasonForm
from voorjebuurt.web.officer.decisions.objections import (
    about_objection,
    pdf_answer,
    ruling_version,
)
from voorjebuurt.web.officer.decisions.ruling_forms import RulingForm
from voorjebuurt.web.words.case_labels import DECISION_KINDS
from voorjebuurt.web.words.messages import text_of


@blueprint.route("/bezwaren/<uuid:objection_id>/beslissen", methods=["GET", "POST"])
def decide_objection(objection_id: UUID) -> ResponseReturnValue:
    """Propose the decision on it, with what comes in the place of the old one."""
    # Written in a savepoint that is rolled back: what would replace the old decision.
    with writing() as session:
        file = objection_file(session, objection_id) or abort(404)
        bounds = ruling_bounds(session, objection_id=objection_id, actor=current_actor())
        form = _form(file, bounds, _court(session, file.objection.municipality_id))
    question = Question(
        title=_("Propose the decision on the objection"),
        **about_objection(objection_id),
        button=_("Propose the decision"),
        done=_("The decision is proposed. A colleague who had no part in it can approve it now."),
        says=_says(bounds),
        warning=text_of(bounds.obstacle) if bounds.obstacle else "",
    )
    return ask(
        question,
        form,
        lambda session: _propose(session, objection_id, form),
        template="officer/objections/decide.html",
        file=file,
        bounds=bounds,
    )


def _says(bounds: RulingBounds) -> tuple[str, ...]:
    locale = chosen_locale()
    kinds = [
        _kind_in_words(each, locale)
        for each in bounds.kinds
        if each.highest_cents  # A refusal has no amount to say anything about.
    ]
    rest = _("Left in the fund: %(amount)s.", amount=text.euro(bounds.left_cents, locale))
    if bounds.pot_short:
        return (*kinds, rest, _("That is too little for an award. Raise the ceiling first."))
    if any(each.is_maximum for each in bounds.kinds):
        maximum = _("An award says how much at most: the fund adds to gifts by its rule.")
        return (*kinds, rest, maximum)
    return (*kinds, rest)


def _kind_in_words(bounds: DecisionBounds, locale: str) -> str:
    amounts = {
        "kind": str(DECISION_KINDS[bounds.kind]).capitalize(),
        "highest": text.euro(bounds.highest_cents, locale),
    }
    if bounds.lowest_cents == bounds.highest_cents:
        return str(_("%(kind)s: exactly %(highest)s.", **amounts))
    lowest = text.euro(bounds.lowest_cents, locale)
    return str(_("%(kind)s: between %(lowest)s and %(highest)s.", lowest=lowest, **amounts))


def _court(session: Session, municipality_id: UUID) -> str:
    """The court of the municipality's letters, else the one that was named last."""
    current = wording_in_force(session, municipality_id)
    if current is not None and current.wording.court:
        return f"de rechtbank {current.wording.court}"
    return last_court(session, municipality_id)


def _form(file: ObjectionFile, bounds: RulingBounds, court: str) -> RulingForm:
    """The form with only what this objection can have."""
    form = RulingForm(data={"court": court, "follows": "yes"})
    form.kind.choices = [
        SelectChoice(each.kind.value, DECISION_KINDS[each.kind]) for each in bounds.kinds
    ]
    grounds = {ground.code for each in bounds.kinds for ground in each.grounds}
    names = {code: GROUNDS[code].text(chosen_locale(), "refusal") for code in sorted(grounds)}
    form.grounds.choices = [SelectChoice(code, name) for code, name in names.items()]
    form.joined.choices = [
        SelectChoice(str(other.id), f"{other.number} {other.party_name}".strip())
        for other in file.others
    ]
    if not file.others:
        del form.joined
    if not file.course.committee:
        del form.follows, form.deviation
    if not file.costs_asked:
        del form.costs
    return form


def _propose(session: Session, objection_id: UUID, form: RulingForm) -> None:
    def value(name: str, empty: Any) -> Any:
        return form[name].data or empty if name in form else empty

    kind = value("kind", "")
    new = None
    if kind and form.outcome.data in ("upheld", "partly_upheld"):
        grounds = () if kind in ("award", "determination") else value("grounds", ())
        reason = value("new_reason", "") if grounds else ""
        new = Replacement(kind, value("amount", 0), grounds, reason)
    draft = RulingDraft(
        outcome=form.outcome.data,
        reason=form.reason.data or "",
        court=form.court.data or "",
        public_reason=form.public_reason.data or "",
        follows_advice=value("follows", "yes") == "yes",
        deviation=value("deviation", ""),
        costs_cents=value("costs", 0),
        extra_cents=value("extra", 0),
        extra_reason=value("extra_reason", ""),
        joined=[UUID(key) for key in value("joined", [])],
        replacement=new,
    )
    propose_ruling(session, objection_id=objection_id, draft=draft, actor=current_actor())


@blueprint.get("/bezwaren/<uuid:objection_id>/beslissing")
def show_ruling(objection_id: UUID) -> ResponseReturnValue:
    """The letters: of the decision on the objection, and of what replaces the old decision."""
    with reading() as session:
        file = objection_file(session, objection_id) or abort(404)
        ruling = file.open_ruling or file.sent_ruling or abort(404)
        paper = ruling_paper(session, ruling.id, objection_id) or abort(404)
        announcement = letters.read_announcement(paper.announcement) if paper.announcement else None
        own = html_of(ruling_letter(read_ruling(paper.snapshot), announcement))
        new = letters.show(ruling.replacement, announcement) if ruling.replacement else None
    return render_template(
        "officer/objections/ruling.html", file=file, ruling=ruling, letter=own, new_letter=new
    )


@blueprint.get("/bezwaren/<uuid:objection_id>/beslissing.pdf")
def send_ruling_letter(objection_id: UUID) -> ResponseReturnValue:
    """The letter as PDF: the bytes that were sent; before that a draft, which says so."""
    with reading() as session:
        file = objection_file(session, objection_id) or abort(404)
        last = file.open_ruling or file.sent_ruling or abort(404)
        paper = ruling_paper(session, last.id, objection_id) or abort(404)
        pdf = paper.letter or pdf_of(ruling_letter(read_ruling(paper.snapshot)))
    return pdf_answer(pdf, f"{last.number} {file.objection.number}")


@blueprint.post("/bezwaren/<uuid:objection_id>/beslissing/goedkeuren")
def approve_ruling_on_objection(objection_id: UUID) -> ResponseReturnValue:
    """Approve it, as a second officer who did not decide before."""
    with reading() as session:
        row = objection_row(session, objection_id) or abort(404)
        version = ruling_version(session, row.application_id, objection_id)
        file = objection_file(session, objection_id) or abort(404)
        ruling_id = _shown_ruling(file).id
    do(
        lambda session: approve_ruling(
            session,
            ruling_id=ruling_id,
            recall_minutes=the_settings().decisions.recall_minutes,
            actor=current_actor(),
        ),
        message=_("The decision is approved. It is sent when the time to recall it is over."),
        version=version,
    )
    return redirect(url_for("officer.show_objection", objection_id=objection_id))


@blueprint.route("/bezwaren/<uuid:objection_id>/beslissing/terug", methods=["GET", "POST"])
def return_ruling_on_objection(objection_id: UUID) -> ResponseReturnValue:
    """Send a proposal back, or recall one that was approved; with the reason."""
    form = ReasonForm()
    with reading() as session:
        row = objection_row(session, objection_id) or abort(404)
        form.version = ruling_version(session, row.application_id, objection_id)
        file = objection_file(session, objection_id) or abort(404)
        ruling = _shown_ruling(file)
        ruling_id, is_proposal = ruling.id, ruling.status != "approved"
        is_own = ruling.proposed_by == current_actor().person_id
        obstacle = obstacle_to_objection(
            session, decision_id=file.decision.id, actor=current_actor()
        )
    question = Question(
        title=_("Send this proposal back?") if is_proposal else _("Recall this decision?"),
        **about_objection(objection_id),
        button=_("Send it back") if is_proposal else _("Recall the decision"),
        tone="danger",
        done=_("The decision is taken back. The objection can be decided on again."),
        says=(_says_of_return(is_own),),
        warning=text_of(obstacle) if obstacle else "",
    )
    return ask(
        question,
        form,
        lambda session: return_ruling(
            session,
            ruling_id=ruling_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


def _says_of_return(is_own: bool) -> str:
    """Who takes a proposal of their own back has no colleague who reads why."""
    text: str = _("Your colleague reads your reason. Nothing was sent and no money was moved.")
    if is_own:
        text = _("Your reason stays with the case. Nothing was sent and no money was moved.")
    return text


def _shown_ruling(file: ObjectionFile) -> ObjectionRuling:
    """The decision that was proposed or approved; a page that does not exist when there is none.

    For a form that was sent: the last one, so that who sent it reads what became of it.
    """
    last = file.rulings[-1] if file.rulings and request.method == "POST" else None
    return file.open_ruling or last or abort(404)
