"""The rules of the house that no tool knows: read from the source itself."""

import ast
import re
import sys
from statistics import median, quantiles

import pytest

from tests.support.source import FUNCTIONS, ROOT, calls_of, modules, nodes, place
from voorjebuurt import paths
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.web.words.messages import MESSAGES

ERRORS = {"DomainError", "NotFoundError", "ForbiddenError", "TransitionError"}
DOMAIN = (
    *("audit/", "campaigns/", "decisions/", "kernel/", "ledger/", "mail/"),
    *("local/demo/", "matching/", "payments/", "payouts/", "people/", "places/", "pledges/"),
    "rulebook/",
)
WEB_LIBRARIES = {"flask", "flask_babel", "flask_login", "flask_wtf", "werkzeug", "wtforms"}
CODE = re.compile(r"[a-z]+(_[a-z]+)+")
MAX_MEDIAN_FILE, MAX_P90_FILE, MAX_P90_FUNCTION = 90, 250, 30


def test_one_place_commits() -> None:
    places = {name for name, _ in calls_of("commit")}
    assert places == {"kernel/db.py"}


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        place(name, inner)
        for name, function in nodes(*FUNCTIONS)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_the_domain_knows_no_web() -> None:
    wrong = [
        place(name, node)
        for name, node in nodes(ast.Import, ast.ImportFrom)
        if name.startswith(DOMAIN) and _roots(node) & WEB_LIBRARIES
    ]
    assert wrong == []


def _roots(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]}
    assert isinstance(node, ast.Import)
    return {alias.name.partition(".")[0] for alias in node.names}


def test_only_the_clock_tells_the_time() -> None:
    """Time must be able to move in a demonstration; the sandbox has a clock of its own."""
    exempt = (
        *("kernel/clock.py", "worker/", "local/demo/stage.py"),
        *("local/sandbox/", "local/embedded/", "local/launcher/"),
    )
    wrong = [
        place(name, call)
        for method in ("now", "utcnow", "today")
        for name, call in calls_of(method)
        if not name.startswith(exempt)
        and ast.unparse(call.func) not in ("clock.now", "clock.today")
    ]
    assert wrong == []


def test_only_the_lifecycle_writes_a_campaigns_status() -> None:
    """By assignment, by ``update`` or in SQL; a new row's first status is its own."""
    lines = [
        place(name, target)
        for name, node in nodes(ast.Assign, ast.AugAssign, ast.AnnAssign)
        for target in getattr(node, "targets", [getattr(node, "target", None)])
        if isinstance(target, ast.Attribute)
        and target.attr == "status"
        and ast.unparse(target.value) == "campaign"
    ]
    assert [line.partition(":")[0] for line in lines] == ["campaigns/lifecycle.py"]
    in_sql = [
        place(name, node)
        for name, node in nodes(ast.Constant)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"\bUPDATE\s+campaigns\b", node.value)
    ]
    assert in_sql == []
    assert [place(name, call) for name, call in calls_of("update") if _updates(call)] == []


def _updates(call: ast.Call) -> bool:
    return any(ast.unparse(argument) == "Campaign" for argument in call.args)


def test_no_float_comes_near_money() -> None:
    """Seconds, contrast and drawings have no cents."""
    money = (
        *("ledger/", "payments/", "payouts/", "pledges/", "decisions/"),
        *("kernel/money.py", "kernel/text.py"),
    )
    wrong = [
        place(name, node)
        for name, node in nodes(ast.Name)
        if isinstance(node, ast.Name)
        and node.id == "float"
        and name.startswith((*money, "campaigns/", "local/demo/", "settings/", "web/"))
        and not name.startswith(
            ("web/kit/limits.py", "web/kit/assets/theme.py", "local/demo/town.py")
        )
    ]
    assert wrong == []


def error_codes() -> dict[str, str]:
    """Every code with which the package makes a ``DomainError``, with one place."""
    codes = {}
    for name, node in nodes(ast.Call):
        assert isinstance(node, ast.Call)
        if getattr(node.func, "id", None) in ERRORS and node.args:
            for constant in ast.walk(node.args[0]):
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    codes[constant.value] = place(name, node)
        if getattr(node.func, "id", None) == "Gap":
            for constant in node.args[2:3]:
                if isinstance(constant, ast.Constant):
                    codes[str(constant.value)] = place(name, node)
    return codes


def code_like_returns() -> set[str]:
    """Codes that a rule returns for somebody else to raise: all strings that look like one."""
    return {
        node.value
        for name, node in nodes(ast.Constant)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
        and not name.startswith(("web/words/messages.py", "web/words/case_messages.py"))
    }


