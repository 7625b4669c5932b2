"""``voorjebuurt web``: the web server, in production and under the launcher.

The site's code is imported here, before the workers are forked, so that it is loaded once; what
it holds open (the database) is opened in each worker.
"""

import os
import signal
from functools import partial

import click
import structlog
from flask import Flask
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from voorjebuurt import settings
from voorjebuurt.app import create_app
from voorjebuurt.kernel import logs
from voorjebuurt.kernel.processes import die_with_parent
from voorjebuurt.settings import Settings, SettingsError

HEADER_SECONDS = 10
"""How long a connection may take to say what it wants. Bodies wait in the proxy in front, which
must read them whole (docs/operating.md): here each would hold a thread."""

NO_PROXY = (
    "TRUSTED_PROXIES is 0: there seems to be no proxy in front. Whoever sends a form byte by byte"
    " holds a thread of this server, and a dozen of them the whole site: see docs/operating.md,"
    " and docs/deploy/nginx.conf."
)
"""Logged at the start: the server bounds how long headers take to come, and not bodies."""


@click.command(name="web")
def command() -> None:
    """Serve the site's pages on HOST and PORT."""
    config = settings.load(os.environ)
    if config.database_url is None:
        raise SettingsError("Set DATABASE_URL; 'voorjebuurt run' starts a web server by itself.")
    if config.production and not config.trusted_proxies:
        logs.configure(config)
        structlog.get_logger(__name__).warning("no_proxy_in_front", advice=NO_PROXY)
    Server(
        "voorjebuurt.wsgi",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.server.workers,
        blocking_threads=config.server.threads,
        backlog=config.server.backlog,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        respawn_failed_workers=True,
        workers_kill_timeout=config.server.stop_seconds,
        log_level=LogLevels.warning,
    ).serve(target_loader=partial(load_application, os.getpid(), config))


def load_application(server: int, config: Settings, _target: str) -> Flask:
    """The site, in a worker process that ends when ``server`` (a pid) is killed.

    Without that, the workers of a killed server would go on answering on its port.
    """
    die_with_parent(signal.SIGKILL, server)
    # Until the worker has a handler of its own it has the server's, which would swallow the
    # request to stop; it must not be deaf while it loads.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return create_app(config)
