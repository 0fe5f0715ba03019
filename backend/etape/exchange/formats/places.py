"""Regions, departments and communes as files name them (INSEE, code officiel géographique)."""

import re

from etape.core.texts import fold
from etape.exchange.formats.values import Unclear

_REGIONS = {
    "01": ("Guadeloupe", "971"),
    "02": ("Martinique", "972"),
    "03": ("Guyane", "973"),
    "04": ("La Réunion", "974"),
    "06": ("Mayotte", "976"),
    "11": ("Île-de-France", "75 77 78 91 92 93 94 95"),
    "24": ("Centre-Val de Loire", "18 28 36 37 41 45"),
    "27": ("Bourgogne-Franche-Comté", "21 25 39 58 70 71 89 90"),
    "28": ("Normandie", "14 27 50 61 76"),
    "32": ("Hauts-de-France", "02 59 60 62 80"),
    "44": ("Grand Est", "08 10 51 52 54 55 57 67 68 88"),
    "52": ("Pays de la Loire", "44 49 53 72 85"),
    "53": ("Bretagne", "22 29 35 56"),
    "75": ("Nouvelle-Aquitaine", "16 17 19 23 24 33 40 47 64 79 86 87"),
    "76": ("Occitanie", "09 11 12 30 31 32 34 46 48 65 66 81 82"),
    "84": ("Auvergne-Rhône-Alpes", "01 03 07 15 26 38 42 43 63 69 73 74"),
    "93": ("Provence-Alpes-Côte d’Azur", "04 05 06 13 83 84"),
    "94": ("Corse", "2A 2B"),
}
_COMMUNE = re.compile(r"(\d{2}|2[AB])\d{3}")


def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))


_BY_NAME = {_key(name): code for code, (name, _) in _REGIONS.items()}
_BY_DEPARTMENT = {
    department: code for code, (_, held) in _REGIONS.items() for department in held.split()
}


def region_named(name: str) -> str | None:
    """Return the code of the region of that name; None for what is no region."""
    return _BY_NAME.get(_key(name))


def is_region(code: str) -> bool:
    """Whether that is the code of one of the eighteen regions."""
    return code in _REGIONS


def region_of(code: str) -> str | None:
    """Return the region of a department or of a commune; None when no region holds it."""
    department = code[: 3 if code.startswith("97") else 2]
    return _BY_DEPARTMENT.get(department)


def commune_of(written: str, *, department: str) -> str:
    """Return the code of a commune. Raises Unclear.

    A leading zero that a spreadsheet took away is put back where the department proves it.
    """
    if _COMMUNE.fullmatch(written):
        return written
    restored = f"0{written}"
    if _COMMUNE.fullmatch(restored) and restored[:2] == department.zfill(2):
        return restored
    raise Unclear(
        fr="Ce n’est pas le code d’une commune, et le département ne prouve pas lequel c’est : "
        "la commune est gardée par son nom.",
        en="This is no code of a commune, and the department does not prove which it is: the "
        "commune is kept by its name.",
    )
