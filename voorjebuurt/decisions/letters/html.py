"""A letter as HTML, for the screen and for printing from it: the same content as the PDF."""

from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from voorjebuurt import paths
from voorjebuurt.decisions.letters.content import Letter


def html_of(letter: Letter) -> Markup:
    """The letter as one ``<article>``; its title is a heading of the second level."""
    html: Markup = _template().make_module({"letter": letter}).__html__()
    return html


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("letters/letter.html")
