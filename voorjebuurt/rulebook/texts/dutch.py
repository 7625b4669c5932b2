"""Every phrase in Dutch: short sentences, plain words (B1)."""

from voorjebuurt.rulebook.texts.vocabulary import Vocabulary

_CONDITIONS = {
    ">=": "ten minste {value}",
    "<=": "ten hoogste {value}",
    ">": "meer dan {value}",
    "<": "minder dan {value}",
    "==": "precies {value}",
    "condition_percentage": "{value}%",
    "condition_crowd": "{amount} van de buurt",
    "condition_crowd_share": "{amount} van het doel uit de buurt",
    "condition_goal": "een doel van {amount}",
    "condition_theme": "het thema {themes}",
    "condition_no_theme": "geen thema",
    "condition_groups": "bereik van de groep {groups}",
    "condition_no_groups": "geen bevestigde groep",
    "condition_first_time": "een eerste aanvraag",
    "condition_not_first_time": "een eerdere aanvraag",
}

_REASONS = {
    "crowd": "De actie kreeg {crowd} van {donors}.",
    "crowd_counted": (
        "De actie kreeg samen {crowd}. Voor het fonds telt daarvan {given} mee, van {donors}."
    ),
    "requirements_met": "De actie voldoet aan alle voorwaarden van het fonds.",
    "requirement_failed": (
        "De actie voldoet niet aan een voorwaarde: {reason}. Nodig: {needed}. Gevonden: {found}."
    ),
    "refused": "Daarom is er geen bijdrage uit het fonds.",
    "base_capped": "Per donateur telt ten hoogste {cap} mee. Dat is samen {counted}.",
    "base_ratio": (
        "Het fonds legt {per_euro} bij elke euro die meetelt: {counted} × {ratio} = {base}."
    ),
    "base_large_donors": "Een donateur telt mee vanaf {least} in totaal. Dat zijn er {number}.",
    "base_per_donor": (
        "Het fonds geeft {amount} voor elke donateur die meetelt: {number} × {amount} = {base}."
    ),
    "base_reached": "Daarmee is de grens gehaald. Het bedrag dat daarbij hoort is {base}.",
    "base_not_reached": "Daarmee is de grens niet gehaald. Daarom is het bedrag {base}.",
    "base_gap": "Aan het doel van {goal} ontbreekt nog {base}. Het fonds vult dat aan.",
    "base_roots": (
        "De regel rekent met de wortel van wat elke donateur gaf. Alle wortels samen, in het "
        "kwadraat, min de giften zelf, is {base}."
    ),
    "base_roots_bounded": (
        "De regel rekent voor elk tweetal donateurs met de wortel van wat zij gaven. Wie samen aan "
        "veel acties geven, tellen samen minder mee. Dat geeft {base}."
    ),
    "base_one_donor": "Met minder dan twee donateurs is het bedrag bij deze regel {base}.",
    "area_figure": "In {area} is {indicator} {figure}. Daarbij hoort factor {factor}.",
    "area_figure_of_parent": (
        "Voor {area} is er geen cijfer. Daarom telt dat van {source}: {indicator} is daar "
        "{figure}. Daarbij hoort factor {factor}."
    ),
    "area_no_figure": "Voor {area} is nergens een cijfer bekend. Daarbij hoort factor {factor}.",
    "area_share": "{area} (deel {share} van het bereik)",
    "areas_together": "Naar hun deel opgeteld is de factor {factor}.",
    "group": "De actie bereikt de groep “{group}”. Daarbij hoort factor {factor}.",
    "combined_max": "De hoogste factor telt: {factor}.",
    "combined_product": "De factoren gaan maal elkaar: {area} × {group} = {factor}.",
    "no_factor": "Er is geen verhoging voor deze actie: factor 1.",
    "times_factor": "{base} × {factor} = {product}.",
    "rounded": "Afgerond naar beneden op hele centen is dat {whole}.",
    "cap_project_cents": "Een actie krijgt ten hoogste {cap}.",
    "cap_pct_of_goal": "Een actie krijgt ten hoogste {pct}% van haar doel van {goal}: {cap}.",
    "cap_to_gap": "Het fonds geeft niet meer dan nog aan het doel ontbreekt: {cap}.",
    "claim": "Het berekende bedrag is {claim}.",
    "turn_arrival": (
        "In volgorde van binnenkomst was de actie nummer {place} van {number}. Er was toen nog "
        "{left} in het fonds."
    ),
    "turn_tender": (
        "In volgorde van de beoordeling (score {score}) was de actie nummer {place} van {number}. "
        "Er was toen nog {left} in het fonds."
    ),
    "turn_lottery": (
        "In de loting was de actie nummer {place} van {number}. Er was toen nog {left} in het "
        "fonds."
    ),
    "turn_partial": "Dat is minder dan het berekende bedrag. De actie krijgt wat er nog was.",
    "turn_empty": "Het fonds was toen leeg. Daarom is er geen bijdrage.",
    "turn_too_small": (
        "Dat is minder dan het berekende bedrag, en een deel onder {least} wordt niet gegeven."
    ),
    "all_fit": "Er is genoeg geld in het fonds voor alle acties samen.",
    "all_fit_pot": "Er is genoeg geld in het fonds om elke actie haar hoogste bedrag te geven.",
    "pot_short": "Alle acties samen kunnen {total} krijgen. In het fonds zit {ceiling}.",
    "share_proportional": "Elke actie krijgt hetzelfde deel van haar bedrag: {exact}.",
    "share_level": "Elke actie krijgt evenveel, tot ten hoogste haar eigen bedrag: {level}.",
    "share_level_factor": (
        "Elke actie krijgt evenveel maal haar factor, tot ten hoogste haar eigen bedrag: "
        "{level} × {factor} = {exact}."
    ),
    "share_pot": "Het fonds wordt verdeeld in verhouding tot {product}. Dat geeft {exact}.",
    "share_full": "Meer dan {limit} kan de actie niet krijgen. Dat krijgt zij helemaal.",
    "share_last_cents": (
        "Wat aan hele centen overblijft, gaat naar wie het dichtst bij een volgende cent was."
    ),
    "live": (
        "Elke gift kreeg meteen een bijdrage, in volgorde van betaling, zolang er geld in het "
        "fonds was."
    ),
    "live_short": (
        "Het fonds was tussendoor leeg. Daarom is de bijdrage lager dan het berekende bedrag."
    ),
    "award": "De bijdrage uit het fonds is {award}.",
    "step_matched": "Bij de gift van {gift} legde het fonds {match}.",
    "step_matched_partly": (
        "Bij de gift van {gift} legde het fonds {match}. Meer geld was er niet in het fonds."
    ),
    "step_fund_empty": "Er was geen geld meer in het fonds.",
    "step_up_to_goal": (
        "Bij de gift van {gift} legde het fonds {match}. Meerdere fondsen helpen deze actie. Samen "
        "geven zij nooit meer dan nodig is voor het doel."
    ),
    "step_not_for_match": (
        "Deze gift telt mee voor de actie, maar niet voor het fonds. Dat geldt voor giften van de "
        "initiatiefnemer, het bestuur en het fonds zelf."
    ),
    "step_after_end": "De actie was voorbij. De bijdrage uit het fonds stond al vast.",
    "step_requirement": (
        "De actie voldoet nog niet aan een voorwaarde van het fonds: {reason}. Zodra dat wel zo "
        "is, telt deze gift mee."
    ),
    "step_cap": "De actie kreeg al het meeste dat zij uit het fonds kan krijgen: {cap}.",
    "step_donor_cap": "Van één gever telt ten hoogste {cap} mee. Dat was al bereikt.",
    "step_nothing": "Volgens de regel van het fonds kwam er bij deze gift niets bij.",
    "refund_releases": (
        "Een gift van {gift} is terugbetaald. Daardoor gaat {released} terug naar het fonds."
    ),
    "refund_releases_nothing": (
        "Een gift van {gift} is terugbetaald. De bijdrage uit het fonds blijft gelijk."
    ),
    "refund_after_decision": (
        "Een gift van {gift} is terugbetaald na het besluit. Een ambtenaar bekijkt wat dat "
        "betekent."
    ),
}

