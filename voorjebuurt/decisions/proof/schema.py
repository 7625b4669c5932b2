"""What a decision's snapshot holds: the schema ``besluit/1`` (docs/decisions.md). Pure.

Everything that the award and its letter need stands in it, as text or whole numbers: amounts are
eurocents, days and instants ISO 8601. Rules and facts stay the text that they were, so that
their hashes can be computed again.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from voorjebuurt.rulebook.values import jsontext

SCHEMA = "besluit/1"
LETTER_FORM = 2
"""The set of texts of today, of letters and of what they quote; older snapshots keep theirs."""

Sentences = dict[str, list[str]]
"""Sentences by language: those that the site had when it was decided."""
Table = dict[str, list[list[str]]]
"""Rows of step, explanation and outcome, by language."""


class SnapshotError(ValueError):
    """The text is no snapshot that this version can read."""


@dataclass(frozen=True)
class Ruling:
    """What was decided. ``grounds`` are {code, article, and the sentence by language}; ``article``
    is what it rests on.

    ``before_cents`` stood before this decision (of a clawback: what was paid); ``claim_cents`` is
    what the rules compute. A change says from which day it holds, what damage is paid (eurocents),
    and when a duty was not met; empty in other decisions. ``at_most``: it changes how much an
    award of a live fund is at most, while its amount still follows from the gifts.
    """

    number: str
    kind: str
    claim_cents: int
    amount_cents: int
    before_cents: int
    grounds: tuple[dict[str, str], ...]
    reason: str
    proposed_at: str
    effect_on: str = ""
    compensation_cents: int = 0
    breach_on: str = ""
    at_most: bool = False


@dataclass(frozen=True)
class ApplicationFacts:
    """The application: who asked, when, and what was found about whom the campaign reaches."""

    id: str
    number: str
    received_at: str
    decide_by: str
    applicant: str
    group: str
    reach: str
    groups: tuple[str, ...]
    verified_groups: tuple[str, ...]
    groups_evidence: str
    undertaking: bool


@dataclass(frozen=True)
class Plan:
    """The campaign as it was; ``budget`` are {label, amount_cents}.

    From ``kind`` on it is empty in snapshots of form 1.
    """

    id: str
    title: str
    status: str
    goal_cents: int
    location: str
    theme: str
    kind: str = ""
    minimum_cents: int = 0
    deadline_on: str = ""
    summary: str = ""
    for_whom: str = ""
    story: str = ""
    budget: tuple[dict[str, Any], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the campaign's success was still open."""
        return self.status in ("live", "closing", "near_miss")


@dataclass(frozen=True)
class Pot:
    """The fund, and the published version of its rules that counts for this application.

    The references are where the scheme and the ceiling were published, if the fund says so itself.
    """

    id: str
    name: str
    purpose: str
    legal_basis: str
    sender: str
    objection_address: str
    live: bool
    prepaid: bool
    version: int
    change: str
    published_at: str
    ceiling_cents: int
    ruleset_sha256: str
    scheme_reference: str = ""
    ceiling_reference: str = ""


@dataclass(frozen=True)
class Place:
    """The municipality in whose name is decided."""

    code: str
    name: str


@dataclass(frozen=True)
class Basis:
    """What the rules read. ``kind``: ``round``, ``live``, ``alone`` (no division was made), or
    ``maximum`` (a live fund awards before gifts; ``ceiling_cents`` was left in the pot).

    ``facts`` is null when a round's facts are too large to repeat in every snapshot: they are
    then kept with the round, and told by their hash. ``ceiling_cents`` is what a round divided, if
    earlier ones took of the ceiling. ``import_ids`` are all imports that its figures came from,
    those of other applications too. ``steps`` only when live, in order:
    {gift, kind (gift or refund), donor, amount_cents, area, matchable, at, reserved_cents and
    left_cents (just before it), decided, match_cents}; ``gift`` numbers the gifts, of which one may
    have several steps.
    """

    kind: str
    key: str
    facts: str | None
    facts_sha256: str
    at: str
    round_id: str | None = None
    round_number: int | None = None
    ceiling_cents: int | None = None
    import_ids: tuple[str, ...] = ()
    steps: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class ComputedAward:
    """What the rules made of it for this application (eurocents; the factor exact)."""

    claim_cents: int
    award_cents: int
    factor: str
    reasons: Sentences
    arithmetic: Table


