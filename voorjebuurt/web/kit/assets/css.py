"""Just enough CSS to put one small style sheet together: rules, selectors, minifying. Pure."""

import re
from collections.abc import Callable, Iterator

_IMITATED_STATE = re.compile(
    r"\.[\w-]+--(?:hover|active|focus|focus-visible|visited|pressed)(?![\w-])"
)
_LIBRARY_CLASS = re.compile(r"\.(utrecht-[\w-]+)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def statements(css: str) -> Iterator[str]:
    """The top-level rules, an at-rule with its block as one."""
    depth = start = 0
    for position, character in enumerate(css):
        if character == ";" and depth == 0:
            start = position + 1
        depth += (character == "{") - (character == "}")
        if character == "}" and depth == 0:
            yield css[start : position + 1].strip()
            start = position + 1


def without_selectors(css: str, is_needless: Callable[[str], bool]) -> str:
    """The style sheet without the selectors for which ``is_needless`` holds.

    Rules inside at-rules stay as they are.
    """
    pieces = []
    for rule in statements(_COMMENT.sub("", css)):
        head, _, body = rule.partition("{")
        if head.startswith("@"):
            pieces.append(rule)
            continue
        selectors = [s for s in _split_selectors(head) if not is_needless(s)]
        if selectors:
            pieces.append(",".join(selectors) + "{" + body)
    return "\n".join(pieces)


def needless(classes: frozenset[str]) -> Callable[[str], bool]:
    """Tells which of the component library's selectors can never match one of our pages.

    ``classes`` are the library's classes as templates write them; one that ends in ``--`` is the
    beginning of several. Selectors on ``:invalid`` go too: a browser calls an empty field
    invalid before anybody typed, and we mark errors by class.
    """
    beginnings = tuple(name for name in classes if name.endswith("--"))

    def known(name: str) -> bool:
        return (
            name in classes
            or name.removesuffix("--invalid") in classes
            or (bool(beginnings) and name.startswith(beginnings))
        )

    def decide(selector: str) -> bool:
        positive = re.sub(r":not\([^()]*\)", "", selector)
        if ":invalid" in positive or _IMITATED_STATE.search(positive):
            return True
        return not all(known(name) for name in _LIBRARY_CLASS.findall(positive))

    return decide


def minified(css: str) -> str:
    """The style sheet without comments and needless white space."""
    css = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    return re.sub(r"([\w-]): ", r"\1:", css).replace(";}", "}").strip()


def variables(css: str) -> set[str]:
    """The custom properties that a style sheet reads."""
    return set(_VARIABLE.findall(css))


def _split_selectors(head: str) -> list[str]:
    """Split at commas that stand outside brackets."""
    parts, depth = [""], 0
    for character in head:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]
