"""Correcting the words of one's own live page."""

from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.corrections import PlanWords
from voorjebuurt.campaigns.corrections import correct_own_page as correct
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.page_parts import plan_words_parts
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.rules import MAX_LENGTHS
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, StringField, TextAreaField, at_most, required
from voorjebuurt.web.kit.forms.names import OwnTitle
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.resident.blueprint import blueprint


def _text(label: Any, name: str, rows: int, *validators: Any) -> TextAreaField:
    judges = [*validators, at_most(MAX_LENGTHS[name])]
    return TextAreaField(label, validators=judges, render_kw={"rows": rows})


class PlanWordsForm(Form):
    """The words of a live page; nothing of its money or its last day."""

    title = StringField(
        _l("Name of your plan"),
        validators=[
            required(_l("Give your plan a name.")),
            OwnTitle(),
            at_most(MAX_LENGTHS["title"]),
        ],
    )
    summary = _text(_l("What changes in the neighbourhood?"), "summary", 3, required())
    for_whom = _text(_l("For whom?"), "for_whom", 3, required())
    story = _text(_l("Your story"), "story", 14, required())
    worse_off = _text(_l("Who could be worse off by your plan?"), "worse_off", 5, required())
    needs = _text(_l("What else do you need?"), "needs", 3)

    def words(self) -> PlanWords:
        """What the service takes."""
        return PlanWords(
            title=self.title.data or "",
            summary=self.summary.data or "",
            for_whom=self.for_whom.data or "",
            story=self.story.data or "",
            worse_off=self.worse_off.data or "",
            needs=self.needs.data or "",
        )


@blueprint.route("/acties/<uuid:campaign_id>/verbeteren", methods=["GET", "POST"])
def correct_own_page(campaign_id: UUID) -> ResponseReturnValue:
    """The words of the page, to correct; what people gave for is not among them."""
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, plan_words_parts)
    with reading() as session:
        version = PageVersion.of(session, basis)
        campaign = page_by_id(session, campaign_id) or abort(404)
    form = PlanWordsForm(data=campaign._asdict())
    form.version = version
    answer = submit(
        form,
        lambda session: correct(
            session, campaign_id=campaign_id, words=form.words(), actor=current_actor()
        ),
        message=_("Your page is changed. It says what was changed."),
        back=url_for("resident.show_campaign", campaign_id=campaign_id),
    )
    return answer or render_template("resident/live/correct.html", campaign=campaign, form=form)
