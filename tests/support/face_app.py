"""The smallest application that can show our templates: no database, no sign-in."""

from pathlib import Path

from flask import Flask, Response, flash, render_template, request
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import FileSystemLoader
from werkzeug.datastructures import MultiDict

from tests.support import style_page
from voorjebuurt import paths
from voorjebuurt.web.kit import jinja
from voorjebuurt.web.kit.assets import files as assets
from voorjebuurt.web.kit.errors import error_page

BAD = MultiDict({"email": "fatima@example.nl", "amount": "other", "short": "te lang"})
CONTEXT = {
    "settings_public": {"platform_name": "Voor je Buurt", "practice": True},
    "nav": [{"href": "/", "label": "Acties", "current": True}, {"href": "/x", "label": "Start"}],
    "municipality": {"name": "Gemeente Waterlanden"},
    "user_menu": [{"href": "/mijn", "label": "Mijn acties"}],
    "user_name": "Fatima",
    "sign_out_href": "/uitloggen",
    "languages": [
        {"code": "nl", "label": "Nederlands", "href": "/?lang=nl", "current": True},
        {"code": "en", "label": "English", "href": "/?lang=en", "current": False},
    ],
    "footer_links": [{"href": "/privacy", "label": "Privacy"}],
}


def create(dist: Path) -> Flask:
    """The application; its static files are built in ``dist``."""
    app = Flask("face")
    app.jinja_loader = FileSystemLoader([paths.TEMPLATES, Path(__file__).parent / "templates"])
    app.config.update(SECRET_KEY="face", BABEL_TRANSLATION_DIRECTORIES=str(paths.TRANSLATIONS))
    Babel(app, locale_selector=lambda: request.args.get("lang", "nl") if request else "nl")
    CSRFProtect(app)
    jinja.init_jinja(app, assets.init_assets(app, production=False, headers={}, dist=dist))
    app.context_processor(lambda: CONTEXT)
    app.add_url_rule("/", "style", show_style_page)
    app.add_url_rule("/errors/<int:code>", "error", lambda code: error_page(code)[0])
    app.after_request(_with_policy)
    return app


def show_style_page() -> str:
    """Every component; with ``?bad`` after a form that was filled in wrongly."""
    form = style_page.SampleForm()
    if "bad" in request.args:
        form.process(BAD)
        form.validate()
        flash("Er ging iets mis.", "error")
    return render_template("style_page.html", **style_page.sample_context(form))


def _with_policy(response: Response) -> Response:  # production adds the places of payment
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'"
    )
    return response
