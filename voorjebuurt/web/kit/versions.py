"""What a page shows of a thing, carried by its form, and held against it before anything is done.

One mechanism for two people at once: the thing is locked, its parts are compared with those that
the page showed, and where one differs nothing is done. The form comes back with what was typed and
says what was changed, and by whom; pressing once more is then a decision about what is there now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from flask import current_app, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.audit.queries import last_event
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel import clock, text
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.versions import Parts, Version
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import writing
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.words.part_labels import part_label, part_text
from voorjebuurt.web.words.written import nl2br

FIELD = "version"


@dataclass(frozen=True)
class PageBasis:
    """What a page shows of a thing: its ``parts``, and the ``lock`` under which they are compared.

    ``lock`` takes the row that whatever changes the thing takes first. ``kind`` and ``id`` are
    those of its trail, which tells who changed it.
    """

    kind: SubjectKind
    id: UUID
    lock: Callable[[Session, UUID], object]
    parts: Callable[[Session, UUID], Parts]


@dataclass(frozen=True)
class ChangedPart:
    """A part that somebody changed: its name for a person, and what it says now, if that helps."""

    label: str
    text: str | None


@dataclass
class PageVersion:
    """The version that a page carries. Made before the page reads what it shows, so that whatever
    changes in between counts as changed.
    """

    basis: PageBasis
    newest: str
    text: str
    changed: list[ChangedPart] = field(default_factory=list)

    @classmethod
    def of(cls, session: Session, basis: PageBasis) -> "PageVersion":
        """The version that this request's form carried back, else the one of this moment.

        A form that was sent without one does not say what its page showed, so that all counts as
        changed; only where no tokens are asked for (in tests) it passes.
        """
        newest = str(Version.of(basis.parts(session, basis.id), at=clock.now()))
        is_strict = request.method == "POST" and current_app.config.get("WTF_CSRF_ENABLED", True)
        return cls(basis, newest, request.form.get(FIELD) or ("" if is_strict else newest))

    def hold(self, session: Session) -> None:
        """Lock the thing, in a transaction that writes, and compare.

        Raises ``DomainError`` (``changed_meanwhile``) when it is not as the page showed it. From
        then on the form carries the version of now.
        """
        self.basis.lock(session, self.basis.id)
        parts = self.basis.parts(session, self.basis.id)
        version = Version.parse(self.text)
        names = version.changed_parts(parts) if version else tuple(parts)
        if not names:
            return
        self.text = self.newest
        self.changed = [
            ChangedPart(part_label(name), part_text(name, parts[name])) for name in names
        ]
        raise DomainError(
            "changed_meanwhile",
            parts=", ".join(part.label.rstrip("?") for part in self.changed),
            editor=_editor(session, self.basis, version) if version else "",
        )

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What the parts that somebody changed say now, where words can tell."""
        return [(part.label, nl2br(part.text)) for part in self.changed if part.text is not None]


@contextmanager
def writing_as_shown(
    version: PageVersion | None, *, compared_last: bool = False
) -> Iterator[Session]:
    """A transaction for what a page asks for, of which nothing is done when the page is not right.

    ``compared_last``: what the page showed can only be locked after what is done; it is compared at
    the end, and then nothing was done either. Raises ``DomainError`` (``changed_meanwhile``).
    """
    with writing() as session:
        if version is not None and not compared_last:
            version.hold(session)
        yield session
        if version is not None and compared_last:
            version.hold(session)


def _editor(session: Session, basis: PageBasis, version: Version) -> str:
    """A sentence about who changed it, or nothing where the trail does not tell."""
    event = last_event(session, basis.kind, basis.id, since=version.at)
    if event is None:
        return ""
    person, at = current_person(), text.moment(event.at, chosen_locale())
    if person is not None and event.actor_id == person.id:
        own: str = _("You did that yourself, in another window or device (%(time)s).", time=at)
        return own
    if person is None or not person.roles or event.actor_id is None:
        return ""
    name = names_of(session, [event.actor_id]).get(event.actor_id, "")
    return _("%(name)s did that (%(time)s).", name=name, time=at) if name else ""