_RULES = {
    "rule_ceiling": "Het fonds verdeelt ten hoogste {ceiling}.",
    "rule_closing": "Het geld wordt verdeeld na de sluitingsdatum.",
    "rule_live": (
        "Elke gift krijgt meteen een bijdrage, in volgorde van betaling, tot het fonds leeg is."
    ),
    "rule_require": (
        "Voorwaarde: {needed}. Anders is er geen bijdrage. De reden is dan: “{reason}”."
    ),
    "rule_not_matchable": (
        "Giften van de initiatiefnemers, hun bestuur en het fonds zelf tellen wel mee voor het "
        "doel van de actie, niet voor de bijdrage."
    ),
    "rule_ratio": "Voor elke euro van donateurs legt het fonds {per_euro} bij.",
    "rule_part_of_euro": "{ratio} euro",
    "rule_donor_cap": "Per donateur telt ten hoogste {cap} mee, over alle giften aan een actie.",
    "rule_per_donor": "Het fonds geeft {amount} voor elke donateur.",
    "rule_min_gift": "Een donateur telt mee vanaf {least} aan een actie in totaal.",
    "rule_lump": "Het fonds geeft elke actie {lump}.",
    "rule_lump_when": "Het fonds geeft {lump} aan een actie met {needed}.",
    "rule_lump_when_both": "Het fonds geeft {lump} aan een actie met {needed} en {needed_too}.",
    "rule_pct_of_goal": "{pct}% van het doel",
    "rule_topup": (
        "Het fonds vult de laatste {pct}% van het doel aan, zodra de buurt de rest bijeen heeft."
    ),
    "rule_qf": (
        "Hoeveel mensen geven telt zwaarder dan hoeveel zij geven: de wortels van wat de donateurs "
        "gaven, samen in het kwadraat, min de giften zelf."
    ),
    "rule_pair_bound": (
        "Twee donateurs die samen aan veel acties geven, tellen samen minder mee. De grens is "
        "{bound}."
    ),
    "rule_indicator": (
        "Acties voor buurten die vaak worden overgeslagen krijgen meer. Wat telt is {indicator}."
    ),
    "rule_band_at_least": "Is dat {bound} of meer, dan is de factor {factor}.",
    "rule_band_at_most": "Is dat {bound} of minder, dan is de factor {factor}.",
    "rule_bands": (
        "Past meer dan een factor, dan telt de hoogste. Werkt een actie in meer buurten, dan telt "
        "elke buurt naar haar deel. Ontbreekt een cijfer, dan telt dat van de wijk of de gemeente. "
        "Is er nergens een cijfer, dan is de factor 1."
    ),
    "rule_group": "Voor acties die de groep “{group}” bereiken is de factor {factor}.",
    "rule_combine_max": "Van de buurt en de groep telt de hoogste factor.",
    "rule_combine_product": "De factor van de buurt gaat maal die van de groep.",
    "rule_factor": "Het bedrag gaat maal de factor. Een factor is nooit lager dan 1.",
    "rule_cap_project": "Een actie krijgt ten hoogste {cap}.",
    "rule_cap_pct": "Een actie krijgt ten hoogste {pct}% van haar doel.",
    "rule_cap_gap": "Een actie krijgt niet meer dan nog aan haar doel ontbreekt.",
    "rule_rounding": "Het bedrag wordt één keer afgerond: naar beneden, op hele centen.",
    "rule_arrival": "Wie het eerst komt, krijgt het eerst.",
    "rule_tender": (
        "De actie met de hoogste score krijgt het eerst. Bij gelijke score gaat de hoogste factor "
        "voor."
    ),
    "rule_lottery": "Loting bepaalt wie het eerst krijgt. Iedereen kan de loting narekenen.",
    "rule_last_in_line": "Wie als laatste aan de beurt is, krijgt het deel dat er nog is.",
    "rule_min_partial": (
        "Een deel van een bedrag dat lager is dan {least} wordt niet gegeven; dat blijft voor wie "
        "daarna komt."
    ),
    "rule_proportional": (
        "Is er te weinig geld, dan krijgt elke actie hetzelfde deel van haar bedrag."
    ),
    "rule_waterfill": (
        "Is er te weinig geld, dan krijgt elke actie evenveel, tot ten hoogste haar eigen bedrag."
    ),
    "rule_waterfill_factor": (
        "Is er te weinig geld, dan krijgt elke actie evenveel maal haar factor, tot ten hoogste "
        "haar eigen bedrag."
    ),
    "rule_qf_pot": (
        "Is er te weinig geld, dan wordt het verdeeld in verhouding tot de bedragen. Wat een actie "
        "niet kan krijgen, gaat naar de andere."
    ),
    "rule_qf_fill": (
        "Het hele fonds wordt verdeeld in verhouding tot de bedragen, ook als dat meer is dan het "
        "berekende bedrag, tot het hoogste dat een actie mag krijgen."
    ),
    "rule_last_cents": (
        "Hele centen die overblijven gaan naar wie het dichtst bij een volgende cent is; daarna op "
        "volgorde van nummer."
    ),
}

DUTCH = Vocabulary(
    currency="€\u00a0",
    decimal_point=",",
    thousands=".",
    phrases=_CONDITIONS | _REASONS | _RULES,
    nouns={
        "donor": ("donateur", "donateurs"),
        "local_donor": ("donateur uit de eigen buurt", "donateurs uit de eigen buurt"),
    },
    words={"and": "en", "or": "of"},
    themes={
        "green": "groen",
        "meeting": "ontmoeten",
        "sport": "sport",
        "culture": "cultuur",
        "sustainable": "duurzaam",
        "care": "zorg",
        "youth": "jeugd",
    },
    indicators={
        "p_hh_110": "het percentage huishoudens met een inkomen tot 110% van het sociaal minimum",
        "p_hh_120": "het percentage huishoudens met een inkomen tot 120% van het sociaal minimum",
        "p_hh_li": "het percentage huishoudens met een laag inkomen",
        "p_hh_lkk": "het percentage huishoudens met lage koopkracht",
        "p_hh_hi": "het percentage huishoudens met een hoog inkomen",
        "g_ink_pi": "het gemiddelde inkomen per inwoner (× 1.000 euro)",
        "ses_woa": "de sociaal-economische score (SES-WOA) van het CBS",
    },
)
