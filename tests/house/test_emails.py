"""Every mail in both languages: whole, in its own language, and true to people's words."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from tests.support.mail_samples import MAILS, used_names
from tests.support.pseudo_locale import PSEUDO, add_pseudo_locale
from tests.support.untranslated import foreign_words
from voorjebuurt import paths
from voorjebuurt.decisions.rules.views import WITH_VIEWS
from voorjebuurt.kernel.ids import new_token
from voorjebuurt.mail import links
from voorjebuurt.mail.render import RenderedMail, render
from voorjebuurt.mail.templates import DONOR_NEWS, TEMPLATES, Purpose
from voorjebuurt.people.security_mails import FactorChange

SITE = "https://buurt.example"
ODD = r'Zoë & "Zn" <b>*x*</b> [l](http://e.example) _a_ `c` \ #1 1. - + ~~d~~ | {{ 7*7 }} 🌳'
WORDS = (
    "name",
    "title",
    "holder",
    "reason",
    "body",
    "initiator_name",
    "fund",
    "donor",
    "message",
    "device",
    "question",
    "answer",
    "update_title",
    "beginning",
    "asker",
    "reward_place",
    "reward_title",
    "helper",
    "need",
    "about",
    "agreer",
    "activities",
)
"""What people wrote themselves."""
CAMPAIGN = uuid4()
SAMPLE: dict[str, Any] = {
    "change": "app_added",
    "device": "Firefox (Linux)",
    **dict.fromkeys(WORDS, "Bomen"),
    "accounts_by": "2026-11-26T12:00:00+02:00",
    "amount_cents": 1_000_000_000,
    "again": False,
    "for_donors": False,
    "is_donor": True,
    "award_cents": 0,
    "award_until": "2026-03-29",
    "back_cents": 5_200,
    "before_cents": 80_000,
    "begun_at": "2026-03-20T09:30:00+00:00",
    "campaign_path": links.campaign("bomen"),
    "case_path": links.my_application(CAMPAIGN),
    "cases": [
        {"number": "AV-2026-0001", "title": "Bomen", "due_on": "2026-05-26T12:00:00+02:00"},
        {"number": "BZ-2026-0002", "title": "Een bank", "due_on": "2026-05-28T12:00:00+02:00"},
    ],
    "present_name": "Bomen",
    "told_at": "2026-03-20T09:30:00+00:00",
    "told_key": "present_told:1",
    "is_reached": True,
    "logo_path": links.gift_logo(new_token()),
    "was_shown": True,
    "choose_by": "",
    "changed_at": "2026-03-20T09:30:00+00:00",
    "until_at": "2026-03-20T09:45:00+00:00",
    "choosing": False,
    "complete_by": "2026-05-26T12:00:00+02:00",
    "count": 3,
    "counts": True,
    "deadline_on": "2026-03-29",
    "wish_on": "2026-11-26T12:00:00+02:00",
    "from_on": "2026-03-29",
    "until_on": "2026-04-12",
    "decide_by": "2026-05-26T12:00:00+02:00",
    "decided_on": "2026-03-29T12:00:00+02:00",
    "desk_path": links.my_application(CAMPAIGN),
    "due_on": "2026-11-26T12:00:00+02:00",
    "end_to_end_id": "VJB-0001",
    "event": "joined",
    "what": "change",
    "erase_on": "2026-05-19T12:00:00+02:00",
    "expires_on": "2026-11-26T12:00:00+02:00",
    "hearing_on": "2026-04-14T12:00:00+02:00",
    "page_path": "/mijn/acties/x",
    "executed_on": "2026-04-01T12:00:00+02:00",
    "final_cents": 45_000,
    "gift_cents": 2_500,
    "gifts": [
        {"donor": "Noor & Co", "gift_cents": 2_500, "message": "1. *Succes*!"},
        {"donor": "", "gift_cents": 1_000, "message": ""},
    ],
    "gift_path": links.gift(new_token()),
    "monthly_path": links.monthly_gift(new_token()),
    "collection_id": "018f3b5e-0000-7000-8000-000000000001",
    "most": 4,
    "most_cents": 4_400,
    "next_on": "2026-03-29",
    "day": 29,
    "change_cents": 5_000,
    "paid": False,
    "goal_cents": 120_000,
    "iban": "NL91 •••• 4300",
    "in_time": True,
    "kind": "all_or_nothing",
    "plan_by": "2026-03-31T12:00:00+02:00",
    "review_by": "2026-04-04T12:00:00+02:00",
    "ends_on": "2026-04-09T12:00:00+02:00",
    "plan_path": links.my_near_miss(CAMPAIGN),
    "choice_path": links.gift_choice(new_token()),
    "cause": "deadline",
    "asked": "Het plan gaat niet door.",
    "finding": "proof",
    "ground": "sample",
    "missing_cents": 10_050,
    "less_cents": 0,
    "plan_cents": None,
    "approved": True,
    "asks_rest": True,
    "no_answer": "back",
    "initiator_email": "initiatief@voorbeeld.example",
    "on_day": "2026-03-29T12:00:00+02:00",
    "reward_back": "Een taart",
    "reward_by": "2026-09-01",
    "reward_gone": False,
    "reward_place": "Op de oogstdag, Rozenplein 1",
    "reward_title": "Pot buurthoning",
    "changed": False,
    "late": "",
    "known_by": "2026-03-30T22:00:00+00:00",
    "last_day": "2026-03-29",
    "is_maximum": False,
    "is_public": True,
    "is_staff": True,
    "mark": "half",
    "measure": "hide",
    "reported_at": "2026-03-20T09:30:00+00:00",
    "maximum_cents": 100_000,
    "steps": [],
    "match": True,
    "match_cents": 45_000,
    "minimum_cents": 100_050,
    "hours": 24,
    "kept": True,
    "minutes": 30,
    "paper_on": None,
    "public": True,
    "declined": False,
    "paid_at": "2026-03-29T00:30:00+00:00",
    "number": "AV-2026-0001",
    "object_until": "2026-07-13T12:00:00+02:00",
    "objection": "BZ-2026-0001",
    "appeal_until": "2026-07-13T12:00:00+02:00",
    "case_number": "HAA 26/1234",
    "court": "de rechtbank Noord-Holland",
    "first_day": "2026-07-13T12:00:00+02:00",
    "has_grounds": True,
    "has_views": True,
    "missing": "grounds",
    "notice": "IG-2026-0001",
    "own": True,
    "penalty_cents": 144_200,
    "place": "Raadhuis, kamer 3",
    "until": "2026-07-13T12:00:00+02:00",
    "outcome": "rejected",
    "open_cents": 20_000,
    "interest_cents": 0,
    "part": "message",
    "path": links.review(CAMPAIGN),
    "pay_by": "2026-07-13T12:00:00+02:00",
    "payable_from": "2026-03-29T12:00:00+02:00",
    "payee_path": links.my_payee(CAMPAIGN),
    "raised_cents": 90_000,
    "reason": "Het plan gaat niet door.",
    "alerts": 3,
    "cadence": "at_once",
    "role": {
        "role": "officer",
        "mandate_cents": 5_000_000,
        "municipality": "Bomen",
        "may_appoint": True,
    },
    "before": {"role": "officer", "mandate_cents": 0, "municipality": "Bomen"},
    "mandate_cents": 5_000_000,
    "mandate_kinds": None,
    "mandate_until": "",
    "may_appoint": True,
    "town": "Bomen",
    "roles": [{"role": role, "mandate_cents": 0} for role in ("coach", "staff", "auditor")],
    "more": 2,
    "news": [
        {
            "kind": kind,
            "number": "AV-2026-0001",
            "title": "Bomen",
            "due_on": "2026-05-26T12:00:00+02:00",
            "amount_cents": 120_000,
        }
        for kind in ("application", "completion", "plan", "proposal", "objection", "views", "term")
    ],
    "running": False,
    "received_cents": 100,
    "received_at": "2026-03-29T00:30:00.123000+00:00",
    "refund_cents": 5_200,
    "refundable": True,
    "spent_cents": 100_000,
    "reserve_cents": 40_000,
    "person": "Noor",
    "proposer": "Noor & Co",
    "confirmer": "Noor & Co",
    "confirmable_from": "2026-03-29T12:00:00+02:00",
    "way": "live",
    "stopped_at": "2026-03-20T09:30:00+00:00",
    "succeeded": True,
    "tip_cents": 150,
    "total_cents": 130_000,
    "week": 48,
    "week_path": links.staff_week("2026-48"),
    "columns": [
        {
            **dict.fromkeys(("drafts", "submitted", "live", "won", "failed", "abuse", "alerts"), 2),
            **{
                kind: {"number": 3, "cents": 12_345}
                for kind in ("gifts", "refunds", "chargebacks", "payouts")
            },
            "coach_days": "2.5",
            "payout_days": None,
        }
    ]
    * 3,
    "waiting_mail_on": None,
    "waits": True,
    "giver_left": True,
    "is_same": False,
    "is_together": True,
    "withdrawn_on": "2026-03-29T12:00:00+02:00",
    "won": False,
}
NEWS_LINE = {
    "kind": "new",
    "title": "Bomen",
    "path": links.campaign("bomen"),
    "raised_cents": 90_000,
    "goal_cents": 120_000,
    "last_day": "2026-03-29T12:00:00+02:00",
}
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "campaign_update": [{"for_donors": True}, {"is_donor": False}],
    "campaign_asked": [{"asker": ""}],
    "follow_digest": [
        {"news": [{**NEWS_LINE, "kind": kind} for kind in ("new", "near", "won")], "more": more}
        for more in (0, 1)
    ],
    "factor_changed": [{"change": change} for change in FactorChange],
    "officer_news": [{"news": [item], "more": 0, "cadence": "daily"} for item in SAMPLE["news"]],
    "staff_news": [
        {"news": [{**SAMPLE["news"][0], "kind": "payee"}], "alerts": 0, "more": 0},
        {"news": [{**SAMPLE["news"][0], "kind": "address"}], "alerts": 0, "more": 0},
        {"news": [{**SAMPLE["news"][0], "kind": "waiver"}], "alerts": 0, "more": 0},
        {"news": [{**SAMPLE["news"][0], "kind": "abuse"}], "alerts": 0, "more": 0},
        {"news": [], "alerts": 1, "more": 0},
    ],
    "abuse_decided": [{"measure": measure} for measure in ("pause", "stop", None)],
    "abuse_measure": [{"measure": measure} for measure in ("pause", "stop")],
    "sign_in": [{"waiting_mail_on": "2026-03-29T12:00:00+02:00"}],
    "need_offer_accepted": [{"on_day": None}, {"body": ""}],
    "need_offer_thanked": [{"body": ""}],
    "need_offer_withdrawn": [{"helper": ""}],
    "logo_refused": [{"was_shown": False}],
    "words_hidden": [{"part": "name"}, {"part": "dedication"}],
    "receipt": [
        {"won": True, "tip_cents": 0, "paid_at": None},
        {"kind": "keep_what_comes"},
        {"no_answer": "keep"},
        {"changed": True},
        {"reward_title": ""},
        {"reward_place": ""},
        {"reward_gone": True},
        {"reward_gone": True, "won": True},
    ],
    "accounting_asked": [{"again": True}, {"way": "activities"}],
    "accounting_received": [{"spent_cents": None}, {"paper_on": "2026-03-29T12:00:00+02:00"}],
    "application_received": [
        {"award_until": None},
        {"paper_on": "2026-03-29T12:00:00+02:00"},
    ],
    "monthly_begun": [{"next_on": None}],
    "monthly_failed": [{"gift_path": None}],
    "monthly_over": [
        {"cause": cause} for cause in ("donor", "failures", "mandate", "complete", "campaign")
    ],
    "near_miss_asked": [
        {"again": True, "cause": "match"},
        {"no_answer": "keep", "asks_rest": False},
        {"less_cents": 20_000},
    ],
    "cash_goes_back": [{"cause": "no_answer"}],
    "near_miss_begun": [{"cause": "match", "match_cents": 0}, {"cause": "gift"}],
    "near_miss_kept": [{"reserve_cents": 0}],
    "near_miss_over": [{"won": True}, {"late": "plan"}, {"late": "review"}],
    "near_miss_over_coach": [{"won": True}, {"late": "plan"}, {"late": "review"}],
    "near_miss_plan_judged": [{"approved": False}, {"body": ""}],
    "near_miss_plan_waits": [{"again": True}],
    "application_admitted": [{"way": "division"}, {"way": ""}],
    "clawback_returned": [{"open_cents": 0}],
    "crowd_changed": [{"again": True}, {"paid": True}],
    "clawback_paid": [{"open_cents": 0}, {"interest_cents": 1_200}],
    "decision_sent": [
        {"kind": kind, "amount_cents": 0 if kind in ("refusal", "withdrawal") else 52_000}
        for kind in (
            "award",
            "refusal",
            "withdrawal",
            "clawback",
            "interest",
            "interest_owed",
            "plan_change",
            "plan_refusal",
            "determination",
        )
    ]
    + [{"kind": "lower_determination", "amount_cents": 0}]
    + [{"kind": "award_change"}, {"kind": "award_change", "is_maximum": True}]
    + [{"kind": "determination_change", "amount_cents": 0}]
    + [{"kind": "award", "is_maximum": True}],
    "appeal_judged": [
        {"outcome": outcome} for outcome in ("annulment", "effects", "retraction", "unfounded")
    ],
    "objection_decided": [
        {"outcome": "upheld", "kind": "award"},
        {"outcome": "upheld", "kind": "award", "is_maximum": True},
        {"outcome": "partly_upheld", "kind": "", "own": False},
        {"outcome": "inadmissible"},
    ],
    "plan_request_received": [
        {"wish_on": "", "paper_on": "2026-03-29T12:00:00+02:00"},
        {"activities": ""},
        {"activities": "", "running": True},
    ],
    "proof_asked": [{"ground": "cause", "cause": "Het plan gaat niet door."}],
    "proof_closed": [{"finding": finding} for finding in ("gap", "silence", "mistake")],
    "proof_received": [{"paper_on": "2026-03-29T12:00:00+02:00"}],
    "views_asked": [{"kind": kind.value} for kind in sorted(WITH_VIEWS)],
    "views_received": [{"has_views": False}],
    "objection_question": [{"missing": "authority"}, {"missing": "signature"}],
    "objection_received": [{"in_time": False}, {"has_grounds": False}],
    "penalty_determined": [{"penalty_cents": 0}],
    "role_ended": [{"proposer": "", "reason": ""}],
    "role_offered": [
        {"may_appoint": False},
        {"mandate_kinds": ["award", "objection"], "mandate_until": "2026-12-31"},
    ],
    "fund_question_answered": [{"declined": True}, {"public": False}],
    "application_changed": [{"paper_on": "2026-03-29T12:00:00+02:00"}],
    "application_withdrawn": [{"paper_on": "2026-03-29T12:00:00+02:00"}],
    "completion_received": [{"paper_on": "2026-03-29T12:00:00+02:00"}],
    "role_proposed": [{"before": None}, {"role": {"role": "officer", "mandate_cents": 0}}],
    "role_revoked": [{"roles": [], "reason": ""}],
    "payee_verified": [{"succeeded": False}],
    "page_words_hidden": [{"what": "stop"}],
    "payee_agreed": [{"waits": False}],
    "payee_changed": [{"is_same": True}],
    "payee_to_confirm": [{"giver_left": False, "is_together": False}],
    "campaign_orphaned": [{"is_staff": False}],
    "member_news": [{"event": "left"}, {"event": "asked"}, {"event": "signs"}],
    "campaign_approved": [{"body": ""}],
    "draft_ends": [{"title": ""}],
    "draft_waits": [{"title": ""}],
    "first_gift": [{"donor": ""}, {"message": ""}],
    "gift_digest": [{"count": 2}, {"count": 1, "gifts": []}],
    "accounted_donor": [{"body": ""}, {"spent_cents": None}],
    "match_amount_fixed": [{"amount_cents": 0}, {"again": True, "plan_cents": 80_000}],
    "match_granted_donor": [{"won": True}, {"is_maximum": True}],
    "match_let_go_donor": [
        {"refundable": False},
        {"choose_by": "2026-03-29T12:00:00+02:00"},
        {"choose_by": "2026-03-29T12:00:00+02:00", "missing_cents": 0},
    ],
    "match_lowered_donor": [{"is_maximum": True}, {"refundable": False, "choosing": True}],
    "campaign_mark": [
        {"mark": "minimum"},
        {"mark": "goal", "reserve_cents": 0, "award_cents": 30_000},
        {"mark": "goal", "kind": "keep_what_comes"},
    ],
    "gift_charged_back": [{"counts": False}],
    "minimum_reached_donor": [{"reserve_cents": 0}],
    "paid_out_donor": [{"accounts_by": None}],
    "campaign_won": [{"kind": "keep_what_comes", "match_cents": 0}],
    "campaign_won_donor": [
        {"kind": "keep_what_comes", "reserve_cents": 0},
        {"reward_title": ""},
        {"reward_place": ""},
    ],
    "refund_asked": [
        {"told_at": None},
        {"present_name": ""},
        {"is_reached": False, "reason": "campaign_failed"},
        *[
            {"reason": reason}
            for reason in (
                "campaign_failed",
                "campaign_cancelled",
                "donor_choice",
                "no_answer",
                "late",
                "paid_twice",
                "other",
            )
        ],
    ],
}
"""What makes a mail say something else; every mail also goes to somebody without a name."""
LOCALES = ("nl", "en")


TO_STRANGERS = ("follow_digest", "present_over", "present_told")
"""Digests that go to no desk: to who follows, or was told of a present."""


def _is_digest(template: str) -> bool:
    return TEMPLATES[template].purpose is Purpose.DIGEST


def mail(template: str, locale: str, **changes: Any) -> RenderedMail:
    """The mail as the worker makes it, with nothing in its context but what it uses."""
    context = {name: {**SAMPLE, **changes}[name] for name in used_names(template)}
    return render(
        template,
        locale=locale,
        platform_name="Voor je Buurt",
        base_url=SITE,
        context=context,
        unsubscribe_path=links.unsubscribe(CAMPAIGN, "x" * 64) if _is_digest(template) else None,
    )


def variants(template: str) -> list[dict[str, Any]]:
    """All the ways in which a mail can turn out."""
    return [{}, {"name": ""}, *VARIANTS.get(template, [])]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", MAILS)
def test_a_mail_is_whole(template: str, locale: str) -> None:
    for changes in variants(template):
        message = mail(template, locale, **changes)
        for words in (message.subject, message.text):
            assert words.strip() == words.strip("# ").strip() != ""
            assert not re.search(r"\\|\*\*|\]\(|<http|%\(|\{\{|\bNone\b| ,", words), words
        assert "\n" not in message.subject
        assert len(message.subject) <= 100
        assert f'<html lang="{locale}"' in message.html
        assert f"<title>{message.subject}</title>" in unescape(message.html)


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_leads_to_a_page_of_the_site(template: str) -> None:
    message = mail(template, "nl")
    addresses = re.findall(r"https?://[^\s\"<]+", message.text)
    assert addresses
    assert all(address.startswith(f"{SITE}/") for address in addresses)
    assert all(f'href="{address}"' in message.html for address in addresses)


@pytest.mark.parametrize("template", MAILS)
def test_the_dutch_mail_has_no_english_line(template: str) -> None:
    for changes in variants(template):
        dutch, english = mail(template, "nl", **changes), mail(template, "en", **changes)
        assert dutch.subject != english.subject
        lines = set(dutch.text.splitlines()) & set(english.text.splitlines())
        exceptions = ("> ", "http", "-- ")
        same = {line for line in lines if line and not line.startswith(exceptions)}
        assert same == set()


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_names_its_links_greets_and_says_where_to_ask(template: str) -> None:
    message = mail(template, "nl")
    texts = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', message.html)
    assert [label for _address, label in texts if "://" in label] == []
    assert "Met vriendelijke groet, Voor je Buurt" in message.text
    assert f"{SITE}/contact" in [address for address, _label in texts]


@pytest.mark.parametrize("template", MAILS)
def test_every_mail_begins_with_a_salutation(template: str) -> None:
    colleagues = {
        "coach_edit_answered",
        "near_miss_plan_waits",
        "officer_news",
        "officer_reminder",
        "review_answered",
        "review_waiting",
        "week_numbers",
    }
    nameless = "Beste collega," if template in colleagues | {"staff_news"} else "Hallo,"
    assert mail(template, "nl", name="").text.splitlines()[0] == nameless
    if "name" in used_names(template):
        assert mail(template, "nl", name="Noor").text.splitlines()[0] == "Beste Noor,"


def test_who_is_erased_but_for_an_address_is_not_told_that_nothing_is_known_of_them() -> None:
    assert "weten niet meer wie u bent" in mail("own_data_erased", "nl", kept=False).text
    text = mail("own_data_erased", "nl", kept=True).text
    assert "weten niet meer wie u bent" not in text
    assert "uw adres, voor een gift die nog niet is afgerond" in text


def test_a_decision_to_keep_nothing_names_the_amount_too() -> None:
    message = mail("decision_sent", "nl", kind="lower_determination", amount_cents=0)
    assert "Vastgesteld: €\xa00" in message.text


@pytest.mark.parametrize(
    "template",
    [
        "review_answered",
        *(name for name in MAILS if _is_digest(name) and name not in {*DONOR_NEWS, *TO_STRANGERS}),
    ],
)
def test_a_mail_to_a_desk_has_one_link_of_its_own(template: str) -> None:
    body = mail(template, "nl").html.partition("Met vriendelijke groet")[0]
    (label,) = re.findall(r"<a [^>]*>([^<]+)</a>", body)
    assert label.partition(" ")[0] in {"Lees", "Open"}


@pytest.fixture(scope="module")
def pseudo_locale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A language that is made from the catalogues; see ``tests/support/pseudo_locale.py``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "TRANSLATIONS", add_pseudo_locale(tmp_path_factory.mktemp("pseudo")))
        yield PSEUDO


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_can_be_in_a_language_that_no_code_knows(template: str, pseudo_locale: str) -> None:
    own = ["Bomen", "Een bank", "Noor", "Co", "Succes", SAMPLE["reason"], SAMPLE["device"]]
    own += [SAMPLE["case_number"], SAMPLE["court"], "Noord", "Holland", SAMPLE["place"]]
    own += [SAMPLE["reward_title"], SAMPLE["reward_place"], SAMPLE["reward_back"]]
    theirs = " ".join(own).split()
    theirs += [word.strip(".,") for word in theirs]
    for changes in variants(template):
        message = mail(template, pseudo_locale, **changes)
        assert foreign_words(f"{message.subject}\n{message.text}", theirs) == []
        assert f'<html lang="{pseudo_locale}" dir="rtl">' in message.html


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", MAILS)
def test_peoples_own_words_come_through_unharmed(template: str, locale: str) -> None:
    words = [word for word in WORDS if word in used_names(template)]
    if template == "refund_asked":
        words.remove("reason")  # a code of ours, which chooses the words
    plain = mail(template, locale)
    message = mail(template, locale, **dict.fromkeys(words, ODD))
    assert (message.subject + message.text).count(ODD) >= len(words)
    assert "<b>" not in message.html
    assert "e.example)" in message.html or not words
    assert tags(message.html) == tags(plain.html)


@pytest.mark.parametrize("template", MAILS)
def test_words_from_the_right_turn_nothing_around(template: str) -> None:
    words = [name for name in WORDS if name in used_names(template)]
    if "reason" in words and template == "refund_asked":
        words.remove("reason")
    message = mail(template, "nl", **dict.fromkeys(words, "محمد"))
    whole = message.subject + message.text
    assert whole.count("محمد") == whole.count("\u2068محمد\u2069")


def tags(html: str) -> list[str]:
    """The elements of a page, in order."""
    return re.findall(r"<(\w+)", html)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", MAILS)
def test_text_and_html_say_the_same(template: str, locale: str) -> None:
    """But for the name of the platform above the HTML, which stands where a letterhead does."""
    for changes in variants(template):
        message = mail(template, locale, **changes)
        words = re.sub(r"^(> ?|- |-- $)+", "", message.text, flags=re.MULTILINE).split()
        assert words_of(message.html) == ["Voor", "je", "Buurt", *words]


def words_of(html: str) -> list[str]:
    """What a page says, with the address after the text of each link that is not itself one."""
    body = html.partition("<body")[2].partition(">")[2]
    body = re.sub(r'<a href="([^"]+)"[^>]*>(?!http)(.*?)</a>', r"\2: \1", body)
    body = re.sub(r"</?(strong|em|a|code)\b[^>]*>", "", body)
    return unescape(re.sub(r"<[^>]+>", " ", body)).split()
