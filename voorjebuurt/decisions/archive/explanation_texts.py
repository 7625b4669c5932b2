"""An explanation as lines for a terminal, in a language."""

from collections.abc import Iterator
from typing import Any

from voorjebuurt.decisions.archive.explanation import Explanation
from voorjebuurt.decisions.proof.arithmetic import amount
from voorjebuurt.kernel.catalogues import catalogue, in_language


def lines(explanation: Explanation, language: str) -> list[str]:
    """The explanation, from rule to check."""
    return list(_Teller(explanation, language).lines())


class _Teller:
    def __init__(self, explanation: Explanation, language: str) -> None:
        self._explanation, self._snapshot = explanation, explanation.snapshot
        self._language = language
        self._words = catalogue(language)

    def lines(self) -> Iterator[str]:
        """All lines: head, rule, facts, arithmetic, outcome, check."""
        yield from self._head()
        yield from self._part("rule", (f"- {sentence}" for sentence in self._rule()))
        yield from self._part("facts", self._facts())
        yield from self._part("arithmetic", self._arithmetic())
        yield from self._part("outcome", self._outcome())
        if self._explanation.decision is not None or not self._explanation.same:
            yield from self._part("check", self._checks())

    def _say(self, key: str, **values: Any) -> str:
        return self._words.text("explanation", key, **values)

    def _part(self, title: str, content: Iterator[str]) -> Iterator[str]:
        yield ""
        yield self._say(title)
        yield from (f"  {line}" for line in content)

    def _head(self) -> Iterator[str]:
        snapshot, decision = self._snapshot, self._explanation.decision
        number, title = snapshot.application.number, snapshot.campaign.title
        yield self._say("application", number=number, title=title)
        yield self._say("fund", name=snapshot.fund.name, version=snapshot.fund.version)
        if decision is None:
            yield self._say("none")
            return
        kind = self._words.text("decision kind", decision.kind)
        status = self._words.text("decision state", decision.status)
        yield self._say("decision", number=decision.number, kind=kind, status=status)

    def _rule(self) -> list[str]:
        return in_language(self._snapshot.rule, self._language)

    def _facts(self) -> Iterator[str]:
        snapshot, basis = self._snapshot, self._snapshot.basis
        yield self._say("rules_code", code=snapshot.fund.ruleset_sha256)
        kind = self._say(basis.kind, number=basis.round_number)
        yield self._say("facts_code", code=basis.facts_sha256, kind=kind)
        for area in snapshot.areas:
            figure = area["figure"] or self._say("no_figure")
            source = area["source_name"] or "–"
            name, factor = area["name"], area["factor"]
            yield self._say("area", name=name, figure=figure, source=source, factor=factor)
        for place_import in snapshot.imports:
            values = {key: place_import[key] for key in ("source", "vintage", "filename")}
            yield self._say("import", **values, code=place_import["sha256"])

    def _arithmetic(self) -> Iterator[str]:
        rows = (self._explanation.replayed.computed or self._snapshot.computed).arithmetic
        for number, (step, sentence, outcome) in enumerate(
            in_language(rows, self._language), start=1
        ):
            yield f"{number:>2}. {step}: {sentence}" + (f" [{outcome}]" if outcome else "")

    def _outcome(self) -> Iterator[str]:
        computation = self._explanation.replayed.computed or self._snapshot.computed
        claim, award = self._money(computation.claim_cents), self._money(computation.award_cents)
        yield self._say("computed", claim=claim, award=award)
        if self._explanation.decision is None:
            return
        decision = self._snapshot.decision
        yield self._say("decided", amount=self._money(decision.amount_cents))
        for ground in decision.grounds:
            text, article = in_language(ground, self._language), ground["article"]
            yield self._say("grounds", text=text, article=article)
        if decision.reason:
            yield self._say("reason", text=" ".join(decision.reason.split()))

    def _checks(self) -> Iterator[str]:
        replay = self._explanation.replayed
        yield self._check("replay", same=replay.same, detail="")
        yield from (f"         - {name}" for name in replay.differences)
        for check in self._explanation.checks:
            yield self._check(check.code, same=check.same, detail=check.detail)

    def _check(self, code: str, *, same: bool, detail: str) -> str:
        mark = self._say("same" if same else "other")
        return f"{mark}  {self._say(code, detail=detail)}"

    def _money(self, cents: int) -> str:
        return amount(cents, self._words)


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The explanation as data that JSON can hold, the snapshot as it is stored."""
    snapshot, replay = explanation.snapshot, explanation.replayed
    computation = replay.computed or snapshot.computed
    return {
        "application": snapshot.application.number,
        "decision": explanation.decision.number if explanation.decision else None,
        "status": explanation.decision.status if explanation.decision else None,
        "kind": snapshot.decision.kind if explanation.decision else None,
        "claim_cents": computation.claim_cents,
        "award_cents": computation.award_cents,
        "decided_cents": snapshot.decision.amount_cents if explanation.decision else None,
        "ruleset_sha256": snapshot.fund.ruleset_sha256,
        "facts_sha256": snapshot.basis.facts_sha256,
        "rule": snapshot.rule,
        "areas": list(snapshot.areas),
        "imports": list(snapshot.imports),
        "arithmetic": computation.arithmetic,
        "differences": list(replay.differences),
        "checks": [vars(check) for check in explanation.checks],
        "same": explanation.same,
    }
