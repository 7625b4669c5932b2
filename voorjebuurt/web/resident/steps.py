"""What the steps of a pitch share: the pitch itself, and where saving a step leads."""

from collections.abc import Sequence
from functools import partial
from typing import NoReturn, TypedDict
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.page_parts import pitch_parts, step_parts
from voorjebuurt.campaigns.pages import PageRow, page_by_id
from voorjebuurt.campaigns.queries import open_remarks, pitch_gaps
from voorjebuurt.campaigns.rules import EDITABLE, Gap, ReviewPart, Step
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.words.campaign_labels import STEPS
from voorjebuurt.web.words.part_labels import part_label

ENDPOINTS = {step: f"resident.edit_{step.value}" for step in Step}
CHECK = "resident.check_pitch"
FROM_CHECK = "controle"
"""In the address of a step that was opened from the check: saving it leads back there."""


class StepFrame(TypedDict):
    """The row of steps: names, addresses by number, and the numbers of what is not finished."""

    labels: list[str]
    hrefs: dict[int, str]
    unfinished: set[int]


def pitch_to_edit(session: Session, campaign_id: UUID) -> PageRow:
    """The pitch as it is now; who comes too late to change it is led to its desk."""
    pitch = page_by_id(session, campaign_id) or abort(404)
    if pitch.status not in EDITABLE:
        _lead_to_desk(campaign_id)
    return pitch


def step_version(session: Session, campaign_id: UUID, step: Step) -> PageVersion:
    """What the page of this step shows. Ask for it before reading what it shows."""
    parts = partial(step_parts, step=step)
    return PageVersion.of(
        session, PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, parts)
    )


def pitch_version(session: Session, campaign_id: UUID) -> PageVersion:
    """What the check shows: the whole pitch."""
    return PageVersion.of(
        session, PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, pitch_parts)
    )


FIELDS = {
    ReviewPart.BUDGET: "goal",
    ReviewPart.GOAL: "goal",
    ReviewPart.MINIMUM: "minimum",
    ReviewPart.DEADLINE: "deadline",
    ReviewPart.PICTURE: "picture",
}
"""Part of a plan -> the field where it is changed, where that is called otherwise."""


def show_remarks(campaign_id: UUID, form: Form) -> None:
    """Put what a coach asked about a part below the name of the field where it is changed."""
    with reading() as session:
        remarks = open_remarks(session, campaign_id)
    for code, words in remarks:
        part = ReviewPart(code)
        field = form._fields.get(FIELDS.get(part, part.value))
        if field is not None:
            remark = _(
                "A coach asks about “%(part)s”: %(words)s", part=part_label(part), words=words
            )
            field.description = f"{field.description} {remark}".strip()


def step_frame(campaign_id: UUID | None, missing: Sequence[Gap] | None = None) -> StepFrame:
    """What every step has around it, of a pitch that is there or a new one.

    ``missing`` is what the pitch lacks, for who has asked for it already.
    """
    labels = [*(str(label) for label in STEPS.values()), _("Check and send")]
    if campaign_id is None:
        return StepFrame(labels=labels, hrefs={}, unfinished=set())
    if missing is None:
        with reading() as session:
            missing = pitch_gaps(session, campaign_id, the_settings().campaigns)
    return StepFrame(
        labels=labels,
        hrefs=_addresses(campaign_id),
        unfinished={list(Step).index(gap.step) + 1 for gap in missing},
    )


def _addresses(campaign_id: UUID) -> dict[int, str]:
    """The addresses of the steps by their number."""
    endpoints = [*ENDPOINTS.values(), CHECK]
    return {n: url_for(name, campaign_id=campaign_id) for n, name in enumerate(endpoints, 1)}


def after(step: Step, campaign_id: UUID, message: str | None = None) -> ResponseReturnValue:
    """Where a saved step leads: to the next one, back to the check, or out."""
    flash(message or _("Saved."), "ok")
    if "stop" in request.form:
        return redirect(_way_out(campaign_id))
    following = [*ENDPOINTS.values(), CHECK][list(Step).index(step) + 1]
    endpoint = CHECK if FROM_CHECK in request.args else following
    return redirect(url_for(endpoint, campaign_id=campaign_id))


def _way_out(campaign_id: UUID) -> str:
    if current_person() is None:
        return url_for("public.show_home")
    return url_for("resident.show_campaign", campaign_id=campaign_id)


def _lead_to_desk(campaign_id: UUID) -> NoReturn:
    abort(redirect(url_for("resident.show_campaign", campaign_id=campaign_id)))
