"""A person's story, in the Markdown of somebody who never heard of Markdown, as safe HTML. Pure.

Signs that somebody types on purpose (``**``, ``#``, ``-``) mean what they mean there. What turns up
in letters by chance does not: a year at the beginning of a line, words in brackets with a colon, a
paragraph that was indented, a line of dashes below another.
"""

import re
from collections.abc import Iterator
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h3", "code", "hr"}
_BY_CHANCE = ("code", "fence", "reference", "lheading")
_YEAR_OR_MORE = re.compile(r"^([ >*+-]*[0-9]{3,})([.)])(?=\s|$)", re.MULTILINE)
_ADDRESS = re.compile(r"(?<![\w@./])(?:https?://|www\.[\w-]+\.)[^\s<>\"“”„]{2,}", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?'’*_…"
_BLOCK_END = re.compile(r"</(?:p|li|h3|blockquote)>|<(?:br|hr)>")
_PAIRS = {")": "(", "]": "["}


def story_html(text: str, level: int = 3) -> Markup:
    """No HTML of their own, no pictures; links, also plain addresses, are nofollow ugc.

    Every heading becomes one of ``level``, so that a story can't disturb the outline of its page.
    """
    html = _markdown.render(_YEAR_OR_MORE.sub(r"\1\\\2", text or ""))
    html = re.sub(r"(</?)h[1-6]>", rf"\1h{level}>", html)
    return Markup(
        nh3.clean(
            html,
            tags=_TAGS | {f"h{level}"},
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow ugc noopener",
        )
    )


def plain_beginning(text: str, most: int = 200) -> str:
    """The first characters of what a text says, without its signs: whole words, on one line."""
    html = _BLOCK_END.sub(" ", story_html(text))
    line = " ".join(unescape(nh3.clean(html, tags=set())).split())
    if len(line) <= most:
        return line
    return f"{line[:most].rpartition(' ')[0] or line[:most]} …"


def _link_addresses(state: StateCore) -> None:
    """Make links of the addresses in texts that are no part of a link yet."""
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = list(_with_links(block.children))


def _with_links(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and depth == 0:
            yield from _linked(token.content)
        else:
            yield token


def _linked(text: str) -> Iterator[Token]:
    """The tokens of a text, with a link for each address in it."""
    end = 0
    for match in _ADDRESS.finditer(text):
        address = _without_what_follows(match[0])
        target = address if "://" in address else f"https://{address}"
        if not _markdown.validateLink(target) or match.start() < end:
            continue
        yield _text(text[end : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": _markdown.normalizeLink(target)})
        yield _text(address)
        yield Token("link_close", "a", -1)
        end = match.start() + len(address)
    yield _text(text[end:])


def _without_what_follows(address: str) -> str:
    """An address without the marks of the sentence that it ends, or stands in brackets in."""
    while address:
        last = address[-1]
        is_open = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if last not in _AFTER_ADDRESS and not is_open:
            break
        address = address[:-1]
    return address


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
_markdown.disable(["image", *_BY_CHANCE])
_markdown.core.ruler.push("addresses", _link_addresses)
