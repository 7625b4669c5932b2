"""One letter of every kind, and of every kind of case that a letter speaks of otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from tests.support.decision_samples import AMOUNTS, ANNOUNCEMENT, INTEREST, OBJECTION, sample
from voorjebuurt.decisions.letters import Announcement
from voorjebuurt.decisions.proof.schema import LETTER_FORM, Snapshot
from voorjebuurt.decisions.rules.grounds import grounds_for


class LetterVariant(NamedTuple):
    """A snapshot with what is known when its letter goes; None: it did not go yet."""

    snapshot: Snapshot
    announcement: Announcement | None = ANNOUNCEMENT


def changed(
    kind: str, part: str, /, form: int = LETTER_FORM, key: str | None = None, **changes: Any
) -> Snapshot:
    """A sample of which one part is otherwise."""
    snapshot = sample(kind, form=form, key=key)
    return replace(snapshot, **{part: replace(getattr(snapshot, part), **changes)})


def _incomplete(form: int) -> LetterVariant:
    ground = {
        "code": "incomplete",
        "nl": "Uw aanvraag was niet compleet.",
        "en": "Your application was not complete.",
        "article": "artikel 4:5 Awb",
    }
    return LetterVariant(changed("refusal", "decision", form, grounds=(ground,)))


def _changed_on(*codes: str) -> LetterVariant:
    """A change of an award on grounds of Awb 4:48, which works back."""
    snapshot = sample("award_change", grounds=codes)
    decision = replace(snapshot.decision, effect_on="", compensation_cents=0)
    return LetterVariant(replace(snapshot, decision=decision))


def first_interest() -> Snapshot:
    """Interest of a few days, before anything came in and was laid down."""
    facts = replace(INTEREST, repayments=(), before_cents=0, until=date(2025, 7, 31))
    snapshot = sample("interest")
    decision = replace(snapshot.decision, amount_cents=facts.due_cents, before_cents=0)
    return replace(snapshot, decision=decision, interest=facts.told())


def _after_objection(kind: str) -> LetterVariant:
    return LetterVariant(replace(sample(kind), objection=OBJECTION))


_OTHERS: Mapping[str, Callable[[int], LetterVariant]] = {
    "award_live": lambda form: LetterVariant(sample("award", form=form, status="live")),
    "award_undertaking": lambda form: LetterVariant(
        changed("award", "application", form, undertaking=True)
    ),
    "award_arrears": lambda form: LetterVariant(changed("award", "fund", form, prepaid=False)),
    "award_draft": lambda form: LetterVariant(sample("award", form=form), None),
    "award_alone": lambda form: LetterVariant(
        changed("award", "basis", form, kind="alone", round_number=None)
    ),
    "award_bare": lambda form: LetterVariant(
        changed("award", "fund", form, sender="", objection_address="", legal_basis="")
    ),
    "refusal_incomplete": _incomplete,
    "clawback_draft": lambda form: LetterVariant(sample("clawback", form=form), None),
    "clawback_no_account": lambda form: LetterVariant(
        sample("clawback", form=form), replace(ANNOUNCEMENT, pay_to="")
    ),
}
_NEWER: Mapping[str, Callable[[], LetterVariant]] = {
    "award_live_keeps": lambda: LetterVariant(
        sample("award", status="live", kind="keep_what_comes")
    ),
    "award_without_plan": lambda: LetterVariant(sample("award", budget=())),
    "partial_award_ceiling": lambda: LetterVariant(sample("partial_award", grounds=("ceiling",))),
    "refusal_all_grounds": lambda: LetterVariant(
        sample("refusal", grounds=[ground.code for ground in grounds_for("refusal")])
    ),
    "lower_determination_all_grounds": lambda: LetterVariant(
        sample(
            "lower_determination",
            grounds=[ground.code for ground in grounds_for("lower_determination")],
        )
    ),
    "withdrawal_all_grounds": lambda: LetterVariant(
        sample("withdrawal", grounds=[ground.code for ground in grounds_for("withdrawal")])
    ),
    "award_change_all_grounds": lambda: _changed_on(
        "not_done", "not_complied", "false_data", "wrong_award"
    ),
    "award_change_no_damage": lambda: LetterVariant(
        changed(
            "award_change",
            "decision",
            effect_on="2026-07-01",
            compensation_cents=0,
        )
    ),
    "award_change_maximum": lambda: LetterVariant(
        changed("award_change", "decision", at_most=True)
    ),
    "award_change_draft": lambda: LetterVariant(sample("award_change"), None),
    "plan_change_draft": lambda: LetterVariant(sample("plan_change"), None),
    "plan_change_whole": lambda: LetterVariant(
        changed_plan("plan_change", outcome="whole", term="plan", wish_activities="", activities="")
    ),
    "plan_refusal_too_late": lambda: LetterVariant(
        changed_plan("plan_refusal", before="2026-04-22")
    ),
    "plan_refusal_of_the_plan": lambda: LetterVariant(changed_plan("plan_refusal", term="plan")),
    "interest_owed_draft": lambda: LetterVariant(sample("interest_owed"), None),
    "interest_draft": lambda: LetterVariant(sample("interest"), None),
    "interest_first": lambda: LetterVariant(first_interest()),
    "determination_change_to_nothing": lambda: LetterVariant(
        changed("determination_change", "decision", amount_cents=0, breach_on="")
    ),
    **{f"{kind}_after_objection": partial(_after_objection, kind) for kind in AMOUNTS},
}
"""What letters of form 1 do not tell apart."""
_NEWER_KINDS = (
    "award_change",
    "determination_change",
    "interest",
    "interest_owed",
    "plan_change",
    "plan_refusal",
)
NAMES = (*(kind for kind in AMOUNTS if kind not in _NEWER_KINDS), *_OTHERS)
NEWEST_NAMES = (*NAMES, *_NEWER_KINDS, *_NEWER)


def changed_plan(kind: str, **changes: str) -> Snapshot:
    """A decision on a change that was asked for, of which some is otherwise."""
    snapshot = sample(kind)
    return replace(snapshot, plan={**(snapshot.plan or {}), **changes})


def letter_variant(name: str, form: int = LETTER_FORM) -> LetterVariant:
    """A variant by its name, as a form tells it."""
    if name in AMOUNTS:
        return LetterVariant(sample(name, form=form))
    return _OTHERS[name](form) if name in _OTHERS else _NEWER[name]()
