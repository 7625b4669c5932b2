"""What an officer can best do with an application now: the box on top of its page."""

from dataclasses import dataclass
from datetime import date
from typing import Any, assert_never

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from voorjebuurt.decisions.rules.inquiries import INQUIRED
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.views import ALWAYS, is_over
from voorjebuurt.kernel import clock
from voorjebuurt.kernel import text as texts
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.states import (
    CHANGEABLE,
    UNDECIDED,
    ApplicationStatus,
)
from voorjebuurt.matching.arrangements import REPORTED, Way, way_of
from voorjebuurt.pledges.rules import OWED_MATCH
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.officer.cases.view import CaseView
from voorjebuurt.web.words.case_labels import DECISION_KINDS
from voorjebuurt.web.words.decision_addresses import SLUGS
from voorjebuurt.web.words.messages import text_of

_SELDOM = frozenset(
    {
        DecisionKind.WITHDRAWAL,
        DecisionKind.CLAWBACK,
        DecisionKind.INTEREST,
        DecisionKind.INTEREST_OWED,
        DecisionKind.AWARD_CHANGE,
        DecisionKind.DETERMINATION_CHANGE,
    }
)
"""Kinds of decision that are no next step, and stand below it."""


FIRST_IN_ORDER = (DecisionKind.AWARD, DecisionKind.PARTIAL_AWARD, DecisionKind.REFUSAL)
_WAITS = {
    "campaign_over_unawarded": _l("Refuse the application"),
    "round_not_divided": _l("Waits for the division"),
    "match_released_already": _l("Refuse the application"),
    "ceiling_reached": _l("The fund has too little left"),
    "fund_money_short": _l("The municipality has paid in too little"),
}
"""What an application waits for, by why it can't be awarded now."""
_WAITS_FOR_REFUSAL = frozenset({"campaign_over_unawarded", "match_released_already"})
"""Where only a refusal is left, and the box says so."""


@dataclass(frozen=True)
class ActionLink:
    """A way to go on; ``post``: the button does it at once. The first one is the obvious one."""

    label: str
    href: str
    post: bool = False


@dataclass(frozen=True)
class NextAction:
    """What waits, in a title and a sentence, and the ways to go on."""

    title: str
    text: str
    steps: tuple[ActionLink, ...] = ()


def next_action(view: CaseView) -> NextAction:
    """What to do now, by the state of the case."""
    if view.open_decision is not None:
        return _decision_waits(view)
    if view.open_objection is not None:
        return _objection_waits(view)
    if view.file.asked_change is not None:
        return _change_waits(view, view.file.asked_change.request.decide_by)
    return _BY_STATUS[view.row.status](view)


def _decision_waits(view: CaseView) -> NextAction:
    decision = view.open_decision
    step = ActionLink(
        _("Read the decision"), url_for("officer.show_decision", decision_id=decision.id)
    )
    kind = str(DECISION_KINDS[decision.kind])
    if decision.status == "approved":
        return NextAction(
            _("Will be sent: %(kind)s", kind=kind), _("It can still be recalled."), (step,)
        )
    return NextAction(
        _("Waits for a second officer: %(kind)s", kind=kind),
        _("Proposed by %(name)s.", name=view.names.get(decision.proposed_by, "–")),
        (step,),
    )


def _objection_waits(view: CaseView) -> NextAction:
    objection = view.open_objection
    url = url_for("officer.show_objection", objection_id=objection.id)
    return NextAction(
        _("Decide on the objection"),
        _("Objection %(number)s waits for an outcome.", number=objection.number),
        (ActionLink(_("Read the objection"), url),),
    )


def _change_waits(view: CaseView, decide_by: date) -> NextAction:
    """What the applicant asked to change is decided on before anything else."""
    steps: tuple[ActionLink, ...] = ()
    if DecisionKind.PLAN_CHANGE in view.kinds:
        steps = (ActionLink(_("Decide on the change"), _to(view, "propose_plan_change")),)
    return NextAction(
        _("The applicant asked for a change"),
        _(
            "Decide by %(day)s at the latest. Until then the amount can’t be determined.",
            day=texts.day(decide_by, chosen_locale()),
        ),
        steps,
    )


