"""No letter is forgotten by post: every one that is made has its kind, and every kind its way."""

import ast

from tests.support.source import calls_of
from voorjebuurt.decisions.letters.objections.notices import NOTICES
from voorjebuurt.decisions.overviews.posted_letters import MAKERS
from voorjebuurt.decisions.rules.letters import SENDERS, LetterKind, notice_of

OWN_ROOM = "decisions/letters/"
"""Where letters are written, for whoever sends them."""
ARCHIVE = "decisions/archive/"
"""Where they are made again, to compare them with what was sent."""
DRAFTS = "web/"
"""Screens show what is not sent yet."""


def makers() -> set[str]:
    """The modules that make the PDF of a letter that is sent."""
    names = {name for name, _call in (*calls_of("pdf_of"), *calls_of("make"))}
    return {
        name.removesuffix(".py").replace("/", ".")
        for name in names
        if not name.startswith((OWN_ROOM, ARCHIVE, DRAFTS))
    }


def posted() -> set[str]:
    """The kinds with which a letter to post is asked for, ``LetterKind.X`` as an argument."""
    return {
        argument.attr
        for asks in ("Mailing", "write_letter", "write")
        for _name, call in calls_of(asks)
        for argument in call.args
        if isinstance(argument, ast.Attribute)
        and isinstance(argument.value, ast.Name)
        and argument.value.id == "LetterKind"
    }


def test_every_letter_that_is_made_has_a_kind() -> None:
    assert makers() == set(SENDERS.values())


def test_every_kind_has_a_sender_and_a_maker_of_what_is_printed() -> None:
    assert set(SENDERS) == set(MAKERS) == set(LetterKind)


def test_every_kind_is_asked_to_be_posted() -> None:
    notices = {kind.name for step in NOTICES if (kind := notice_of(step))}
    assert len(notices) == len(NOTICES)
    assert posted() | notices == {kind.name for kind in LetterKind}
