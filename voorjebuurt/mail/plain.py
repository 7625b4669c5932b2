"""The plain-text part of a mail: what its Markdown says, without the marks."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_BLOCKS = {"paragraph_close": "\n\n", "heading_close": "\n\n", "fence": "\n\n", "hr": "---\n\n"}


def plain(tokens: Sequence[Token]) -> str:
    """Markdown that was parsed, as text: ``- `` for items, ``> `` for quotes, ``text: address``."""
    blocks: list[str] = []
    quote_depth, item = 0, False
    for token in tokens:
        quote_depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "list_item_open":
            item = True
        elif token.type == "inline":
            lines = "".join(_inline(token.children or [])).splitlines()
            mark = "> " * quote_depth + ("- " if item else "")
            blocks.append("\n".join(mark + line for line in lines))
            item = False
        elif token.type in _BLOCKS and not token.hidden:
            blocks.append(_BLOCKS[token.type])
        elif token.type in ("paragraph_close", "bullet_list_close"):
            blocks.append("\n")
    return "".join(blocks).strip() + "\n"


def _inline(tokens: Sequence[Token]) -> Iterator[str]:
    address, link_text = "", ""
    for token in tokens:
        if token.type == "link_open":
            address, link_text = str(token.attrs.get("href", "")), ""
        elif token.type == "link_close":
            yield "" if link_text == address else f": {address}"
            address = ""
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
        else:
            link_text += token.content
            yield token.content
