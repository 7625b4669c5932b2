"""The addresses of all pages, who looks at each of them, and what is wrong with one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.support.browser.axe import axe_violations
from voorjebuurt.web.guards import GUARDS

MAILED_LINKS = frozenset(
    {
        "auth.show_link",
        "auth.confirm_address",
        "auth.stop_address",
        "public.answer_place_wish",
        "public.confirm_help",
        "public.confirm_question",
        "public.confirm_gift_address",
        "public.answer_own_question",
        "public.follow_abuse_report",
        "public.show_follows",
        "public.show_present",
    }
)
"""Pages that a mailed link opens, also when it does not work any more: they answer 404 then."""
NO_PAGES = frozenset(
    {
        "auth.download_mailed_data",
        "auth.download_own_data",
        "auth.export_mailed_gifts",
        "auth.export_own_gifts",
        "auth.send_mailed_gift_receipts",  # PDFs
        "auth.send_own_gift_receipts",
        "health.live",
        "health.ready",
        "officer.export_case",
        "officer.export_decisions",
        "officer.export_destinations",
        "officer.export_fund_decisions",
        "officer.export_mandates",
        "officer.export_trail",
        "officer.send_attachment",
        "officer.send_calendar",
        "officer.send_intention_letter",  # a PDF
        "officer.send_letter",
        "officer.send_wording_preview",
        "officer.send_notice",  # PDFs
        "officer.send_penalty_letter",
        "officer.send_posted_letter",
        "officer.send_ruling_letter",
        "officer.send_receipt",
        "outbox.show_mail_html",  # a frame inside outbox.show_mail
        "public.send_area_feed",  # Atom
        "public.send_campaign_feed",
        "public.send_gift_receipt",
        "resident.send_cash_slip",  # a PDF
        "resident.send_gift_receipt",  # a PDF
        "public.send_theme_feed",
        "public.send_town_feed",
        "public.describe_embedding",
        "public.follow_short_address",  # leads to the campaign
        "public.list_pages",  # XML
        "public.list_part",
        "public.send_group_logo",  # a picture
        "public.send_help_calendar",
        "public.send_picture",
        "public.send_poster",
        "public.send_poster_picture",
        "public.send_share_picture",
        "public.show_manifest",
        "public.show_robots",
        "resident.export_deliveries",
        "resident.export_gifts",
        "resident.send_attachment",
        "resident.send_decision",  # PDFs
        "resident.send_intention",
        "resident.send_ruling",
        "sandbox.pass_on",  # has its own walk: test_sandbox_in_browser
        "officer.send_rehearsal_input",
        "staff.export_destinations",
        "staff.send_bank_file",
        "staff.send_payee_attachment",
        "staff.send_abuse_proof",
        "staff.send_rehearsal_input",
        "well_known.show_security_contact",
    }
)
"""What answers GET with something else than a page of the site."""
LEADING_ON = frozenset(
    {
        # to what comes before or after it: test_second_factor_in_browsers looks at the pages
        "auth.show_link_sent",
        "auth.show_recovery_codes",
        "auth.show_second_factor",
        "officer.assign_cases",  # to the work list, without cases
        "public.return_from_payment",  # always to the gift, which is looked at by itself
    }
)
"""Pages that lead elsewhere for who has nothing to do there."""

WHO = {
    "public": ("visitor",),
    "guest token": ("visitor",),
    "signed in": ("resident",),
    "signed in, before the second step too": ("resident",),
    "the campaign's initiator": ("resident",),
    "who collects cash for the campaign": ("resident",),
    "the initiator or who began the draft": ("resident",),
    "who a draft was begun for": ("resident",),
    "applicant of the application": ("resident",),
    "applicant of the decision": ("resident",),
    "applicant of the inquiry": ("resident",),
    "applicant of the intention": ("resident",),
    "applicant of the objection": ("resident",),
    "applicant of the plan request": ("resident",),
    "coach": ("coach",),
    "officer": ("officer",),
    "officer of the campaign's municipality": ("officer",),
    "officer of the rehearsal's municipality": ("officer",),
    "officer of the fund's municipality": ("officer",),
    "officer of the application's municipality": ("officer",),
    "officer of the decision's municipality": ("officer",),
    "officer of the letter's municipality": ("officer",),
    "officer of the inquiry's municipality": ("officer",),
    "officer of the intention's municipality": ("officer",),
    "officer of the objection's municipality": ("officer",),
    "officer of the question's municipality": ("officer",),
    "officer of the team's municipality": ("officer",),
    "officer of the delegation's municipality": ("officer",),
    "officer of the register's municipality": ("officer",),
    "officer of the wording's municipality": ("officer",),
    "officer of the mandate's municipality": ("officer",),
    "officer of the role proposal's municipality": ("officer",),
    "officer or auditor of a municipality": ("officer", "inspector"),
    "reader of the campaign's municipality": ("officer", "inspector"),
    "reader of the fund's municipality": ("officer", "inspector"),
    "reader of the application's municipality": ("officer", "inspector"),
    "reader of the decision's municipality": ("officer", "inspector"),
    "reader of the objection's municipality": ("officer", "inspector"),
    "reader of the inquiry's municipality": ("officer", "inspector"),
    "reader of the intention's municipality": ("officer", "inspector"),
    "reader of the letter's municipality": ("officer", "inspector"),
    "reader of the wording's municipality": ("officer", "inspector"),
    "reader of the rehearsal's municipality": ("officer", "inspector"),
    "staff": ("staff",),
    "staff, officer or auditor": ("staff",),
    "staff or auditor": ("staff", "auditor"),
}
"""Kind of guard -> who looks at its pages."""

WIDTHS = (390, 1280)
NARROW = 320
TEXT_SPACING = """
*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-block-end:2em!important}
"""
_SPACING = """(css) => {
  const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
_WIDER_THAN_SCREEN = """() => {
  const width = document.documentElement.clientWidth;
  const cut = [...document.querySelectorAll('main *:not(.vjb-hidden)')].find((node) =>
    getComputedStyle(node).overflowX === 'hidden' && getComputedStyle(node).clipPath === 'none'
    && node.scrollWidth > node.clientWidth + 1);
  if (cut) {
    const edge = cut.getBoundingClientRect().right;
    const inner = [...cut.querySelectorAll('*')].filter(
      (node) => node.getBoundingClientRect().right > edge + 1).pop() || cut;
    return `(cut off) ${inner.outerHTML.slice(0, 200)}`;
  }
  if (document.documentElement.scrollWidth <= width) return '';
  const scrolls = (node) => node && node !== document.body
    && (getComputedStyle(node).overflowX !== 'visible' || scrolls(node.parentElement));
  const out = [...document.querySelectorAll('body *')].filter(
    (node) => node.getBoundingClientRect().right > width + 1 && !scrolls(node.parentElement));
  return out.slice(-1).map((node) => node.outerHTML.slice(0, 200)).join('') || 'something';
}"""
_FRAME = """() => ({
  h1: document.querySelectorAll('h1').length,
  lang: document.documentElement.lang,
  title: document.title,
  main: document.querySelectorAll('main').length,
})"""


@dataclass(frozen=True)
class Look:
    """One page to look at: what the adapter made of an endpoint and its values."""

    endpoint: str
    path: str
    statuses: frozenset[int] = frozenset({200})


def looks(app: Flask, values: dict[str, list[dict[str, Any]]], who: str) -> Iterator[Look]:
    """Every page that ``who`` should look at; a route whose values are missing is an error."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        has_page = rule.endpoint not in NO_PAGES and "GET" in (rule.methods or ())
        if not has_page or who not in WHO[GUARDS[rule.endpoint].name]:
            continue
        samples = values[rule.endpoint] if rule.arguments else [{}]
        assert samples, rule
        for sample in samples:
            may_be_gone = rule.endpoint in MAILED_LINKS
            statuses = frozenset({200, 404}) if may_be_gone else frozenset({200})
            yield Look(rule.endpoint, adapter.build(rule.endpoint, sample), statuses)


_TO_STUCK_BUTTON = """() => document.querySelector('.vjb-reach')
    && scrollTo(0, document.documentElement.scrollHeight)"""
"""Where a button stays in reach of a thumb, to its own place: on its way it lies over others."""


def faults(
    page: Page, site: str, look: Look, *, locale: str = "nl", briefly: bool = False
) -> list[str]:
    """Everything that is wrong with one page, on a phone, on a desk and on a narrow screen.

    ``briefly``: only whether it answers, is framed well, and breaks no policy.
    """
    with _watched(page, site) as flaws:
        answer = page.goto(site + look.path)
        assert answer is not None
        if answer.status not in look.statuses:
            return [f"{look.path} answers {answer.status}"]
        if look.endpoint not in LEADING_ON and not _is_at(page, look.path):
            return [f"{look.path} leads to {page.url}"]
        flaws += _frame_faults(page, locale)
        for width in () if briefly else WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(_TO_STUCK_BUTTON)
            flaws += [f"at {width}: {violation}" for violation in axe_violations(page)]
            flaws += _too_wide(page, width)
        page.set_viewport_size({"width": NARROW, "height": 900})
        page.evaluate(_SPACING, TEXT_SPACING)
        flaws += _too_wide(page, NARROW)
    return [f"{look.endpoint} {look.path} {fault}" for fault in flaws]


def _is_at(page: Page, path: str) -> bool:
    """Whether the browser is where it was sent, and not at a page to sign in, for example."""
    return urlsplit(page.url).path == urlsplit(path).path


def _frame_faults(page: Page, locale: str) -> list[str]:
    frame = page.evaluate(_FRAME)
    return [
        f"{name} is {frame[name]!r}"
        for name, right in {
            "h1": frame["h1"] == 1,
            "lang": frame["lang"] == locale,
            "title": len(frame["title"].strip()) > len("Voor je Buurt"),
            "main": frame["main"] == 1,
        }.items()
        if not right
    ]


def _too_wide(page: Page, width: int) -> list[str]:
    culprit = page.evaluate(_WIDER_THAN_SCREEN)
    return [f"at {width}: scrolls sideways by {culprit}"] if culprit else []


@contextmanager
def _watched(page: Page, site: str) -> Iterator[list[str]]:
    """What the browser complains about (the content policy too), and asks of other hosts."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            complaints.append(message.text)

    def see(request: Request) -> None:
        if not request.url.startswith((site, "data:", "about:")):
            complaints.append(f"asks {request.url}")

    page.on("console", hear)
    page.on("request", see)
    try:
        yield complaints
    finally:
        page.remove_listener("console", hear)
        page.remove_listener("request", see)
