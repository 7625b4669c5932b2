"""Logging: one line of JSON per event in production, readable lines elsewhere."""

import logging
import sys
from typing import Any

import structlog

from voorjebuurt.settings import Settings

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(settings: Settings) -> None:
    """Send our own events and those of libraries to stderr, with the request's or job's id."""
    last: Any = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        # Nothing that draws: it takes many seconds, and shows what variables held.
        exception_formatter=structlog.dev.plain_traceback,
    )
    if settings.production:
        last = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *([structlog.processors.format_exc_info] if settings.production else []),
                last,
            ],
        )
    )
    for name, level in (("voorjebuurt", logging.INFO), ("procrastinate", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [] if settings.environment == "test" else [handler]
        logger.setLevel(level)
        logger.propagate = settings.environment == "test"
