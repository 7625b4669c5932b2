"""What a municipality is called beside its official name, by those who live there. Pure."""

import re
from collections.abc import Mapping

from voorjebuurt.kernel.slugs import slug_of

_SUFFIX = re.compile(r"\s*\([^)]*\)\s*$")
"""CBS tells two of one name apart: ``Bergen (NH.)``."""

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "’s-Gravenhage": ("Den Haag", "The Hague", "Scheveningen"),
    "’s-Hertogenbosch": ("Den Bosch",),
    "Achtkarspelen": ("Achtkerspelen",),
    "Alphen aan den Rijn": ("Alphen",),
    "Berg en Dal": ("Groesbeek",),
    "Bergen op Zoom": ("Bergen-op-Zoom",),
    "Capelle aan den IJssel": ("Capelle",),
    "Dantumadiel": ("Dantumadeel",),
    "De Fryske Marren": ("De Friese Meren", "Joure", "Lemmer"),
    "De Ronde Venen": ("Mijdrecht",),
    "Dijk en Waard": ("Heerhugowaard", "Langedijk"),
    "Eemsdelta": ("Delfzijl", "Appingedam"),
    "Geldrop-Mierlo": ("Geldrop", "Mierlo"),
    "Gooise Meren": ("Bussum", "Naarden", "Muiden"),
    "Haarlemmermeer": ("Hoofddorp", "Nieuw-Vennep"),
    "Heerenveen": ("It Hearrenfean",),
    "Het Hogeland": ("Winsum", "Uithuizen"),
    "Hoeksche Waard": ("Oud-Beijerland",),
    "Hollands Kroon": ("Wieringen", "Anna Paulowna"),
    "Krimpen aan den IJssel": ("Krimpen",),
    "Land van Cuijk": ("Cuijk", "Boxmeer", "Grave"),
    "Lansingerland": ("Berkel en Rodenrijs", "Bleiswijk", "Bergschenhoek"),
    "Leeuwarden": ("Ljouwert",),
    "Leidschendam-Voorburg": ("Leidschendam", "Voorburg"),
    "Lingewaard": ("Bemmel", "Huissen"),
    "Meierijstad": ("Veghel", "Schijndel", "Sint-Oedenrode"),
    "Midden-Groningen": ("Hoogezand",),
    "Nissewaard": ("Spijkenisse",),
    "Noardeast-Fryslân": ("Noordoost-Friesland", "Dokkum"),
    "Noordoostpolder": ("Emmeloord",),
    "Nuenen, Gerwen en Nederwetten": ("Nuenen",),
    "Oldambt": ("Winschoten",),
    "Overbetuwe": ("Elst",),
    "Pijnacker-Nootdorp": ("Pijnacker", "Nootdorp"),
    "Schouwen-Duiveland": ("Zierikzee",),
    "Sittard-Geleen": ("Sittard", "Geleen"),
    "Smallingerland": ("Drachten",),
    "Stichtse Vecht": ("Maarssen", "Breukelen"),
    "Súdwest-Fryslân": ("Zuidwest-Friesland", "Súdwest Fryslân", "Sneek", "Bolsward"),
    "Tytsjerksteradiel": ("Tietjerksteradeel", "Burgum"),
    "Utrechtse Heuvelrug": ("Doorn", "Driebergen"),
    "Velsen": ("IJmuiden",),
    "Vijfheerenlanden": ("Vianen", "Leerdam"),
    "Voorne aan Zee": ("Hellevoetsluis", "Brielle"),
    "Waadhoeke": ("Franeker",),
    "West Betuwe": ("Geldermalsen",),
    "Westland": ("Naaldwijk",),
    "Zaanstad": ("Zaandam",),
}
"""Official names of CBS, with what else people call the municipality, or its largest places."""


def name_key(name: str) -> str:
    """What the names of one municipality have in common: ``Den Haag``, ``’s-Gravenhage``."""
    slug = slug_of(_SUFFIX.sub("", name))
    return _KEYS.get(slug, slug)


def slugs_of(name: str) -> frozenset[str]:
    """All that a municipality may have been written down as."""
    key = name_key(name)
    same = {slug for slug, other_key in _KEYS.items() if other_key == key}
    return frozenset({slug_of(name), key, *same})


_KEYS: Mapping[str, str] = {
    slug_of(name): slug_of(official)
    for official, others in OTHER_NAMES.items()
    for name in (official, *others)
}
