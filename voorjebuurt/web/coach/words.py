"""Bettering the words of a plan; its initiator sees what was changed and says yes or no."""

from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.coaching.rules import EDIT_PARTS, IN_TALK
from voorjebuurt.campaigns.coaching.service import edit_words
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.page_parts import edit_parts
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.rules import MAX_LENGTHS
from voorjebuurt.web.coach.blueprint import blueprint
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, StringField, TextAreaField, at_most
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion


def _text(label: Any, name: str, rows: int) -> TextAreaField:
    return TextAreaField(label, validators=[at_most(MAX_LENGTHS[name])], render_kw={"rows": rows})


class PlanTextForm(Form):
    """The words of a plan, for a coach."""

    title = StringField(_l("Name of the plan"), validators=[at_most(MAX_LENGTHS["title"])])
    summary = _text(_l("What changes in the neighbourhood?"), "summary", 3)
    for_whom = _text(_l("For whom?"), "for_whom", 3)
    story = _text(_l("The plan"), "story", 14)
    worse_off = _text(_l("Could somebody be worse off?"), "worse_off", 5)
    leftovers = _text(_l("And if money is left?"), "leftovers", 3)
    needs = _text(_l("What else is needed?"), "needs", 3)


@blueprint.route("/acties/<uuid:campaign_id>/tekst", methods=["GET", "POST"])
def edit_plan(campaign_id: UUID) -> ResponseReturnValue:
    """The words as they are, to better; what the plan asks for stays with its initiator."""
    back = url_for("coach.show_review", campaign_id=campaign_id)
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, edit_parts)
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        version = PageVersion.of(session, basis)
        campaign = page_by_id(session, campaign_id) or abort(404)
        is_own = has_part(session, campaign_id, signed_in_person().id)
    form = PlanTextForm(data=campaign._asdict())
    form.version = version
    if not form.is_submitted() and (is_own or campaign.status not in IN_TALK):
        return redirect(back)
    words = {part: form[part].data or "" for part in EDIT_PARTS}
    answer = submit(
        form,
        lambda session: edit_words(
            session, campaign_id=campaign_id, words=words, actor=current_actor()
        ),
        message=_("Your words are in the plan. The initiator sees what you changed."),
        back=back,
    )
    return answer or render_template("coach/reviews/words.html", campaign=campaign, form=form)
