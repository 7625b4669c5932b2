"""Why rules or facts are refused, in every language. Kept as data: a pure module has no gettext."""

FAULT_TEXTS: dict[str, dict[str, str]] = {
    "not_json": {
        "nl": "Dit is geen JSON: {detail}.",
        "en": "This is not JSON: {detail}.",
    },
    "not_an_object": {
        "nl": "Hier moet een object staan, tussen accolades.",
        "en": "This must be an object.",
    },
    "not_a_list": {
        "nl": "Hier moet een lijst staan.",
        "en": "This must be a list.",
    },
    "unknown_key": {
        "nl": "Dit onderdeel kent de regeltaal hier niet.",
        "en": "The rule language does not know this key here.",
    },
    "missing": {
        "nl": "Dit onderdeel ontbreekt.",
        "en": "This is missing.",
    },
    "repeated_key": {
        "nl": "Dit onderdeel staat er meer dan een keer.",
        "en": "This key stands here more than once.",
    },
    "broken_text": {
        "nl": "In deze tekst staat een half teken (een los surrogaat).",
        "en": "This text holds half a character (a lone surrogate).",
    },
    "not_a_text": {
        "nl": "Hier moet een tekst staan die niet leeg is.",
        "en": "This must be a text that is not empty.",
    },
    "not_a_flag": {
        "nl": "Hier moet true of false staan.",
        "en": "This must be true or false.",
    },
    "not_one_of": {
        "nl": "Kies een van deze: {allowed}.",
        "en": "This must be one of: {allowed}.",
    },
    "not_whole": {
        "nl": "Hier moet een heel getal staan, zonder aanhalingstekens en zonder komma of punt.",
        "en": "This must be a whole number, without quotes and without a decimal point.",
    },
    "too_low": {
        "nl": "Dit moet ten minste {least} zijn.",
        "en": "This must be at least {least}.",
    },
    "too_high": {
        "nl": "Dit mag ten hoogste {most} zijn.",
        "en": "This must be at most {most}.",
    },
    "not_above_zero": {
        "nl": "Dit moet meer dan 0 zijn.",
        "en": "This must be more than 0.",
    },
    "not_a_number": {
        "nl": 'Hier moet een getal staan, zoals 33.3, "0.6" of "3/2".',
        "en": 'This must be a number such as 33.3, "0.6" or "3/2".',
    },
    "number_too_long": {
        "nl": "Dit getal heeft te veel cijfers.",
        "en": "This number has too many digits.",
    },
    "binary_float": {
        "nl": "Dit getal is als binaire benadering gelezen; lees JSON-getallen als decimalen.",
        "en": "This number was read as a binary float; read JSON numbers as decimals.",
    },
    "number_not_kept": {
        "nl": 'De hash kan dit getal niet exact bewaren. Schrijf het als tekst: "{written}".',
        "en": 'The hash can\'t keep this number exactly. Write it as a text: "{written}".',
    },
    "not_an_instant": {
        "nl": "Hier moet een tijdstip staan met tijdzone, zoals 2026-03-01T09:00:05+01:00.",
        "en": "This must be an instant with its offset, such as 2026-03-01T09:00:05+01:00.",
    },
    "factor_below_one": {
        "nl": "Een factor is nooit lager dan 1: de regel helpt buurten, hij straft ze niet.",
        "en": "A factor is never below 1: equity lifts, it does not punish.",
    },
    "indicator_not_allowed": {
        "nl": "Dit cijfer staat niet op de lijst van toegestane cijfers: {allowed}.",
        "en": "This indicator is not on the list of allowed ones: {allowed}.",
    },
    "indicator_or_bands_alone": {
        "nl": "Een cijfer en zijn klassen horen bij elkaar: geef beide of geen van beide.",
        "en": "An indicator and its bands belong together: give both or neither.",
    },
    "one_bound": {
        "nl": "Een klasse heeft precies een grens: at_least of at_most.",
        "en": "A band has exactly one bound: at_least or at_most.",
    },
    "one_award": {
        "nl": "Geef precies een van beide: award_pct of award_cents.",
        "en": "Give exactly one of award_pct and award_cents.",
    },
    "needs_qf": {
        "nl": "Dit kan alleen als de basis kwadratisch is (qf).",
        "en": "This is possible only with base qf.",
    },
    "live_needs_arrival": {
        "nl": "Meteen toekennen (live) kan alleen in volgorde van binnenkomst (arrival).",
        "en": "A live rule is possible only with division by arrival.",
    },
    "live_claim_can_fall": {
        "nl": "Meteen toekennen (live) kan niet met een onderdeel waardoor een bedrag kan dalen.",
        "en": "A live rule can't have a part by which a claim can fall.",
    },
    "live_no_min_partial": {
        "nl": "Meteen toekennen (live) kan niet met een kleinste deelbedrag.",
        "en": "A live rule can't have a smallest partial award.",
    },
    "shares_not_one": {
        "nl": "De delen van de gebieden zijn samen {total}; dat moet 1 zijn.",
        "en": "The shares of the areas add up to {total}; that must be 1.",
    },
    "repeated_id": {
        "nl": "Deze aanvraag staat er meer dan een keer.",
        "en": "This application stands here more than once.",
    },
    "parents_in_a_circle": {
        "nl": "Dit gebied ligt via zijn ouders in zichzelf.",
        "en": "Through its parents this area lies within itself.",
    },
    "seed_missing": {
        "nl": "Voor loting is een lottery_seed nodig.",
        "en": "A lottery needs a lottery_seed.",
    },
    "paid_at_missing": {
        "nl": "Bij meteen toekennen (live) heeft elke gift een tijdstip paid_at nodig.",
        "en": "With a live rule every gift needs its paid_at.",
    },
    "paid_at_repeated": {
        "nl": "Bij meteen toekennen (live) heeft elke gift een eigen tijdstip; dit is er al.",
        "en": "With a live rule every gift has an instant of its own; this one is taken.",
    },
}
