"""Accessibility by axe-core (vendored), inside a Playwright page.

The script is injected through the browser's own channel, so the page's Content-Security-Policy
stays as it is in production. Only what is wrong is written out; nothing is fetched once more, for a
rule on trial and for sound and film, of which there is none. What a frame holds (a mail) was never
looked at from outside: axe would have to be in it.
"""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

SCRIPT = Path(__file__).parents[2] / "browser" / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_RUN = """
async (tags) => {
  const outcome = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
    preload: false, iframes: false,
  });
  return outcome.violations.flatMap(violation => violation.nodes.map(node => ({
    rule: violation.id,
    impact: violation.impact || 'minor',
    help: violation.help,
    target: node.target.join(' '),
    summary: node.failureSummary || '',
  })));
}
"""


@dataclass(frozen=True)
class Violation:
    """One element that breaks one rule."""

    rule: str
    impact: str
    help: str
    target: str
    summary: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.help} at {self.target}. {self.summary}"


def bring_axe(context: BrowserContext) -> None:
    """Put axe into every page of this browser as it loads: for who looks at many pages."""
    context.add_init_script(path=SCRIPT)


def axe_violations(page: Page) -> list[Violation]:
    """What breaks WCAG 2.2 AA or axe's best practice on this page, as far as axe can tell."""
    if page.evaluate("!window.axe"):
        page.evaluate(SCRIPT.read_text() + "\n;0")
    return [Violation(**violation) for violation in page.evaluate(_RUN, TAGS)]
