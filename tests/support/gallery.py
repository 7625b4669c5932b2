"""``make screenshots``: pictures of the key pages of the demo, on a phone and on a desk.

They go into ``var/screenshots``, which is not kept. ``ARGS="--site http://localhost:8000"`` is for
a site that runs already, in place of one that is started for this; ``ARGS=--tour`` also makes the
small ones of the README again.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import click
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import chromium
from tests.support.browser.practice import takes_second_step
from tests.support.faults.world import free_port
from tests.support.source import ROOT
from voorjebuurt.local.demo.stories import data, email_of

TOUR = ROOT / "voorjebuurt" / "docs" / "tour"
WIDTHS = (390, 1280)
CAMPAIGN = "/acties/een-groen-speelplein-voor-de-bloemenbuurt"
READY = re.compile(r"Voor je Buurt is ready: (\S+)")
PHONE_PIXELS = (220, 440)
"""Of the README's small ones, the top of a page on a phone."""


@dataclass(frozen=True)
class View:
    """One page: a name, its address, and whose it is; ``{id}`` is their first campaign."""

    name: str
    path: str
    who: str = ""


VIEWS = (
    View("home", "/"),
    View("campaigns", "/acties"),
    View("town", "/gemeenten/waterlanden"),
    View("campaign", CAMPAIGN),
    View("campaign-new", "/acties/een-koor-voor-wie-dingen-vergeet"),
    View("campaign-done", "/acties/een-kledingkast-voor-het-hele-kastanjehof"),
    View("gift-form", f"{CAMPAIGN}/geef"),
    View("news", f"{CAMPAIGN}/nieuws"),
    View("question", f"{CAMPAIGN}/vraag"),
    View("funds", "/fondsen"),
    View("mails", "/postbus"),
    View("start", "/mijn/acties/nieuw"),
    View("desk", "/mijn/acties/{id}", "Samira El Amrani"),
    View("desk-gifts", "/mijn/acties/{id}/giften", "Samira El Amrani"),
    View("desk-money", "/mijn/acties/{id}/geld", "Samira El Amrani"),
    View("desk-pictures", "/mijn/acties/{id}/fotos", "Samira El Amrani"),
    View("desk-together", "/mijn/acties/{id}/samen", "Samira El Amrani"),
    View("desk-posters", "/mijn/acties/{id}/materiaal", "Samira El Amrani"),
    View("coach", "/coach/acties", "Hanneke de Wit"),
    View("staff", "/beheer", "Chantal Meijer"),
    View("officer", "/gemeente", "Thijs van Leeuwen"),
)
ON_TOUR = ("campaign", "gift-form", "desk")


def draw(site: str, folder: Path) -> list[Path]:
    """Every view at every width, as ``<name>-<width>.png``."""
    folder.mkdir(parents=True, exist_ok=True)
    with _browser() as browser:
        return [path for who in _people() for path in _as_somebody(browser, site, who, folder)]


def shrink(folder: Path, tour: Path) -> list[Path]:
    """The README's small ones, of the top of three pages on a phone, a few kB each."""
    paths = []
    for name in ON_TOUR:
        with Image.open(folder / f"{name}-{WIDTHS[0]}.png") as picture:
            width = picture.width
            tall = round(width * PHONE_PIXELS[1] / PHONE_PIXELS[0])
            top = picture.convert("RGB").crop((0, 0, width, min(tall, picture.height)))
            small = top.resize(PHONE_PIXELS, Image.Resampling.LANCZOS)
        target = BytesIO()
        small.save(target, "WEBP", quality=55, method=6)
        paths.append(tour / f"phone-{name}.webp")
        paths[-1].write_bytes(target.getvalue())
    return paths


def _people() -> list[str]:
    return list(dict.fromkeys(view.who for view in VIEWS))


def _as_somebody(browser: Browser, site: str, who: str, folder: Path) -> Iterator[Path]:
    context = browser.new_context(locale="nl-NL", viewport={"width": WIDTHS[0], "height": 844})
    page = context.new_page()
    campaign = _sign_in(page, site, who) if who else ""
    for view in (view for view in VIEWS if view.who == who):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
            answer = page.goto(site + view.path.format(id=campaign))
            if answer is None or answer.status != 200:
                raise click.ClickException(f"{view.path} is not there for {who or 'everybody'}")
            _show_pictures(page)
            yield _picture(page, folder / f"{view.name}-{width}.png")
    context.close()


def _sign_in(page: Page, site: str, who: str) -> str:
    """Sign in with the demo's password; returns the id of their first campaign, if any."""
    page.goto(f"{site}/inloggen/wachtwoord")
    page.get_by_label("E-mailadres").fill(email_of(who))
    page.get_by_label("Wachtwoord", exact=True).fill(data("people")["password"])
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    takes_second_step(page)
    page.goto(f"{site}/mijn/acties")
    links = re.findall(r"/mijn/acties/([0-9a-f-]{36})", page.content())
    return links[0] if links else ""


def _show_pictures(page: Page) -> None:
    """Load what waits until it is scrolled to."""
    page.evaluate("document.querySelectorAll('img').forEach(image => {image.loading = 'eager'})")
    page.wait_for_load_state("networkidle")


def _picture(page: Page, path: Path) -> Path:
    page.screenshot(path=path, full_page=True)
    return path


@contextmanager
def _browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        raise click.ClickException("No Chromium was found: run 'make setup'.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def _demo_site() -> Iterator[str]:
    """A site with the demo, for as long as this takes."""
    with tempfile.TemporaryDirectory(prefix="vjb-gallery-") as home:
        environment = {**os.environ, "VJB_HOME": home, "PORT": str(free_port())}
        command = [sys.executable, "-m", "voorjebuurt", "run"]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield _address(process)
            finally:
                process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if match := READY.search(line):
            return match[1]
    raise click.ClickException("The demo site did not start; the lines above say why.")


@click.command(help=__doc__)
@click.option("--site", help="A demo that runs already, such as http://localhost:8000.")
@click.option("--tour", is_flag=True, help="Make the README's small ones again.")
@click.option("--folder", type=Path, default=ROOT / "var" / "screenshots", show_default=True)
def main(site: str | None, tour: bool, folder: Path) -> None:
    """Draw everything, and tell where it is."""
    if site:
        paths = draw(site.rstrip("/"), folder)
    else:
        with _demo_site() as site:
            paths = draw(site, folder)
    click.echo(f"{len(paths)} pictures in {folder}")
    if tour:
        for path in shrink(folder, TOUR):
            click.echo(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