@dataclass(frozen=True)
class Snapshot:
    """A decision on its own: enough to compute it and to write its letter again.

    ``areas`` are the figures used: {code, name, share, indicator, figure (as it is written), exact
    (a fraction, or null), source, source_name, factor, import_id}; ``imports`` tell of the files
    they are from; ``clock`` are the events of the term; ``earlier`` are the decisions before this
    one; ``accounting`` is what the applicant told; ``objection`` is the one that was upheld and
    that this decision answers: {number, decision (which it was against), decided_on, and ruling
    where it is one with the decision on that objection}; ``views`` are those that were asked before
    this decision: {number, asked_on, until, status, channel, received_on, answer, weighing}, or
    {exception, exception_reason}; ``words`` are the municipality's own
    words that were in force, with the ``version`` they are of, or null;
    ``arrangement`` is how the award is accounted for and determined, by its amount
    (``matching.arrangements.Arrangement``): of an award what it fixes, of what follows what was
    fixed; null before there were any. ``interest`` is all that the interest follows from which a
    decision lays down (``proof.interest``, ``proof.owed_interest``); other decisions don't have it.
    ``last_term`` of which no account came (Awb 4:44): {before, set_on, until}; null where one came,
    or none was due. ``plan``: what the applicant asked to change and what is decided on it:
    {received_on, wish_on, wish_activities, why, outcome, before, until, activities, term}; ``term``
    says whether the days are of carrying out the ``plan`` or of the ``account``. Other decisions
    don't have it.
    """

    decision: Ruling
    application: ApplicationFacts
    campaign: Plan
    fund: Pot
    municipality: Place
    rules: str
    rule: Sentences
    basis: Basis
    computed: ComputedAward
    areas: tuple[dict[str, Any], ...] = ()
    imports: tuple[dict[str, Any], ...] = ()
    clock: tuple[dict[str, Any], ...] = ()
    earlier: tuple[dict[str, Any], ...] = ()
    accounting: dict[str, Any] | None = None
    objection: dict[str, Any] | None = None
    views: dict[str, Any] | None = None
    arrangement: dict[str, Any] | None = None
    form: int = LETTER_FORM
    words: dict[str, Any] | None = None
    interest: dict[str, Any] | None = None
    last_term: dict[str, Any] | None = None
    plan: dict[str, Any] | None = None

    @property
    def is_maximum(self) -> bool:
        """Whether its amount is one at most, of a live fund that has not come to an amount."""
        return self.basis.kind == "maximum" or self.decision.at_most

    @property
    def text(self) -> str:
        """The snapshot as it is stored: canonical JSON, one way to write it."""
        values = asdict(self)
        for name in ("interest", "last_term", "plan"):
            # So that what never had it keeps its text, and its hash.
            if values[name] is None:
                del values[name]
        return jsontext.canonical({"schema": SCHEMA, **values})

    @property
    def import_ids(self) -> list[str]:
        """The imports on whose figures this decision rests: its own and those of its round."""
        own = [str(row["id"]) for row in self.imports]
        return own + [import_id for import_id in self.basis.import_ids if import_id not in own]


def read(text: str) -> Snapshot:
    """The snapshot of a stored text. Raises ``SnapshotError``."""
    try:
        raw = jsontext.parse(text)
        if raw["schema"] != SCHEMA:
            raise SnapshotError(f"not {SCHEMA}: {raw['schema']}")
        return _snapshot(raw)
    except (KeyError, TypeError, jsontext.JsonError) as error:
        raise SnapshotError(str(error)) from error


def _snapshot(raw: dict[str, Any]) -> Snapshot:
    return Snapshot(
        decision=Ruling(**_tuples(raw["decision"], "grounds")),
        application=ApplicationFacts(**_tuples(raw["application"], "groups", "verified_groups")),
        campaign=Plan(**_tuples({"budget": (), **raw["campaign"]}, "budget")),
        fund=Pot(**raw["fund"]),
        municipality=Place(**raw["municipality"]),
        rules=raw["rules"],
        rule=raw["rule"],
        basis=Basis(**_tuples(raw["basis"], "steps", "import_ids")),
        computed=ComputedAward(**raw["computed"]),
        areas=tuple(raw["areas"]),
        imports=tuple(raw["imports"]),
        clock=tuple(raw["clock"]),
        earlier=tuple(raw["earlier"]),
        accounting=raw["accounting"],
        objection=raw.get("objection"),
        views=raw.get("views"),
        arrangement=raw.get("arrangement"),
        form=raw["form"],
        words=raw.get("words"),
        interest=raw.get("interest"),
        last_term=raw.get("last_term"),
        plan=raw.get("plan"),
    )


def _tuples(raw: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**raw, **{name: tuple(raw[name]) for name in names}}


def sha256(text: str) -> str:
    """The lowercase hex sha256 of a text in UTF-8: of a snapshot, of rules, of facts."""
    return hashlib.sha256(text.encode()).hexdigest()
