"""``python -m voorjebuurt.sandbox``."""

import logging
import sys

from voorjebuurt.local.sandbox.options import parse
from voorjebuurt.local.sandbox.server import StartError, serve


def main() -> None:
    """Run the sandbox as the command line says."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        serve(parse())
    except StartError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
