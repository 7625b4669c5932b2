"""Puts the site together. Decides nothing: every part is told here what it works with."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from voorjebuurt import paths
from voorjebuurt.kernel import logs
from voorjebuurt.kernel.db import Database
from voorjebuurt.settings import Settings, SettingsError
from voorjebuurt.web import (
    auth,
    caches,
    changes,
    coach,
    guards,
    hooks,
    limits,
    officer,
    public,
    resident,
    staff,
    viewing,
)
from voorjebuurt.web.kit import (
    actors,
    bodies,
    database,
    errors,
    i18n,
    jinja,
    layout,
    local_paths,
    requests,
    security,
)
from voorjebuurt.web.kit.assets import files as assets
from voorjebuurt.web.site import health, outbox, sandbox_proxy, unsubscribing, well_known

AUDIENCES = (public, auth, resident, coach, staff, officer, hooks)


def create_app(settings: Settings, database_: Database | None = None) -> Flask:
    """The site as a WSGI application, on ``settings.database_url`` or a database given.

    Raises ``SettingsError`` without a database, ``GuardTableError`` when a route has no guard.
    """
    app = Flask("voorjebuurt", static_folder=None, template_folder=str(paths.TEMPLATES))
    app.extensions[database.SETTINGS] = settings
    app.extensions[database.EXTENSION] = database_ or _open_database(settings)
    logs.configure(settings)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    requests.init_requests(app)
    security.init_hosts(app, settings)
    local_paths.init_redirects(app)
    caches.init_caches(app)
    actors.init_actors(app)
    i18n.init_i18n(app)
    bodies.init_bodies(app, settings)
    viewing.init_viewing(app)
    guards.init_guards(app)
    security.init_security(app, settings)
    i18n.init_choices(app)
    errors.init_errors(app)
    headers = security.safety_headers(settings)
    files = assets.init_assets(app, production=settings.production, headers=headers)
    jinja.init_jinja(app, files)
    layout.init_layout(app)
    for audience in AUDIENCES:
        app.register_blueprint(audience.blueprint)
    security.csrf.exempt(hooks.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(well_known.blueprint)
    app.register_blueprint(unsubscribing.blueprint)
    security.csrf.exempt(unsubscribing.blueprint)
    if settings.smtp_url is None and not settings.production:
        app.register_blueprint(outbox.blueprint)
    if settings.uses_sandbox and settings.sandbox_url:
        app.register_blueprint(sandbox_proxy.blueprint)
        security.csrf.exempt(sandbox_proxy.blueprint)
    limits.init_limits(app)
    guards.check_guards(app)
    changes.check_changes(app)
    return app


def _open_database(settings: Settings) -> Database:
    if settings.database_url is None:
        raise SettingsError("DATABASE_URL is not set; 'voorjebuurt run' starts an embedded one.")
    return Database(settings.database_url, pool_size=settings.database_pool_size)