def test_every_error_has_a_text() -> None:
    codes = error_codes()
    assert len(codes) > 50
    assert {code: where for code, where in codes.items() if code not in MESSAGES} == {}


def test_every_text_belongs_to_an_error() -> None:
    transitions = {code for code in MESSAGES if code.endswith(("_not_now", "_refused"))}
    assert set(MESSAGES) - error_codes().keys() - code_like_returns() - transitions == set()


def test_an_error_always_carries_a_code_and_never_a_sentence() -> None:
    assert [code for code in error_codes() if not CODE.fullmatch(code)] == []
    assert DomainError("some_code").code == "some_code"


def templates() -> dict[str, str]:
    """Every template by its name."""
    files = [file for file in paths.TEMPLATES.rglob("*") if file.suffix in (".html", ".md", ".txt")]
    return {str(file.relative_to(paths.TEMPLATES)): file.read_text() for file in files}


def test_every_template_is_used() -> None:
    """By its name, or put together from parts, in code or in another template."""
    literals = {
        node.value
        for _, node in nodes(ast.Constant)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    patterns = [
        _pattern(node) for _, node in nodes(ast.JoinedStr) if isinstance(node, ast.JoinedStr)
    ]
    texts = templates()
    beside = "\n".join(texts.values())
    orphans = []
    for name in texts:
        folder, _, file = name.rpartition("/")
        literal = file.removesuffix(".md") if folder == "emails" else name
        in_use = literal in literals or any(pattern.fullmatch(literal) for pattern in patterns)
        part = file.startswith("_") and f'"{folder}/_" ~' in beside
        if not in_use and not part and f'"{name}"' not in beside:
            orphans.append(name)
    assert orphans == []


def test_every_template_that_a_template_names_exists() -> None:
    """A part that was moved breaks the pages that take it only when somebody asks for them."""
    texts = templates()
    pattern = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+\"([^\"]+)\"(?!\s*~)")
    missing = [
        (name, part)
        for name, text in texts.items()
        for part in pattern.findall(text)
        if part not in texts and not (paths.TEMPLATES / part).exists()
    ]
    assert sum(len(pattern.findall(text)) for text in texts.values()) > 300
    assert missing == []


def _pattern(text: ast.JoinedStr) -> re.Pattern[str]:
    """An f-string that names a template in its folder, or a mail, as a pattern of such names."""
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
        for part in text.values
    ]
    whole = "".join(parts)
    return re.compile(whole if re.match(r"[a-z]+(/|_)", whole) else "(?!)")


def test_templates_hold_no_inline_style_and_no_inline_script() -> None:
    """The content policy would refuse them; the frame of a mail is no page of the site.

    Facts as JSON-LD are data: no browser runs them.
    """
    no_script = r"(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)"
    inline = re.compile(rf"<script{no_script}|<style\b|\sstyle=|\son[a-z]+=\"|javascript:", re.I)
    wrong = [
        name
        for name, text in templates().items()
        if name != "layouts/email.html" and inline.search(re.sub(r"{{.*?}}", "", text))
    ]
    assert wrong == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, tree in modules().items() if not ast.get_docstring(tree)] == []


def test_what_is_public_is_documented() -> None:
    kinds = (*FUNCTIONS, ast.ClassDef)
    without = [
        f"{place(name, node)} {node.name}"
        for name, tree in modules().items()
        for body in (tree.body, *(n.body for n in tree.body if isinstance(n, ast.ClassDef)))
        for node in body
        if isinstance(node, kinds)
        and not node.name.startswith("_")
        and node.name != "Meta"
        and not ast.get_docstring(node)
    ]
    assert without == []


def test_sizes_stay_readable(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(
        len((ROOT / "voorjebuurt" / name).read_text().splitlines())
        for name in modules()
        if not name.endswith("__init__.py")
    )
    functions = [
        (node.end_lineno or 0) - node.lineno + 1
        for _, node in nodes(*FUNCTIONS)
        if isinstance(node, FUNCTIONS)
    ]
    file_p90, function_p90 = quantiles(files, n=10)[-1], quantiles(functions, n=10)[-1]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(files)} modules: median {median(files):.0f}, p90 {file_p90:.0f} lines; "
            f"{len(functions)} functions: median {median(functions):.0f}, p90 {function_p90:.0f}\n"
        )
    assert median(files) <= MAX_MEDIAN_FILE
    assert file_p90 <= MAX_P90_FILE
    assert function_p90 <= MAX_P90_FUNCTION