def _received(view: CaseView) -> NextAction:
    if view.file.term.lapsed and view.file.term.aside_by is not None:
        return _not_completed(view, view.file.term.aside_by)
    still = len(view.file.checklist) - view.met
    ask = ActionLink(_("Ask for what is missing"), _to(view, "ask_completion"))
    if still:
        check = ActionLink(_("Go through the checklist"), _to(view, "mark_checklist"))
        title = ngettext("%(num)s item to check", "%(num)s items to check", still)
        text = _("When everything is met, you can admit the application.")
        return NextAction(title, text, (check, ask))
    if _is_ready(view):
        return _award_first(view, ask)
    admit = ActionLink(_("Admit the application"), _to(view, "admit_application"), post=True)
    return NextAction(_("Ready to be admitted"), _("The checklist is met."), (admit, ask))


def _not_completed(view: CaseView, last_day: date) -> NextAction:
    """The term to complete it ended unused: it can be left aside for four weeks (Awb 4:5)."""
    day = texts.day(last_day, chosen_locale())
    check = ActionLink(_("Go through the checklist"), _to(view, "mark_checklist"))
    ask = ActionLink(_("Ask for what is missing"), _to(view, "ask_completion"))
    others: tuple[ActionLink, ...] = (check, ask)
    if view.met == len(view.file.checklist) and not view.row.live:
        admit = ActionLink(_("Admit the application"), _to(view, "admit_application"), post=True)
        others = (admit, ask)
    if clock.today() > last_day:
        text = _(
            "Until %(day)s it could be left aside. That is over: decide on it with what there is, "
            "or ask again for what is missing.",
            day=day,
        )
        return NextAction(_("Not completed, and not left aside in time"), text, others)
    text = _(
        "You can decide not to handle it, on the ground that it is not complete. That decision "
        "must be sent by %(day)s at the latest (Awb 4:5). Or go on with what there is.",
        day=day,
    )
    if DecisionKind.REFUSAL in view.kinds:
        others = (_proposal(view, DecisionKind.REFUSAL), *others)
    return NextAction(_("Not completed in time"), text, others)


def _is_ready(view: CaseView) -> bool:
    """Whether an application to a live fund is checked, so that decisions are its next step."""
    return view.row.live and view.met == len(view.file.checklist)


def _award_first(view: CaseView, ask: ActionLink) -> NextAction:
    """A live fund's application is admitted by the proposal of its award, while gifts come in."""
    kinds = [kind for kind in FIRST_IN_ORDER if kind in view.kinds]
    steps = (*(_proposal(view, kind) for kind in kinds), ask)
    if view.award_obstacle is not None:
        title = _WAITS.get(view.award_obstacle.code, _l("Nothing can be awarded now"))
        return NextAction(str(title), text_of(view.award_obstacle), steps)
    text = _(
        "The checklist is met. Propose the award of a maximum: a colleague approves it, and when "
        "it is sent, gifts are matched, earlier ones too."
    )
    if view.campaign.deadline_on:
        day = texts.day(view.campaign.deadline_on, chosen_locale())
        last = _(
            "The last day of the campaign is %(day)s: after that nothing can be awarded.", day=day
        )
        text = f"{text} {last}"
    return NextAction(_("Ready to be admitted and awarded"), text, steps)


def _incomplete(_view: CaseView) -> NextAction:
    return NextAction(
        _("The applicant has to complete it"),
        _("Until that is done, the term to decide stands still."),
    )


def _admitted(view: CaseView) -> NextAction:
    kinds = [kind for kind in FIRST_IN_ORDER if kind in view.kinds]
    steps = tuple(_proposal(view, kind) for kind in kinds)
    if view.award_obstacle is None:
        text = _("A colleague approves it after you.")
        return NextAction(_("Propose a decision"), text, steps)
    title = _WAITS.get(view.award_obstacle.code, _l("Nothing can be awarded now"))
    text = text_of(view.award_obstacle)
    only_refusal = kinds == [DecisionKind.REFUSAL]
    if only_refusal and view.award_obstacle.code not in _WAITS_FOR_REFUSAL:
        text = f"{text} {_('You can propose a refusal already.')}"
    return NextAction(str(title), text, steps)


