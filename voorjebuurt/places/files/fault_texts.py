"""What is said about a refused file, in every language. As data: a pure module has no gettext."""

LINES = {"nl": "Regel {line}: {text}", "en": "Line {line}: {text}"}

FAULT_TEXTS: dict[str, dict[str, str]] = {
    "already_imported": {
        "nl": "Dit bestand is al ingelezen op {day}. Er is niets veranderd.",
        "en": "This file was imported already, on {day}. Nothing was changed.",
    },
    "broke_off": {
        "nl": "Het inlezen is afgebroken. Er is niets veranderd. Probeer het opnieuw.",
        "en": "The import broke off. Nothing was changed. Try again.",
    },
    "file_empty": {
        "nl": "Het bestand is leeg.",
        "en": "The file is empty.",
    },
    "file_too_large": {
        "nl": "Het bestand is {megabytes} MB groot. Voor deze soort is {maximum} MB het meeste.",
        "en": "The file is {megabytes} MB. For this kind {maximum} MB is the most.",
    },
    "unpacked_too_large": {
        "nl": "Uitgepakt is dit werkblad veel te groot ({megabytes} MB). Zo zijn bestanden van het "
        "CBS niet.",
        "en": "Unpacked this workbook is far too large ({megabytes} MB). Files of CBS are not.",
    },
    "file_is_xls": {
        "nl": "Dit is een oud Excel-bestand (.xls). Sla het op als .xlsx.",
        "en": "This is an old Excel file (.xls). Save it as .xlsx.",
    },
    "file_is_zip": {
        "nl": "Dit is een ingepakt bestand (.zip). Pak het uit en kies het bestand dat erin zit.",
        "en": "This is a packed file (.zip). Unpack it and choose the file that is in it.",
    },
    "not_a_table": {
        "nl": "Dit is geen tekst, werkblad of kaart. Verwacht: .csv, .xlsx of .geojson.",
        "en": "This is no text, workbook or map. Expected: .csv, .xlsx or .geojson.",
    },
    "other_kind": {
        "nl": "Dit bestand is van de soort '{found}', niet '{expected}'.",
        "en": "This file is of the kind '{found}', not '{expected}'.",
    },
    "other_year": {
        "nl": "Dit bestand gaat over {found}, niet over {expected}.",
        "en": "This file is about {found}, not about {expected}.",
    },
    "workbook_broken": {
        "nl": "Dit werkblad kan niet worden geopend. Het is misschien niet heel binnengekomen.",
        "en": "This workbook can't be opened. Perhaps it did not arrive whole.",
    },
    "not_utf8": {
        "nl": "hier staat tekst in een andere codering. Verwacht: UTF-8.",
        "en": "this text is in another encoding. Expected: UTF-8.",
    },
    "line_too_long": {
        "nl": "deze regel is veel te lang. Verwacht: een tabel met een gebied of adres per regel.",
        "en": "this line is far too long. Expected: a table with one area or address a line.",
    },
    "no_line_end": {
        "nl": "het bestand houdt hier op zonder einde van de regel; het is misschien afgebroken. "
        "Download het opnieuw.",
        "en": "the file ends here without the end of a line; it may be cut off. Download it again.",
    },
    "quotes_open": {
        "nl": "hier klopt een aanhalingsteken niet. Verwacht: een tabel met ';' of ','.",
        "en": "a quotation mark is not right here. Expected: a table with ';' or ','.",
    },
    "no_header": {
        "nl": "In de eerste {rows} regels staan geen bekende kolommen. Verwacht: een code van het "
        "gebied (gwb_code of Codering) met cijfers zoals p_hh_120, of PC6, Huisnummer en "
        "Buurt. Gevonden: {found}.",
        "en": "The first {rows} lines hold no columns that we know. Expected: the code of an area "
        "(gwb_code or Codering) with figures such as p_hh_120, or PC6, Huisnummer and "
        "Buurt. Found: {found}.",
    },
    "no_name_column": {
        "nl": "er is geen kolom met de naam van het gebied. Verwacht: regio, naam of "
        "'Wijken en buurten'.",
        "en": "there is no column with the area's name. Expected: regio, naam or "
        "'Wijken en buurten'.",
    },
    "column_twice": {
        "nl": "'{column}' en '{other}' vertellen allebei {indicator}. Laat er een weg.",
        "en": "'{column}' and '{other}' both tell {indicator}. Leave one out.",
    },
    "other_number_of_cells": {
        "nl": "hier staan {found} kolommen. Verwacht: {expected}, zoals in de kop.",
        "en": "there are {found} columns here. Expected: {expected}, as in the header.",
    },
    "not_an_area_code": {
        "nl": "'{found}' in kolom '{column}' is geen code van een gebied. Verwacht: bijvoorbeeld "
        "GM0363, WK0363AA of BU0363AA01.",
        "en": "'{found}' in column '{column}' is no code of an area. Expected: for example "
        "GM0363, WK0363AA or BU0363AA01.",
    },
    "not_a_number": {
        "nl": "'{found}' in kolom '{column}' is geen getal. Verwacht: bijvoorbeeld 18,4, of een "
        "punt als het cijfer ontbreekt.",
        "en": "'{found}' in column '{column}' is no number. Expected: for example 18.4, or a dot "
        "where the figure is missing.",
    },
    "out_of_range": {
        "nl": "'{found}' in kolom '{column}' kan niet. Verwacht: {expected}.",
        "en": "'{found}' in column '{column}' can't be. Expected: {expected}.",
    },
    "area_twice": {
        "nl": "{code} staat ook op regel {first}. Verwacht: elk gebied een keer.",
        "en": "{code} also stands on line {first}. Expected: each area once.",
    },
    "not_a_postcode": {
        "nl": "'{found}' in kolom '{column}' is geen postcode. Verwacht: bijvoorbeeld 1011AB.",
        "en": "'{found}' in column '{column}' is no postcode. Expected: for example 1011AB.",
    },
    "not_a_house_number": {
        "nl": "'{found}' in kolom '{column}' is geen huisnummer. Verwacht: een heel getal.",
        "en": "'{found}' in column '{column}' is no house number. Expected: a whole number.",
    },
    "no_features": {
        "nl": "Dit is geen GeoJSON met gebieden. Verwacht: een FeatureCollection met 'features'.",
        "en": "This is no GeoJSON with areas. Expected: a FeatureCollection with 'features'.",
    },
    "feature_broken": {
        "nl": "Gebied {number} in het bestand kan niet worden gelezen; het bestand is misschien "
        "afgebroken. Verwacht: een GeoJSON-Feature.",
        "en": "Area {number} in the file can't be read; the file may be cut off. "
        "Expected: a GeoJSON feature.",
    },
    "feature_without_code": {
        "nl": "Gebied {number} in het bestand heeft geen code ('{found}'). Verwacht: buurtcode, "
        "wijkcode of statcode, zoals BU0363AA01.",
        "en": "Area {number} in the file has no code ('{found}'). Expected: buurtcode, wijkcode or "
        "statcode, such as BU0363AA01.",
    },
    "feature_twice": {
        "nl": "Gebied {number} in het bestand ({code}) staat er ook als gebied {first}. "
        "Verwacht: elk gebied een keer.",
        "en": "Area {number} in the file ({code}) also stands there as area {first}. "
        "Expected: each area once.",
    },
    "outline_broken": {
        "nl": "De omtrek van gebied {number} ({code}) klopt niet. Verwacht: een Polygon of "
        "MultiPolygon van punten met lengte- en breedtegraad.",
        "en": "The outline of area {number} ({code}) is not right. Expected: a Polygon or "
        "MultiPolygon of points with longitude and latitude.",
    },
    "outline_elsewhere": {
        "nl": "De omtrek van gebied {number} ({code}) ligt niet in Nederland ({found}). Verwacht: "
        "graden in WGS 84, geen meters (RD).",
        "en": "The outline of area {number} ({code}) is not in the Netherlands ({found}). "
        "Expected: degrees in WGS 84, no metres (RD).",
    },
    "nothing_for_us": {
        "nl": "Er staat niets in over een gemeente die hier is aangemeld ({wanted}).",
        "en": "It holds nothing about a municipality that is registered here ({wanted}).",
    },
    "no_figures": {
        "nl": "Alle kolommen met cijfers zijn leeg.",
        "en": "All columns with figures are empty.",
    },
}
