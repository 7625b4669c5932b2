"""From a template to subject, text and HTML, in the reader's language.

A template is Markdown whose first line is the subject. There is no web request here, so
translations come straight from the catalogues.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

from voorjebuurt import paths
from voorjebuurt.kernel import text
from voorjebuurt.kernel.lookalikes import is_written_from_the_right
from voorjebuurt.mail.plain import plain

_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
"""Around words that are written from the right: what follows them stays in its order."""
_MARKDOWN = MarkdownIt("js-default", {"html": False})


class RenderedMail(NamedTuple):
    """A mail's three parts."""

    subject: str
    text: str
    html: str


@lru_cache(maxsize=8)
def _environment(locale: str) -> Environment:
    # Text, not HTML: names keep their ampersands. The HTML part is made by the Markdown
    # renderer below, which escapes everything, with raw HTML switched off.
    environment = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    catalogue = Translations.load(str(paths.TRANSLATIONS), [locale])
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["euro"] = lambda cents: text.euro(cents, locale)
    environment.filters["day"] = lambda iso: text.day(datetime.fromisoformat(iso), locale)
    environment.filters["moment"] = lambda iso: text.moment(datetime.fromisoformat(iso), locale)
    environment.filters["decimal"] = lambda number: text.decimal(number, locale)
    environment.filters["plain"] = _plain
    return environment


def _plain(value: str) -> str:
    """A person's own words inside Markdown: one line, and no character means anything."""
    line = " ".join(value.split())
    if is_written_from_the_right(line):
        line = f"{_ISOLATE}{line}{_END_OF_ISOLATE}"
    return "".join(f"\\{c}" if c in r"\`*_{}[]<>()#+-.!|~&" else c for c in line)


class RenderedPaper(NamedTuple):
    """The same text on paper: without a foot, for nobody unsubscribes from a letter."""

    subject: str
    html: str


def paper_of(
    template: str, *, locale: str, base_url: str, context: dict[str, Any]
) -> RenderedPaper:
    """Render ``templates/emails/<template>.md`` for who has no address of mail.

    Raises jinja2's ``UndefinedError`` when ``context`` lacks something the template uses.
    """
    frame: dict[str, Any] = {
        "platform_name": "Voor je Buurt",
        "link": lambda path: base_url + path,
        "by_hand": True,
    }
    page = _environment(locale).get_template(f"emails/{template}.md")
    heading, _, body = page.render(**frame, **context).strip().partition("\n")
    tokens = _MARKDOWN.parse(body.strip())
    return RenderedPaper(
        _unescaped(heading.lstrip("# ").rstrip()),
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
    )


def render(
    template: str,
    *,
    locale: str,
    platform_name: str,
    base_url: str,
    context: dict[str, Any],
    unsubscribe_path: str | None = None,
) -> RenderedMail:
    """Render ``templates/emails/<template>.md``; names written by people go through ``|plain``.

    Text and HTML say the same, with the foot of ``layouts/email_footer.md`` under both.
    Raises jinja2's ``UndefinedError`` when ``context`` lacks something the template uses.
    """
    environment = _environment(locale)
    frame: dict[str, Any] = {"platform_name": platform_name, "link": lambda path: base_url + path}
    page = environment.get_template(f"emails/{template}.md")
    source = page.render(**frame, **context).strip()
    heading, _, body = source.partition("\n")
    subject = _unescaped(heading.lstrip("# ").rstrip())
    foot = environment.get_template("layouts/email_footer.md").render(
        **frame, unsubscribe_path=unsubscribe_path
    )
    body_tokens, foot_tokens = _MARKDOWN.parse(body.strip()), _MARKDOWN.parse(foot.strip())
    html = environment.get_template("layouts/email.html").render(
        subject=subject,
        body=_MARKDOWN.renderer.render(body_tokens, _MARKDOWN.options, {}),
        foot=_MARKDOWN.renderer.render(foot_tokens, _MARKDOWN.options, {}),
        locale=locale,
        direction=text.direction(locale),
        platform_name=platform_name,
    )
    return RenderedMail(subject, f"{plain(body_tokens)}\n-- \n{plain(foot_tokens)}", html)


def _unescaped(markdown: str) -> str:
    """The subject shows people's words without the backslashes that protected them."""
    result, after_backslash = [], False
    for character in markdown:
        if character == "\\" and not after_backslash:
            after_backslash = True
            continue
        result.append(character)
        after_backslash = False
    return "".join(result)