def _awarded(view: CaseView) -> NextAction:
    if view.file.match.live and view.file.match.status == "awarded":
        return NextAction(
            _("Awarded, if the campaign succeeds"),
            _("Gifts are matched by the rule. When the campaign succeeds the amount is fixed."),
        )
    way = way_of(view.file.application.arrangement)
    match way:
        case Way.EX_OFFICIO:
            return _proof(view) or _ex_officio(view)
        case Way.ACTIVITIES:
            return _unaccounted(view) or NextAction(
                _("Waits for what was done"),
                _("After the campaign the initiator tells what was done, without receipts."),
            )
        case Way.COSTS | Way.DIRECT:
            return _unaccounted(view) or NextAction(
                _("Waits for the accounts"),
                _("After the campaign the initiator tells how the money was spent."),
            )
        case _:
            assert_never(way)


def _unaccounted(view: CaseView) -> NextAction | None:
    """No account came in time: to set a last term, to wait for its end, or to determine."""
    file = view.file
    if not file.last_terms:
        if not file.term_to_set:
            return None
        step = ActionLink(_("Set a last term"), _to(view, "set_last_term"))
        text = _("Set a last term. After it the amount can be determined without an account.")
        return NextAction(_("No account came in time"), text, (step,))
    later = ActionLink(_("Give a later last day"), _to(view, "set_last_term"))
    term = file.last_terms[-1]
    if clock.today() <= term.until:
        day = texts.day(term.until, chosen_locale())
        text = _("After it the amount can be determined without an account.")
        return NextAction(_("Last term to account: until %(day)s", day=day), text, (later,))
    text = _(
        "The amount can be determined without an account (Awb 4:44, 4:47). An account that comes "
        "before that decision is sent still counts, and stops it."
    )
    return NextAction(_("No account came in the last term"), text, (*_determinations(view), later))


def _determinations(view: CaseView) -> tuple[ActionLink, ...]:
    """The ways to determine the amount that are open now."""
    kinds = (DecisionKind.DETERMINATION, DecisionKind.LOWER_DETERMINATION)
    return tuple(_proposal(view, kind) for kind in kinds if kind in view.kinds)


def _proof(view: CaseView) -> NextAction | None:
    """Proof that the determination waits for: to ask, to wait for, or to look at."""
    inquiry = view.file.inquiry
    if inquiry is not None:
        step = ActionLink(
            _("Open the question"), url_for("officer.show_inquiry", inquiry_id=inquiry.id)
        )
        text = _("Until you close this question, the amount can’t be determined.")
        return NextAction(
            _("Proof was asked for: %(number)s", number=inquiry.number), text, (step,)
        )
    if view.file.must_ask:
        step = ActionLink(_("Ask for proof"), _to(view, "ask_for_proof"))
        text = _("The lot fell on this case. Before the amount is determined, proof is asked.")
        return NextAction(_("Drawn in the sample"), text, (step,))
    return None


def _ex_officio(view: CaseView) -> NextAction:
    """Nothing is asked of the applicant: the officers' turn comes when the term has passed."""
    steps = _determinations(view)
    if steps:
        return NextAction(
            _("Determine the amount"),
            _("The term has passed. Nothing had to be accounted for (Awb 4:47)."),
            steps,
        )
    return NextAction(
        _("Determined by the municipality after a term"),
        _("The applicant doesn’t have to account for anything."),
    )


def _accounted(view: CaseView) -> NextAction:
    if view.file.match.status == "awarded":
        text = text_of(DomainError("success_taken_back"))
        return NextAction(_("Waits for the choice of the donors"), text)
    if (proof := _proof(view)) is not None:
        return proof
    return NextAction(
        _("Determine the match money"),
        _("The initiator accounted for the money. Is it as it was agreed?"),
        _determinations(view),
    )


def _over(_view: CaseView) -> NextAction:
    return NextAction(_("Nothing waits here"), _("This application has been dealt with."))


