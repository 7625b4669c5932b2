"""Names that people choose for themselves: whoever reads one must not take them for somebody else.

The municipality, this site and who works for it have names that nobody else goes by. Who works
here may.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any

from flask_babel import gettext
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from voorjebuurt.kernel.lookalikes import mixes_alphabets, skeleton
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading, the_settings

_OFFICES = (
    *("moderator", "moderatie", "redactie", "redacteur", "beheer", "beheerder", "admin"),
    *("administrator", "helpdesk", "klantenservice", "support", "webmaster", "wethouder"),
    *("burgemeester", "ambtenaar", "team", "stichting", "medewerker"),
)
_ALONE = ("moderator", "moderatie", "redactie", "beheer", "beheerder", "admin", "administrator")
_HEAD = re.compile(r"\s*[:|–—]|\s-\s")
"""What stands between who speaks and what is said."""
_ARTICLES = ("de", "het", "the", "uw", "jouw")


class OwnName:
    """The name of a person or a group, which is not that of an authority."""

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise ``ValidationError`` for a name that would mislead."""
        name = field.data or ""
        _refuse_mixed(name)
        person = current_person()
        if person is not None and person.roles:
            return
        if is_reserved_name(name, platform=the_settings().platform_name, places=_places(name)):
            raise ValidationError(
                gettext(
                    "This is a name of a municipality, or of who works for this site. Enter "
                    "your own name, for example your first and last name."
                )
            )


class OwnTitle:
    """What a plan is called, which is no message of an authority."""

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise ``ValidationError`` for a title that would mislead."""
        title = field.data or ""
        _refuse_mixed(title)
        if is_reserved_title(title, platform=the_settings().platform_name, places=_places(title)):
            raise ValidationError(
                gettext(
                    "This looks like a message of a municipality or of this site. Say in the "
                    "name what your plan is about."
                )
            )


def is_reserved_name(name: str, *, platform: str, places: Iterable[str]) -> bool:
    """Whether a name is, or looks like, that of a municipality, of the platform, or of an office.

    “Gemeente …” is a municipality wherever it is; “Protestantse Gemeente …” is a church.
    """
    looks = _without_article(skeleton(name))
    own_name = skeleton(platform)
    towns = {skeleton(place) for place in places}
    if not looks:
        return False
    if looks.split(" ")[0] == skeleton("gemeente") or looks in {own_name, *towns}:
        return True
    if looks.startswith(f"{own_name} ") or looks in map(skeleton, _ALONE):
        return True
    return _holds_office(looks, {own_name, *towns})


def is_reserved_title(title: str, *, platform: str, places: Iterable[str]) -> bool:
    """Whether a title is, or begins, as a municipality or this site would sign."""
    own_name, towns = skeleton(platform), {skeleton(place) for place in places}
    councils = {f"{skeleton('gemeente')} {town}" for town in towns}
    looks = _without_article(skeleton(title))
    head = _without_article(skeleton(_HEAD.split(title, maxsplit=1)[0]))
    if looks in towns or any(f"{looks} ".startswith(f"{name} ") for name in councils):
        return True
    if head == own_name or head in map(skeleton, _ALONE):
        return True
    return _holds_office(head, {own_name, *towns})


def _holds_office(looks: str, authorities: Collection[str]) -> bool:
    """Whether it is an office of one of these, as “Redactie Voor je Buurt”, in any order."""
    offices = "|".join(skeleton(office) for office in _OFFICES)
    rest = re.sub(rf"\b(?:{offices}|van|of)\b ?", "", looks).strip()
    return rest != looks and rest in authorities


def _without_article(looks: str) -> str:
    first, _, rest = looks.partition(" ")
    return rest if rest and first in map(skeleton, _ARTICLES) else looks


def _refuse_mixed(text: str) -> None:
    if mixes_alphabets(text):
        raise ValidationError(
            gettext("Use letters of one alphabet in a word: some of these only look the same.")
        )


def _places(text: str) -> list[Any]:
    if not text:
        return []
    with reading() as session:
        return [place.name for place in municipalities(session)]
