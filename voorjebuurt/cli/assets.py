"""``voorjebuurt assets build``: the static files, before they are served or packed."""

import click

from voorjebuurt.web.kit.assets.files import build_assets


@click.group(name="assets")
def command() -> None:
    """The style sheet, fonts and pictures."""


@command.command()
def build() -> None:
    """Write every static file, with a hashed name and compressed, into static/dist."""
    assets = build_assets()
    click.echo(f"Built {len(assets.names)} static files.")
