"""``python -m voorjebuurt``: the same as the ``voorjebuurt`` command."""

from voorjebuurt.cli import main

main()
