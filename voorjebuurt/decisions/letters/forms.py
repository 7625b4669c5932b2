"""Which texts make a letter: those of its snapshot's form. Pure."""

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.composition import letter_of as newest_letter_of
from voorjebuurt.decisions.letters.content import Letter
from voorjebuurt.decisions.letters.form1.composition import letter_of as letter_of_form1
from voorjebuurt.decisions.proof.schema import LETTER_FORM, Snapshot, SnapshotError

_FORMS = {1: letter_of_form1, LETTER_FORM: newest_letter_of}
"""Every form that a letter was ever sent in: none is taken off."""


def letter_of(snapshot: Snapshot, announcement: Announcement | None = None) -> Letter:
    """The letter; without an announcement it is a draft, without days and signature.

    Raises ``SnapshotError`` for a set of texts that this version does not have.
    """
    compose = _FORMS.get(snapshot.form)
    if compose is None:
        raise SnapshotError(f"letters of form {snapshot.form} are not known")
    return compose(snapshot, announcement)
