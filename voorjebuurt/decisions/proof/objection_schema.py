"""What the snapshot of a decision on an objection holds: the schema ``bezwaar/1``. Pure.

All that its letter needs stands in it, as text or whole numbers, as in ``schema``. The decision
that comes in the place of the old one has a snapshot of its own (``besluit/1``), told by its hash.
"""

from dataclasses import asdict, dataclass
from typing import Any

from voorjebuurt.decisions.proof.schema import SnapshotError
from voorjebuurt.rulebook.values import jsontext

SCHEMA = "bezwaar/1"
FORM = 1
"""The set of texts of today; older snapshots keep theirs."""


@dataclass(frozen=True)
class RulingSnapshot:
    """A decision on an objection on its own.

    ``objection`` is {number, received_on, posted_on, channel, in_time, grounds, joined};
    ``contested`` is {number, kind, amount_cents, sent_on}; ``steps`` are {kind, on, until, detail,
    place, body}; ``replacement`` is {number, kind, amount_cents, claim_cents, is_maximum,
    sha256}. Amounts are eurocents. ``words`` are as in ``schema``.
    """

    number: str
    outcome: str
    reason: str
    deviation: str
    court: str
    costs_cents: int
    extra_cents: int
    extra_reason: str
    proposed_at: str
    addressee: tuple[str, ...]
    name: str
    party: str
    municipality: str
    fund: str
    sender: str
    application: str
    title: str
    objection: dict[str, Any]
    contested: dict[str, Any]
    steps: tuple[dict[str, Any], ...] = ()
    replacement: dict[str, Any] | None = None
    form: int = FORM
    words: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The snapshot as it is stored: canonical JSON."""
        return jsontext.canonical({"schema": SCHEMA, **asdict(self)})


def read_ruling(text: str) -> RulingSnapshot:
    """The snapshot of a stored text. Raises ``SnapshotError``."""
    try:
        raw = jsontext.parse(text)
        if raw.pop("schema") != SCHEMA:
            raise SnapshotError(f"not {SCHEMA}")
        tuples = {name: tuple(raw[name]) for name in ("addressee", "steps")}
        return RulingSnapshot(**{**raw, **tuples})
    except (KeyError, TypeError, jsontext.JsonError) as error:
        raise SnapshotError(str(error)) from error
