"""The parts of one sandbox, put together."""

import threading
from dataclasses import dataclass, field

from voorjebuurt.local.sandbox.clock import Clock
from voorjebuurt.local.sandbox.options import Options
from voorjebuurt.local.sandbox.store import Store
from voorjebuurt.local.sandbox.switches import Switches
from voorjebuurt.local.sandbox.webhooks import Webhooks


@dataclass(frozen=True)
class Sandbox:
    """Everything an operation may need. ``keys_in_flight`` are idempotency keys being handled."""

    options: Options
    store: Store
    clock: Clock
    switches: Switches
    webhooks: Webhooks
    keys_in_flight: set[str] = field(default_factory=set)
    stopping: threading.Event = field(default_factory=threading.Event)


def open_sandbox(options: Options) -> Sandbox:
    """The sandbox with the memory in ``options.state``."""
    store = Store(options.state)
    switches = Switches(store)
    return Sandbox(options, store, Clock(store), switches, Webhooks(store, switches, options))
