"""What templates show of people's words says its language, and of codes it shows the names."""

from collections.abc import Iterator

import pytest
from jinja2 import Environment, nodes

from voorjebuurt import paths

WRITTEN = frozenset(
    {
        *("title", "summary", "story", "for_whom", "worse_off", "leftovers", "needs", "location"),
        *("group_name", "message", "reach", "holder", "evidence", "refusal", "resolution"),
        *("fund_name", "municipality", "neighbourhood", "campaign_title", "initiator_name"),
        *("proposer", "releaser", "submitter", "verifier", "legal_basis", "purpose"),
    }
)
"""Attributes that hold what somebody wrote, or is called."""
CALLED = frozenset(
    {"area", "campaign", "donor", "fund", "gift", "municipality", "person", "place", "group"}
)
"""Names of things in templates whose ``name`` somebody gave them."""
OURS = frozenset({"question", "page", "letter", "annex", "step", "form", "f", "answer", "article"})
"""Names of things in templates whose title or text is the site's own."""
CODES = frozenset(
    {"action", "actor_kind", "booked_as", "channel", "kind", "method", "outcome", "role", "scheme"}
    | {"state", "status", "subject_kind"}
)
"""Attributes that hold a code, which has a name in every language."""
MARKS = frozenset({"as_written", "nl2br", "markdown", "story", "in_language", "as_story"})
"""Filters that say the language of what they get."""
MARKUP = frozenset({"as_written", "mail_address", "nl2br", "markdown", "story", "as_story"})
"""Filters that make tags of what they get."""
ELSEWHERE = frozenset({"url_for", "field"})
"""Calls that show nothing of what they get, or show it in a field."""
QUIET_BLOCKS = frozenset({"title", "description", "head"})
"""Blocks that stand where a part can't say its language."""
DUTCH_ONLY = ("letters/", "emails/", "sandbox/", "outbox/")
"""Templates that are in one language, or say it as a whole."""
LANG = "\0"
"""Stands for ``written_lang()`` in what came before."""


class Reader:
    """Goes through a template as a browser does, and keeps what is shown without its language."""

    def __init__(self) -> None:
        self.before = ""
        self.findings: list[str] = []

    def visit(self, node: nodes.Node) -> None:
        """One node and all below it, in the order of the page."""
        if isinstance(node, nodes.Block) and node.name in QUIET_BLOCKS:
            return
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                self._show(part)
            return
        for child in node.iter_child_nodes():
            self.visit(child)

    def _show(self, part: nodes.Expr) -> None:
        if isinstance(part, nodes.TemplateData):
            self.before = (self.before + part.data)[-400:]
            return
        if is_call(part, "written_lang"):
            self.before += LANG
            return
        if self._is_in_a_tag():
            marks = [each for each in part.find_all(nodes.Filter) if each.name in MARKUP]
            marks += [part] if isinstance(part, nodes.Filter) and part.name in MARKUP else []
            self.findings += [f"{part.lineno}: {mark.name} within a tag" for mark in marks]
        elif LANG not in self.before[max(self.before.rfind("<"), 0) :]:
            self.findings += [f"{part.lineno}: {name}" for name in unmarked(part)]

    def _is_in_a_tag(self) -> bool:
        """Whether there is no place for a language; what a tag gets must be no tag itself."""
        return self.before.rfind("<") > self.before.rfind(">")


def is_call(node: nodes.Node, name: str) -> bool:
    """Whether a function of this name is called, and not a method."""
    return isinstance(node, nodes.Call) and name_of(node.node) == name


def name_of(node: nodes.Node) -> str:
    """The name that stands there by itself, if it is one."""
    return node.name if isinstance(node, nodes.Name) else ""


def is_code(node: nodes.Node | None) -> bool:
    """Whether this is a code: what a filter makes of it is a name."""
    return isinstance(node, nodes.Getattr) and node.attr in CODES


def needs_a_mark(node: nodes.Getattr) -> bool:
    """Whether this holds what somebody wrote, or a code."""
    owner = name_of(node.node)
    by_people = node.attr in WRITTEN or (node.attr == "name" and owner in CALLED)
    return (by_people or is_code(node)) and owner not in OURS


def unmarked(node: nodes.Node) -> Iterator[str]:
    """The attributes in an expression that are shown and do not say their language."""
    if isinstance(node, nodes.Filter) and (node.name in MARKS or is_code(node.node)):
        return
    if any(is_call(node, name) for name in ELSEWHERE):
        return
    if isinstance(node, nodes.CondExpr):
        for branch in (node.expr1, node.expr2):
            if branch is not None:
                yield from unmarked(branch)
        return
    if isinstance(node, nodes.Compare | nodes.Test | nodes.Not):
        return
    if isinstance(node, nodes.Getitem):  # a name that is looked up by a code
        yield from unmarked(node.node)
        return
    if isinstance(node, nodes.Getattr) and needs_a_mark(node):
        yield node.attr
        return
    for child in node.iter_child_nodes():
        yield from unmarked(child)


def shown_without(source: str) -> list[str]:
    """What a template shows of people's words without their language: line and attribute."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    reader = Reader()
    reader.visit(environment.parse(source))
    return reader.findings


def test_words_of_people_say_their_language_and_codes_have_names_in_every_template() -> None:
    findings = [
        f"{name}:{finding}"
        for file in sorted(paths.TEMPLATES.rglob("*.html"))
        if not (name := str(file.relative_to(paths.TEMPLATES))).startswith(DUTCH_ONLY)
        for finding in shown_without(file.read_text())
    ]
    assert findings == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>{{ campaign.title }}</p>", ["1: title"]),
        ("<p>{{ campaign.title|as_written }}</p>", []),
        ("<p{{ written_lang() }}>{{ campaign.title }}</p>", []),
        ("<p{{ written_lang() }}>x</p><p>{{ row.holder }}</p>", ["1: holder"]),
        ("<p>{{ fund.name }} {{ field.name }}</p>", ["1: name"]),
        ('<a title="{{ campaign.title }}">x</a>', []),
        ('<a title="{{ campaign.title|as_written }}">x</a>', ["1: as_written within a tag"]),
        (
            """<i title="{{ _('Of %(of)s', of=fund.name|as_written) }}"></i>""",
            ["1: as_written within a tag"],
        ),
        ('{{ _("Of %(title)s", title=row.title) }}', ["1: title"]),
        ("{{ row.title|as_written if row.title else row.location }}", ["1: location"]),
        ("<p>{{ payout.status }} {{ payout.status|payout_state }}</p>", ["1: status"]),
        ("<p>{{ names[payout.status] }}</p>", []),
        ("{% block title %}{{ campaign.title }}{% endblock %}", []),
    ],
)
def test_the_lint_sees_what_is_shown_as_it_is(source: str, expected: list[str]) -> None:
    assert shown_without(source) == expected
