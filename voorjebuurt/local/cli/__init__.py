"""Subcommands of ``voorjebuurt`` that need this package: run, demo, due, migrations."""
