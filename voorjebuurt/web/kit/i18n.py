"""Which language and clock a request gets.

A choice made on the site (``?taal=en``, remembered in a cookie) goes before the person's own
language, and that before what the browser asks for.
"""

from urllib.parse import urlencode

from babel import Locale
from flask import Flask, Response, g, request
from flask_babel import Babel

from voorjebuurt import paths
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.web.kit.actors import known_person
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.local_paths import this_path
from voorjebuurt.web.kit.returned_forms import UNREAD, give_back

PARAMETER = "taal"
COOKIE = "taal"
_YEAR_SECONDS = 365 * 24 * 3600


def init_i18n(app: Flask) -> None:
    """Translate by request, show moments on the platform's clock."""
    with app.app_context():
        settings = the_settings()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(paths.TRANSLATIONS)
    Babel(
        app,
        default_locale=settings.default_locale,
        default_timezone=settings.timezone,
        locale_selector=chosen_locale,
    )
    app.after_request(_remember)


def init_choices(app: Flask) -> None:
    """Take the language that is chosen with a form; after the size of bodies was bounded."""
    app.before_request(_take_choice)


def chosen_locale() -> str:
    """The language of this request."""
    locales = languages()
    person = known_person()
    wishes = (
        g.get("chosen_locale"),
        request.args.get(PARAMETER),
        request.cookies.get(_cookie()),
        person.locale if person else None,
        request.accept_languages.best_match(locales),
    )
    return next((wish for wish in wishes if wish in locales), the_settings().default_locale)


def named_locale() -> str:
    """The language that the address itself names, whoever asks; the site's own without one."""
    wish = request.args.get(PARAMETER)
    return wish if wish in languages() else the_settings().default_locale


def choose_locale(locale: str) -> None:
    """Remember this language for the browser, from the next request on."""
    if locale in languages():
        g.chosen_locale = locale


def language_links() -> list[dict[str, str | bool]]:
    """This page in each language, for the foot of the page."""
    here = chosen_locale()
    return [
        {
            "code": code,
            "label": language_name(code),
            "href": _this_page_in(code),
            "current": code == here,
        }
        for code in languages()
    ]


def language_name(code: str) -> str:
    """What a language calls itself."""
    return (Locale.parse(code).get_display_name(code) or code).capitalize()


def _take_choice() -> None:
    """A language that was chosen with a form: the form comes back in it, as it was typed."""
    if request.method != "POST" or request.blueprint in UNREAD:
        return
    choice = request.form.get(PARAMETER)
    if choice in languages():
        choose_locale(choice)
        give_back("")


def _this_page_in(locale: str) -> str:
    rule = request.url_rule
    if request.method == "POST" and rule is not None and "GET" not in (rule.methods or ()):
        return f"/?{urlencode([(PARAMETER, locale)])}"
    arguments = [(key, value) for key, value in request.args.items(multi=True) if key != PARAMETER]
    return f"{this_path()}?{urlencode([*arguments, (PARAMETER, locale)])}"


def _cookie() -> str:
    """Its name: in public one that no other host can set."""
    return f"__Host-{COOKIE}" if the_settings().production else COOKIE


def _remember(response: Response) -> Response:
    if response.cache_control.public:
        return response  # what any cache may keep carries nobody's cookie
    choice = g.get("chosen_locale") or request.args.get(PARAMETER)
    if choice in languages() and choice != request.cookies.get(_cookie()):
        response.set_cookie(
            _cookie(),
            choice,
            max_age=_YEAR_SECONDS,
            secure=the_settings().production,
            httponly=True,
            samesite="Lax",
        )
    return response
