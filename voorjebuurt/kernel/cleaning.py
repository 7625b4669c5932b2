"""Text as people type and paste it, made into text as it is kept. Pure.

Every text that comes in goes through here: composed (NFC), with one kind of space, and without
characters that nobody sees. What is left compares, counts and sorts as it looks.
"""

import re
import unicodedata

_NO_TEXT = (
    "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # seen by nobody
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # widths and directions
    "\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff"  # halves of characters
)
_INVISIBLE = re.compile(f"[{_NO_TEXT}]")
_JOINER = re.compile("[\u200c\u200d]")
_LINE_ENDS = re.compile("\r\n|[\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]")
_SPACES = re.compile("[\t\u001f \u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]+")
_INDENT = re.compile("^[\t\u001f \u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]+")
_JOINED_SCRIPTS = re.compile("[\u0600-\u07bf\u0860-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")
_TAB = "    "
_MOST_MARKS = 30
"""Combining marks after each other: the bound of Unicode's stream-safe text (UAX 15)."""


def clean_line(text: str) -> str:
    """One line: every run of spaces and line ends is one space, none at the ends."""
    return _SPACES.sub(" ", _LINE_ENDS.sub(" ", _seen(text)).replace("\n", " ")).strip(" ")


def clean_lines(text: str) -> str:
    """Several lines, each ended by a newline only, without empty ones before and after.

    A line after the first keeps its indent, in plain spaces: the lists of Markdown need it.
    """
    lines = _LINE_ENDS.sub("\n", _seen(text)).split("\n")
    return "\n".join(_indent(line) + clean_line(line) for line in lines).strip()


def without_spaces(text: str) -> str:
    """The characters of a number or code, whatever stands between them to be read easily."""
    return clean_line(text).replace(" ", "")


def _seen(text: str) -> str:
    """Composed, and without what nobody sees."""
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _with_few_marks(text))
    return _JOINER.sub(_joining, text) if _JOINER.search(text) else text


def _with_few_marks(text: str) -> str:
    """At most ``_MOST_MARKS`` on one letter: the rest is no language, and sorting long runs of them
    takes a time that grows with the square of their number.
    """
    kept_characters, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept_characters.append(character)
    return "".join(kept_characters)


def _joining(match: re.Match[str]) -> str:
    """A joiner where it shapes what stands around it: in some scripts, and between emoji."""
    text, at = match.string, match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if _JOINED_SCRIPTS.match(before) and _JOINED_SCRIPTS.match(after):
        return match[0]
    return match[0] if match[0] == "\u200d" and _is_emoji(before) and _is_emoji(after) else ""


def _is_emoji(character: str) -> bool:
    is_modifier = character == "\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff"
    return is_modifier or (character != "" and unicodedata.category(character) == "So")


def _indent(line: str) -> str:
    match = _INDENT.match(line)
    if not match or match.end() == len(line):
        return ""
    return "".join(_TAB if space == "\t" else " " for space in match[0])
