"""Nobody who wants paper is bound by a mail alone: each mail names its letter, or why none."""

import ast
from collections.abc import Iterator

from tests.support.source import calls_of, modules
from voorjebuurt.decisions.rules.letters import SENDERS, LetterKind
from voorjebuurt.decisions.rules.notices import MAIL_ONLY, OF_OTHERS, ON_PAPER
from voorjebuurt.mail.templates import TEMPLATES

TELLERS = {"tell", "to_applicant"}
"""The functions by which every mail to an applicant goes."""
OF_NO_MAIL = {LetterKind.PAPER_CONFIRMATION, LetterKind.OBJECTION_CONSENT}
"""Letters of which no mail says the same: both are about what an officer agreed on or received."""


def mailing_modules() -> Iterator[tuple[str, ast.Module]]:
    """The modules that mail applicants, by name."""
    names = {name for teller in TELLERS for name, _call in calls_of(teller)}
    return ((name, tree) for name, tree in modules().items() if name in names)


def mails_to_others() -> set[str]:
    """The mails that such modules write to somebody else."""
    return {
        str(keyword.value.value)
        for _name, call in calls_of("queue_mail")
        for keyword in call.keywords
        if keyword.arg == "template" and isinstance(keyword.value, ast.Constant)
    }


def mails_to_applicants() -> set[str]:
    """Every mail that such a module names."""
    texts = {
        node.value
        for _name, tree in mailing_modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return (texts & TEMPLATES.keys()) - mails_to_others()


def test_every_mail_to_an_applicant_names_its_letter_or_why_none() -> None:
    on_paper = ON_PAPER.keys() | OF_OTHERS.keys()
    assert mails_to_applicants() == on_paper | MAIL_ONLY.keys()
    assert not on_paper & MAIL_ONLY.keys()
    assert all(MAIL_ONLY.values())


def test_every_letter_to_an_applicant_has_its_mail() -> None:
    letters = {*ON_PAPER.values(), *OF_OTHERS.values()}
    assert letters | OF_NO_MAIL == set(SENDERS)


def test_nothing_reaches_an_applicant_by_another_way() -> None:
    """Whoever mails ``applicant.email`` itself would pass by this list."""
    others = {
        name
        for name, node in (
            (name, node) for name, tree in modules().items() for node in ast.walk(tree)
        )
        if isinstance(node, ast.Attribute)
        and node.attr == "email"
        and isinstance(node.value, ast.Name)
        and node.value.id == "applicant"
    }
    assert others == set()
