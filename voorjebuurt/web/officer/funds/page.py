"""The page of one fund for officers: where it stands, what comes next, and its file."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel.errors import DomainError, refusal_of
from voorjebuurt.matching.funds.details import details_of
from voorjebuurt.matching.funds.publication import refuse_publisher
from voorjebuurt.matching.funds.queries import (
    FundRow,
    differs,
    fund_by_id,
    fund_gaps,
    fund_row,
    unadmitted_count,
    versions_of,
)
from voorjebuurt.matching.funds.rehearsals import OwnRehearsal, draft_sha256, rehearsals_of
from voorjebuurt.matching.funds.states import EDITABLE, FUND_TRANSITIONS, VERSIONED, FundStatus
from voorjebuurt.matching.pots.deposit_queries import deposits_of_fund
from voorjebuurt.matching.pots.position import fund_position
from voorjebuurt.matching.rounds.queries import round_views
from voorjebuurt.people.queries import names_of
from voorjebuurt.people.teams.queries import team_names, teams_in
from voorjebuurt.places.areas import area_names
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.ruleset_sentences import sentences_of
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.builder.reading import is_allowed
from voorjebuurt.web.words.messages import text_of

S = FundStatus


@blueprint.get("/fondsen/<uuid:fund_id>")
def show_fund(fund_id: UUID) -> ResponseReturnValue:
    """Everything about a fund, and the way to what comes next."""
    with reading() as session:
        fund = fund_by_id(session, fund_id) or abort(404)
        row = fund_row(session, fund_id) or abort(404)
        versions = versions_of(session, fund_id)
        events = trail(session, SubjectKind.FUND, fund_id)[::-1]
        people = {fund.edited_by, *(event.actor_id for event in events)}
        return render_template(
            "officer/funds/show.html",
            fund=fund,
            row=row,
            position=fund_position(session, fund_id),
            deposits=deposits_of_fund(session, fund_id),
            details=details_of(fund),
            areas=area_names(session, fund.area_codes),
            rule_sentences=sentences_of(fund.draft_rules),
            sentences_of=sentences_of,
            gaps=fund_gaps(session, fund),
            gap_text=lambda gap: text_of(DomainError(gap.code)),
            versions=versions,
            changed=bool(versions) and differs(fund, versions[0]),
            names=names_of(session, people),
            events=events,
            rounds=round_views(session, fund_id),
            waiting=unadmitted_count(session, fund_id),
            **_rehearsed(rehearsals_of(session, fund), draft_sha256(fund)),
            publisher=_publisher(session, fund_id),
            team=team_names(session, [fund.team_id]).get(fund.team_id) if fund.team_id else "",
            can_choose_team=_can_choose_team(session, fund.municipality_id),
            **_possible(row, fund.draft_rules, fund.edited_by),
        )


def _can_choose_team(session: Session, municipality_id: UUID) -> bool:
    """Whether there is a team to choose, and this reader is an officer here."""
    is_officer = municipality_id in signed_in_person().municipalities
    return is_officer and bool(teams_in(session, [municipality_id]))


def _possible(row: FundRow, rules: str, edited_by: UUID | None) -> dict[str, Any]:
    """What may be done with the fund now, and by this officer."""
    status = FundStatus(row.status)
    labels = [_("Draft"), _("Rehearsed"), _("Published"), _("Open"), _("Closed")]
    return {
        "can_change": status in EDITABLE,
        "can_write": status in EDITABLE | VERSIONED,
        "can_withdraw": FUND_TRANSITIONS.allowed(status, "withdraw"),
        "allowed": is_allowed(rules),
        "mine": signed_in_person().id == edited_by,
        "life": [*labels, *(() if row.live else (_("Divided"),)), _("Settled")],
        "stage": _stage(status, live=row.live),
    }


def _publisher(session: Session, fund_id: UUID) -> str:
    """Why this officer can't publish it; nothing when they can."""
    fund = fund_by_id(session, fund_id) or abort(404)
    refusal = refusal_of(lambda: refuse_publisher(session, fund, current_actor()))
    return text_of(refusal) if refusal else ""


def _stage(status: FundStatus, *, live: bool) -> int:
    """The number of the step that the fund is in; one past the last when it is settled."""
    order = [S.DRAFT, S.REHEARSED, S.PUBLISHED, S.OPEN, S.CLOSED, S.DIVIDED, S.SETTLED]
    if live:
        order.remove(S.DIVIDED)
    if status not in order:
        return 0
    return order.index(status) + (2 if status is S.SETTLED else 1)


def _rehearsed(rehearsals: Sequence[OwnRehearsal], sha256: str) -> dict[str, Any]:
    own = [rehearsal for rehearsal in rehearsals if rehearsal.ruleset_sha256 == sha256]
    waiting = (rehearsal for rehearsal in own if rehearsal.status in ("waiting", "running"))
    return {
        "rehearsals": rehearsals,
        "draft_sha256": sha256,
        "under_way": next(waiting, None),
    }
