"""What a role gives. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people.rules import IN_PLACE, MandateKind, Role

ENOUGH_APPOINTERS = 2
"""So many officers with the right to appoint can give it to others: one proposes, one confirms."""


@dataclass(frozen=True)
class Remit:
    """A role and, of an officer, where, up to what amount (eurocents), and whether to appoint.

    ``kinds``: for which decisions, None for all; ``until``: the mandate's last day, if it has one.
    """

    role: Role
    municipality_id: UUID | None = None
    mandate_limit_cents: int | None = None
    may_appoint: bool = False
    kinds: frozenset[MandateKind] | None = None
    until: date | None = None

    def refuse_misfit(self) -> None:
        """Raise ``DomainError`` at the field that does not fit the role."""
        is_officer = self.role is Role.OFFICER
        is_in_place = self.role in IN_PLACE
        if is_in_place and self.municipality_id is None:
            raise DomainError("municipality_missing", field="municipality_id")
        if not is_in_place and self.municipality_id is not None:
            raise DomainError("municipality_not_for_role", field="municipality_id")
        if not is_officer and self.mandate_limit_cents is not None:
            raise DomainError("mandate_only_for_officer", field="mandate_limit_cents")
        if not is_officer and self.may_appoint:
            raise DomainError("appointing_only_for_officer", field="may_appoint")
        if not is_officer and (self.kinds is not None or self.until is not None):
            raise DomainError("mandate_only_for_officer", field="mandate_limit_cents")
        if self.kinds is not None and not self.kinds:
            raise DomainError("mandate_kinds_missing", field="kinds")

    def gives_more_than(self, other: "Remit") -> bool:
        """Whether it gives something that the other, of the same role, does not."""
        is_higher = (self.mandate_limit_cents or 0) > (other.mandate_limit_cents or 0)
        is_longer = other.until is not None and (self.until is None or self.until > other.until)
        return (
            is_higher
            or is_longer
            or bool(_named(self.kinds) - _named(other.kinds))
            or (self.may_appoint and not other.may_appoint)
        )

    def gives_as_much_as(self, other: "Remit") -> bool:
        """Whether both give the same: an empty mandate is one of nothing."""
        return not self.gives_more_than(other) and not other.gives_more_than(self)


def _named(kinds: frozenset[MandateKind] | None) -> frozenset[MandateKind]:
    """The kinds of a mandate: a general one is for all of them."""
    return frozenset(MandateKind) if kinds is None else kinds
