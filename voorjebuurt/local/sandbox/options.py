"""How one sandbox is set up: the command line, and what stays the same until it stops."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RETRIES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)
"""Mollie tries a webhook ten times in 26 hours; here ten times in nine minutes."""


@dataclass(frozen=True)
class Options:
    """Durations are in seconds; ``public_url`` is where a browser finds the checkout page."""

    state: Path
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    port_file: Path | None = None
    die_with_parent: bool = False
    merchant: str = "Voor je Buurt"
    expiry: float = 15 * 60
    refund_pending: float = 20
    refund_processing: float = 20
    collection: float = 2 * 24 * 3600
    webhook_retries: tuple[float, ...] = RETRIES
    webhook_timeout: float = 15
    key_lifetime: float = 60 * 60
    tick: float = 1.0


def parse(arguments: Sequence[str] | None = None) -> Options:
    """The options on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m voorjebuurt.sandbox",
        description="A local payment sandbox that speaks Mollie's API. No money moves.",
    )
    default = Options(state=Path())
    add = parser.add_argument
    add("--state", type=Path, required=True, help="the SQLite file that keeps the payments")
    add("--host", default=default.host)
    add("--port", type=_port, default=0, help="0: the port in --port-file if free, else any")
    add("--port-file", type=Path, help="the port is written here once it listens")
    add("--public-url", default="", help="prefix of the checkout page as browsers see it")
    add("--merchant", default=default.merchant, help="the name on the checkout page")
    add("--die-with-parent", action="store_true", help="stop when the parent process is gone")
    add("--expiry", type=float, default=default.expiry, help="seconds until a payment expires")
    add("--refund-pending", type=float, default=default.refund_pending)
    add("--refund-processing", type=float, default=default.refund_processing)
    add("--collection", type=float, default=default.collection, help="seconds at the bank")
    add("--webhook-retries", type=_seconds, default=default.webhook_retries, metavar="1,2,4")
    add("--webhook-timeout", type=float, default=default.webhook_timeout)
    return Options(**vars(parser.parse_args(arguments)))


def _seconds(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(",") if part.strip())


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number
