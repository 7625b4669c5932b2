"""Who does something: every service is told, and the audit trail remembers it."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """``kind`` is person, guest, system or provider; a person has an id and roles."""

    kind: str
    person_id: UUID | None = None
    roles: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if (self.kind == "person") != (self.person_id is not None):
            raise ValueError("a person, and only a person, has an id")


SYSTEM = Actor("system")
GUEST = Actor("guest")
PROVIDER = Actor("provider")