def _expired(_view: CaseView) -> NextAction:
    return NextAction(
        _("The award expired"),
        _("The campaign did not succeed. Nothing is paid, accounted for or determined."),
    )


_BY_STATUS = {
    "received": _received,
    "incomplete": _incomplete,
    "admitted": _admitted,
    "proposed": _over,
    "awarded": _awarded,
    "accounted": _accounted,
    "refused": _over,
    "withdrawn": _over,
    "revoked": _over,
    "expired": _expired,
    "determined": _over,
}


def _proposal(view: CaseView, kind: DecisionKind) -> ActionLink:
    """The way to this kind: where views come first, to ask for them or to wait for them."""
    intention = view.file.intention
    if intention is None:
        if kind in ALWAYS:
            return _views_first(view, kind)
    elif intention.kind == kind and not is_over(intention.status, intention.until, clock.today()):
        label = _("Look at the intention: %(kind)s", kind=DECISION_KINDS[kind.value])
        return ActionLink(label, url_for("officer.show_intention", intention_id=intention.id))
    label = _("Propose: %(kind)s", kind=DECISION_KINDS[kind.value])
    return ActionLink(label, _to(view, "propose_decision", kind=SLUGS[kind]))


def _views_first(view: CaseView, kind: DecisionKind) -> ActionLink:
    """To ask for views; a refusal needs them on some of its grounds only (Awb 4:7)."""
    label = _("Ask for views first: %(kind)s", kind=DECISION_KINDS[kind.value])
    return ActionLink(label, _to(view, "state_intention", kind=SLUGS[kind]))


def other_actions(view: CaseView) -> tuple[ActionLink, ...]:
    """What else is possible, less often."""
    steps = []
    if view.open_decision is None:
        early = view.row.status == "received" and not _is_ready(view)
        seldom = _SELDOM | ({DecisionKind.REFUSAL} if early else set())
        steps = [_proposal(view, kind) for kind in view.kinds if kind in seldom]
        if DecisionKind.REFUSAL in view.kinds and view.file.intention is None:
            steps.append(_views_first(view, DecisionKind.REFUSAL))
    if view.stake is None and _can_ask_proof(view):
        steps.append(ActionLink(_("Ask for proof"), _to(view, "ask_for_proof")))
    if view.stake is None and view.file.application.status in CHANGEABLE:
        label = _("Register a completion that came on paper")
        steps.append(ActionLink(label, _to(view, "register_paper_completion")))
    if view.stake is None and ApplicationStatus(view.file.application.status) in UNDECIDED:
        label = _("Register a withdrawal that came on paper")
        steps.append(ActionLink(label, _to(view, "register_paper_withdrawal")))
    is_asked = way_of(view.file.application.arrangement) in REPORTED
    if view.stake is None and is_asked and view.file.accountable:
        label = _("Register an account that came on paper")
        steps.append(ActionLink(label, _to(view, "register_paper_accounting")))
    if view.stake is None and view.file.plan_registrable:
        label = _("Register a request for a change")
        steps.append(ActionLink(label, _to(view, "register_plan_request")))
    if view.row.assigned_to is None:
        steps.append(ActionLink(_("I take this one"), _to(view, "take_application"), post=True))
    steps.append(ActionLink(_("Give it to an officer or a team"), _to(view, "assign_application")))
    if view.stake is None:
        steps.append(ActionLink(_("Declare a stake"), _to(view, "declare_stake")))
    return tuple(steps)


def _can_ask_proof(view: CaseView) -> bool:
    """Whether proof can be asked for a cause: nothing is accounted for, and nobody decides now."""
    file = view.file
    is_waiting = view.open_decision is None and file.inquiry is None and not file.must_ask
    is_asked_nothing = way_of(file.application.arrangement) is Way.EX_OFFICIO
    is_owed = file.match.status in OWED_MATCH and file.application.status in INQUIRED
    return is_waiting and is_asked_nothing and is_owed


def _to(view: CaseView, deed: str, **values: Any) -> str:
    return url_for(f"officer.{deed}", application_id=view.row.id, **values)
