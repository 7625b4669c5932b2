"""Every mail says whose words it carries and what it is for, and says the truth about it."""

import ast
import re

import pytest
from sqlalchemy.orm import Session

from tests.support.mail_samples import MAILS, used_names
from tests.support.source import calls_of, modules, place
from voorjebuurt import paths
from voorjebuurt.mail import conditions, secret_links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.templates import TEMPLATES, Purpose, Words
from voorjebuurt.worker import registry

OURS = re.compile(
    r"path|minutes|hours|change|town|may_appoint|mandate_kinds|kept|\w+_(path|cents|on|at|by|until|from)"
)
"""Names of what no stranger writes: links, amounts, moments, codes of ours, and the name of a
municipality, which staff register.
"""


def of_words(words: Words) -> list[str]:
    return sorted(name for name, template in TEMPLATES.items() if template.words is words)


def test_every_template_is_in_the_table_and_the_other_way_round() -> None:
    assert sorted(TEMPLATES) == MAILS


@pytest.mark.parametrize("template", of_words(Words.OURS))
def test_a_mail_of_our_own_words_has_no_place_for_others(template: str) -> None:
    assert [name for name in used_names(template) if not OURS.fullmatch(name)] == []
    source = (paths.TEMPLATES / "emails" / f"{template}.md").read_text()
    assert set(re.findall(r"(\w+)\|plain", source)) <= {"platform_name"}


def test_whatever_anybody_can_cause_carries_no_words_of_theirs() -> None:
    for name, template in TEMPLATES.items():
        if template.purpose in (Purpose.ATTEMPT, Purpose.SIGN_IN):
            assert template.words is Words.OURS, name


def test_a_mail_that_is_not_in_the_table_can_not_be_written() -> None:
    with pytest.raises(LookupError, match=r"not in mail\.templates"):
        queue_mail(Session(), key="x", template="lottery", recipient="a@b.example", locale="nl")


def test_a_link_that_acts_for_its_reader_is_made_when_it_is_sent() -> None:
    assert registry.all_tasks()
    assert secret_links._LINKS.keys() == {name for name, each in TEMPLATES.items() if each.secret}
    makers = {"sign_in", "confirm_address", "stop_address"}
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = getattr(node.func.value, "id", None)
                assert owner != "links" or node.func.attr not in makers, place(module, node)


def test_mails_are_written_and_sent_in_one_place_each() -> None:
    writers = {
        module
        for module, call in calls_of("insert")
        if call.args and getattr(call.args[0], "id", None) == "MailMessage"
    }
    assert writers == {"mail/service.py"}
    assert list(calls_of("MailMessage")) == []
    assert {module for module, _ in calls_of("deliver")} == {"mail/sending.py"}
    assert {module for module, _ in calls_of("send_message")} == {"mail/transport.py"}


def test_each_conditional_mail_has_its_check_and_no_other_has() -> None:
    assert registry.all_tasks()
    conditional = {name for name, template in TEMPLATES.items() if template.conditional}
    assert conditions._CONDITIONS.keys() == conditional
