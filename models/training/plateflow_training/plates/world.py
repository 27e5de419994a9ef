"""Plates of other countries: close enough in layout and lettering that what is not the number is learned as such."""

import numpy as np

from .dies import DIES
from .spec import Disc, PlateSpec, Rect, Row, Words, bgr

_L = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NARROW = [
    "barlow-condensed-600",
    "barlow-condensed-500",
    "oswald-500",
    "roboto-condensed-700",
    "archivo-narrow-600",
    "bebas-neue-400",
    "overpass-mono-600",
    "barlow-semi-condensed-600",
    "oswald-400",
]
_MONO = [
    "overpass-mono-700",
    "overpass-mono-600",
    "b612-mono-700",
    "rajdhani-700",
    "barlow-semi-condensed-600",
    "roboto-condensed-700",
]


def _face(rng, printed, dies=0.45) -> str:
    return str(rng.choice(DIES)) if rng.random() < dies else str(rng.choice(printed))


_STATES = {
    "NEW YORK": ["EMPIRE STATE", "EXCELSIOR", "T&LC"],
    "California": ["", "dmv.ca.gov"],
    "TEXAS": ["The Lone Star State", ""],
    "FLORIDA": ["SUNSHINE STATE", "IN GOD WE TRUST"],
    "Missouri": ["SHOW-ME STATE", "Bicentennial"],
    "New Jersey": ["Garden State"],
    "PENNSYLVANIA": ["visitPA.com", "Keystone State"],
    "ILLINOIS": ["Land of Lincoln"],
    "OHIO": ["Birthplace of Aviation"],
    "GEORGIA": ["Peach State", "FULTON"],
    "Virginia": ["", "VIRGINIA IS FOR LOVERS"],
    "MICHIGAN": ["Pure Michigan", "Great Lakes"],
    "NORTH CAROLINA": ["First in Flight"],
    "WASHINGTON": ["Evergreen State"],
    "Arizona": ["GRAND CANYON STATE"],
    "Massachusetts": ["The Spirit of America"],
    "TENNESSEE": ["The Volunteer State"],
    "INDIANA": ["In God We Trust"],
    "MARYLAND": ["www.maryland.gov"],
    "Wisconsin": ["America's Dairyland"],
    "COLORADO": [""],
    "MINNESOTA": ["10,000 lakes"],
    "ALABAMA": ["Heart of Dixie"],
    "Louisiana": ["Sportsman's Paradise"],
    "KENTUCKY": ["Bluegrass State"],
    "OREGON": ["Pacific Wonderland", ""],
    "Oklahoma": ["Native America"],
    "Connecticut": ["Constitution State"],
    "UTAH": ["Life Elevated"],
    "IOWA": ["POLK"],
    "NEVADA": ["The Silver State"],
    "ARKANSAS": ["The Natural State"],
    "Mississippi": ["HINDS"],
    "KANSAS": ["JO"],
    "NEW MEXICO": ["Land of Enchantment"],
    "NEBRASKA": [""],
    "IDAHO": ["Famous Potatoes"],
    "HAWAII": ["Aloha State"],
    "ALASKA": ["THE LAST FRONTIER"],
    "Maine": ["Vacationland"],
    "WASHINGTON, DC": ["TAXATION WITHOUT REPRESENTATION"],
}
_US_FORMATS = (
    ["LLL-DDDD"] * 8
    + ["DLLLDDD"] * 6
    + ["LLDmLDL"] * 6
    + [
        "LLL DDD",
        "LLLmDDD",
        "DDD LLL",
        "DDDmLLL",
        "LDDDDDD",
        "LLDDDDD",
        "LLL DLD",
        "DLL DDD",
        "DDL DDL",
        "LLmDDDD",
        "DDDDDDD",
        "DLDLDDD",
        "LLDDDLL",
        "LLLDDD",
        "DDDLLD",
        "LLLLDD",
        "LLDLDDD",
        "DLDDDDD",
        "DDDDDD",
        "LLDmDLL",
        "LDDLLL",
        "DDLLLL",
        "LDDmLLL",
        "TDDDDDDC",
        "TDDDDDDC",
        "DDDDD-LL",
        "LLL-DDDD",
        "LLLmDDDD",
        "DLLLDD",
        "SDDDDD",
    ]
)

_EU = {
    # country: (strip, formats, background, weight); m is a seal, LL after a space are as the country prints them
    "F": ("F", ["LL-DDD-LL"] * 8 + ["DDDD LL DD", "DDD LLL DD"], "f4f4f4", 6),
    "D": (
        "D",
        ["LoDLL DDDD", "LLoLL DDD", "LLLoL DDDD", "LLLoLL DDD", "LoL DDDD", "LLoL DDD", "LoLL DDD"],
        "f4f4f4",
        5,
    ),
    "NL": ("NL", ["LL-DD-LL", "DD-LL-LL", "DD-LLL-D", "D-LLL-DD", "LL-DDD-L", "L-DDD-LL"], "f2c200", 3),
    "I": ("I", ["LL DDDLL", "LLmDDDLL"], "f4f4f4", 3),
    "SK": ("SK", ["LLmDDDLL"], "f4f4f4", 3),
    "CZ": ("CZ", ["DLD DDDD", "DLmDDDD", "LLL DD-DD", "DLm DDDD"], "f4f4f4", 3),
    "HR": ("HR", ["LLmDDD-LL", "LLmDDDD-LL", "LLmDDDD-L"], "f4f4f4", 3),
    "RO": ("RO", ["LL DD LLL", "B DDD LLL", "B DD LLL"], "f4f4f4", 2),
    "E": ("E", ["DDDD LLL"], "f4f4f4", 2),
    "PL": ("PL", ["LLmDDDDD", "LLLmDDDL", "LLLmLDDD", "LLm DDDDL"], "f4f4f4", 2),
    "P": ("P", ["DD-DD-LL", "DD-LL-DD", "LL-DD-DD", "LL-DD-LL"], "f4f4f4", 2),
    "B": ("B", ["D-LLL-DDD", "LLL-DDD"], "f4f4f4", 1),
    "A": ("A", ["LmDDDDLL", "LLmDDDLL"], "f4f4f4", 1),
    "CH": (None, ["LLmDDDDDD", "LL DDDDD"], "f4f4f4", 1),
    "H": ("H", ["LLL-DDD"], "f4f4f4", 1),
    "SLO": ("SLO", ["LLmLD-DDD", "LLmDD-LLD"], "f4f4f4", 1),
    "N": ("N", ["LL DDDDD"], "f4f4f4", 1),
    "S": ("S", ["LLL DDD", "LLL DDL"], "f4f4f4", 1),
    "FIN": ("FIN", ["LLL-DDD"], "f4f4f4", 0.7),
    "LT": ("LT", ["LLLmDDD"], "f4f4f4", 0.7),
    "BG": ("BG", ["LL DDDD LL"], "f4f4f4", 0.7),
    "L": ("L", ["LL DDDD"], "f2c200", 0.5),
}
_BRAZIL_FACES = [
    "roboto-condensed-700",
    "roboto-condensed-500",
    "barlow-semi-condensed-600",
    "archivo-narrow-600",
    "rajdhani-700",
    "barlow-condensed-600",
]
_CITIES = [
    "BA-SALVADOR",
    "SP-SAO PAULO",
    "RJ-RIO DE JANEIRO",
    "MG-BELO HORIZONTE",
    "PR-CURITIBA",
    "RS-PORTO ALEGRE",
    "BA-CAMACARI",
    "BA-LAURO DE FREITAS",
    "PE-RECIFE",
    "CE-FORTALEZA",
    "SC-FLORIANOPOLIS",
    "GO-GOIANIA",
    "DF-BRASILIA",
    "PA-BELEM",
    "AM-MANAUS",
    "ES-VITORIA",
    "BA-FEIRA DE SANTANA",
    "SP-CAMPINAS",
    "MG-UBERLANDIA",
]
_DEALERS = [
    "TOYOTA",
    "HONDA",
    "MITSUBISHI",
    "LOU FUSI",
    "BOMMARITO",
    "SUNTRUP",
    "CAPITOL",
    "FRANK LETA",
    "DAVE SINCLAIR",
    "VALLEY STREAM",
    "HILLSIDE HONDA",
    "RENAULT",
    "SKODA AUTO",
    "AUTOHAUS",
    "PEUGEOT",
    "ESKOM",
    "PLAZA MOTORS",
    "NISSAN",
    "STATEN ISLAND",
    "WWW.AUTO.COM",
]


def _fill(pattern, rng) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``LL-DDD mLL`` to groups of characters and the marks between them."""
    groups, marks, current = [], [], ""
    for c in pattern:
        if c in "- mo":
            if current:
                groups.append(current)
                marks.append({"-": "-", " ": "", "m": "blob", "o": "discs"}[c])
                current = ""
            elif marks:
                marks[-1] = {"-": "-", " ": marks[-1], "m": "blob", "o": "discs"}[c]
        elif c == "L":
            current += str(rng.choice(list(_L)))
        elif c == "D":
            current += str(rng.integers(0, 10))
        else:
            current += c
    groups.append(current)
    return tuple(groups), tuple(marks)


def _spec(groups_rows, country, kind, vehicle, rng, **fields):
    lines = tuple("".join(row.groups) for row in groups_rows)
    return PlateSpec(
        text="".join(lines), lines=lines, country=country, kind=kind, vehicle=vehicle, rows=tuple(groups_rows), **fields
    )


def random_us(rng, vehicle="car"):
    state = str(rng.choice(list(_STATES)))
    slogan = str(rng.choice(_STATES[state]))
    pattern = str(rng.choice(_US_FORMATS))
    if rng.random() < 0.06:
        pattern = "".join(rng.choice(["L", "L", "D"], int(rng.integers(4, 8))))
    groups, marks = _fill(pattern, rng)
    stacked = ()
    side = rng.uniform(0.04, 0.09)
    discs, words = [], []
    if rng.random() < 0.06:  # handicapped, dealer, club letters one above the other beside the number
        small = "".join(rng.choice(list(_L), 2))
        groups, marks, stacked = (
            ((small, *groups), ("", *marks), (0,))
            if rng.random() < 0.5
            else ((*groups, small), (*marks, ""), (len(groups),))
        )
    if rng.random() < 0.12:
        discs.append(Disc((0.09, 0.52), 0.12, bgr("1a50a0")))
        side = 0.17
    ink = str(
        rng.choice(
            ["15181c", "16284c", "1c2c70", "7a1a20", "0c4a2a", "2a2a2a", "e8e8e8"],
            p=[0.35, 0.25, 0.16, 0.1, 0.06, 0.04, 0.04],
        )
    )
    ground = str(
        rng.choice(
            ["f2f2ee", "e6ecf2", "f0b020", "f2d24a", "dfe8ff", "f4ece0", "c8dcea"],
            p=[0.5, 0.12, 0.14, 0.06, 0.08, 0.06, 0.04],
        )
    )
    if ink == "e8e8e8":
        ground = str(rng.choice(["18305c", "15181c", "0c4a2a"]))
    face = _face(rng, [*_NARROW, "b612-mono-700", "rajdhani-700"])
    script = str(rng.choice(["barlow-semi-condensed-600", "roboto-condensed-700", "oswald-400", "rajdhani-700"]))
    name_ink = bgr(str(rng.choice([ink, "1c2c70", "a01c24", "203040"]))) if ground != "18305c" else bgr(ink)
    if rng.random() < 0.93:
        words.append(
            Words(
                state, (0.5 + rng.uniform(-0.1, 0.1), rng.uniform(0.1, 0.15)), rng.uniform(0.1, 0.17), name_ink, script
            )
        )
    if slogan and rng.random() < 0.8:
        words.append(Words(slogan, (0.5, rng.uniform(0.86, 0.91)), rng.uniform(0.06, 0.13), name_ink, script))
    rects = []
    for x, y in ((0.08, 0.12), (0.92, 0.12), (0.08, 0.88), (0.92, 0.88)):
        if rng.random() < 0.3:  # month and year stickers
            colour = tuple(float(c) for c in rng.uniform(20, 250, 3))
            rects.append(Rect((x - 0.055, y - 0.09, x + 0.055, y + 0.09), colour))
            words.append(
                Words(
                    str(rng.choice(["JUN", "12", "09", "2024", "MAR", "25", "OCT"])),
                    (x, y),
                    0.1,
                    (30, 30, 30) if sum(colour) > 380 else (240, 240, 240),
                    max_width=0.1,
                )
            )
    if ground == "f0b020" and rng.random() < 0.5:
        rects.append(Rect((0, 0, 1, 0.22), bgr("1c2c50")))
    top = rng.uniform(0.22, 0.28)
    row = Row(
        groups,
        (side, top, 1 - side * 0.7, rng.uniform(0.73, 0.8)),
        marks=marks,
        gap=rng.uniform(0.3, 0.6),
        tracking=rng.uniform(0.06, 0.16),
        stacked=stacked,
    )
    frame = rng.uniform(0.03, 0.16) if rng.random() < 0.45 else 0.0
    return _spec(
        (row,),
        "US",
        state.lower(),
        vehicle,
        rng,
        size_mm=(305, 152),
        text_colour=bgr(ink),
        background=bgr(ground),
        face=face,
        stretch=rng.uniform(0.8, 1.2),
        words=tuple(words),
        rects=tuple(rects),
        discs=tuple(discs),
        picture=rng.uniform(0.1, 0.5) if rng.random() < 0.35 else 0.0,
        relief=rng.uniform(0, 0.8),
        corner=0.1,
        frame=frame,
        frame_colour=bgr(str(rng.choice(["141414", "d8d8d8", "b0b0b0", "f0f0f0", "303030", "802020"]))),
        frame_words=str(rng.choice(_DEALERS)) if rng.random() < 0.7 else "",
    )


def random_eu(rng, vehicle="car"):
    names = list(_EU)
    weights = np.array([_EU[n][3] for n in names], float)
    name = str(rng.choice(names, p=weights / weights.sum()))
    strip, formats, ground, _ = _EU[name]
    groups, marks = _fill(str(rng.choice(formats)), rng)
    if rng.random() < 0.12:  # before the strip, or worn off
        strip = None
    left = 0.135 if strip is not None else 0.03
    right, rects, words = 0.975, [], []
    if name in ("F", "I", "P") and rng.random() < 0.6:
        right = 0.895
        colour, ink = (bgr("1a50a0"), (240, 240, 240)) if name != "P" else (bgr("f2c200"), (20, 20, 20))
        rects.append(Rect((0.905, 0, 1, 1), colour))
        words.append(Words(f"{rng.integers(1, 96):02d}", (0.952, 0.75), 0.2, ink, max_width=0.08))
        words.append(Words("*", (0.952, 0.3), 0.25, ink, max_width=0.07))
    ink = "101418"
    if name == "B":
        ink = "a01c24"
    frame = rng.uniform(0.03, 0.2) if rng.random() < 0.5 else 0.0
    size = (520, 110)
    two = rng.random() < 0.12 and len(groups) > 1
    faces = _MONO if rng.random() < 0.55 else _NARROW
    common = {
        "text_colour": bgr(ink),
        "background": bgr(ground),
        "face": _face(rng, faces, 0.25),
        "stretch": rng.uniform(0.7, 1.15),
        "border": 0.03 if rng.random() < 0.7 else 0.0,
        "blue_strip": strip,
        "frame": frame,
        "frame_words": str(rng.choice(_DEALERS)) if rng.random() < 0.6 else "",
        "relief": rng.uniform(0, 0.6),
        "frame_colour": bgr(str(rng.choice(["141414", "202020", "d8d8d8", "303030"]))),
    }
    if two:
        left = 0.13 if strip is not None else 0.05
        rows = (
            Row(groups[:1], (left, 0.08, 0.95, 0.47), tracking=0.1),
            Row(groups[1:], (left, 0.53, 0.95, 0.92), marks=marks[1:], tracking=0.1),
        )
        return _spec(
            rows, name, "two-line", vehicle, rng, size_mm=(340, 220) if rng.random() < 0.5 else (280, 200), **common
        )
    top = rng.uniform(0.1, 0.2)
    row = Row(
        groups, (left, top, right, 1 - top), marks=marks, gap=rng.uniform(0.35, 0.75), tracking=rng.uniform(0.06, 0.2)
    )
    return _spec((row,), name, "standard", vehicle, rng, size_mm=size, rects=tuple(rects), words=tuple(words), **common)


def random_uk(rng, vehicle="car"):
    groups, marks = _fill(str(rng.choice(["LLDD LLL"] * 8 + ["LDDD LLL", "LDD LLL", "LLL DDDL"])), rng)
    ground = str(rng.choice(["f4f4f4", "f2c81e"]))
    strip = str(rng.choice(["GB", "UK", ""])) if rng.random() < 0.4 else None
    left = 0.135 if strip is not None else 0.04
    common = {
        "text_colour": bgr("101418"),
        "background": bgr(ground),
        "face": str(rng.choice(_NARROW + _MONO)),
        "stretch": rng.uniform(0.85, 1.25),
        "blue_strip": strip,
    }
    words = (Words(str(rng.choice(_DEALERS)), (0.5, 0.93), 0.07),) if rng.random() < 0.4 else ()
    if rng.random() < 0.15:
        rows = (
            Row(groups[:1], (0.06, 0.08, 0.94, 0.47), tracking=0.12),
            Row(groups[1:], (0.06, 0.53, 0.94, 0.92), tracking=0.12),
        )
        return _spec(rows, "GB", "two-line", vehicle, rng, size_mm=(285, 203), **{**common, "blue_strip": None})
    row = Row(
        groups, (left, 0.14, 0.965, 0.84), marks=marks, gap=rng.uniform(0.3, 0.5), tracking=rng.uniform(0.1, 0.18)
    )
    return _spec((row,), "GB", "standard", vehicle, rng, size_mm=(520, 111), words=words, **common)


def random_brazil(rng, vehicle="car"):
    city = Words(str(rng.choice(_CITIES)), (0.5, 0.13), rng.uniform(0.09, 0.14))
    if rng.random() < 0.55:
        groups, marks = _fill("LLLoDDDD", rng)
        marks = ("-" if rng.random() < 0.75 else "",)
        if rng.random() < 0.2:
            marks = (".",)
        kind = str(rng.choice(["private", "taxi", "official"], p=[0.85, 0.1, 0.05]))
        ground, ink = {"private": ("b4b6b4", "16181a"), "taxi": ("b01820", "f0f0f0"), "official": ("f2f2f2", "16181a")}[
            kind
        ]
        common = {
            "size_mm": (400, 130),
            "text_colour": bgr(ink),
            "background": bgr(ground),
            "stretch": rng.uniform(0.85, 1.25),
            "relief": rng.uniform(0, 0.8),
            "corner": 0.1,
            "face": _face(rng, _BRAZIL_FACES, 0.6),
        }
        if vehicle == "motorcycle":
            rows = (
                Row(groups[:1], (0.1, 0.24, 0.9, 0.55), tracking=0.15),
                Row(groups[1:], (0.06, 0.6, 0.94, 0.94), tracking=0.12),
            )
            return _spec(rows, "BR", "grey-two-line", vehicle, rng, words=(city,), **{**common, "size_mm": (187, 136)})
        row = Row(
            groups,
            (0.05, rng.uniform(0.24, 0.3), 0.95, rng.uniform(0.82, 0.9)),
            marks=marks,
            gap=rng.uniform(0.35, 0.6),
            tracking=rng.uniform(0.06, 0.14),
        )
        discs = (Disc((0.09, 0.15), 0.08, bgr("c03020")),) if rng.random() < 0.5 else ()
        return _spec((row,), "BR", "grey", vehicle, rng, words=(city,), discs=discs, **common)
    groups, _ = _fill("LLLDLDD" if rng.random() < 0.85 else "LLLDDDD", rng)
    ink = str(rng.choice(["101418", "b01820", "1c3c90"], p=[0.85, 0.1, 0.05]))
    bar = Rect((0, 0, 1, 0.23), bgr("143c96"))
    words = (Words("BRASIL", (0.5, 0.115), 0.12, (245, 245, 245)), Words("BR", (0.06, 0.82), 0.1, max_width=0.1))
    common = {
        "text_colour": bgr(ink),
        "background": bgr("f4f4f4"),
        "stretch": rng.uniform(0.75, 1.1),
        "rects": (bar,),
        "face": _face(rng, _MONO, 0.3),
        "border": 0.02,
    }
    if vehicle == "motorcycle":
        rows = (
            Row((groups[0][:3],), (0.15, 0.3, 0.85, 0.6), tracking=0.12),
            Row((groups[0][3:],), (0.1, 0.64, 0.9, 0.95), tracking=0.12),
        )
        return _spec(rows, "BR", "mercosur-two-line", vehicle, rng, size_mm=(200, 170), words=words[:1], **common)
    row = Row(groups, (0.1, 0.3, 0.96, 0.92), tracking=rng.uniform(0.1, 0.2))
    return _spec((row,), "BR", "mercosur", vehicle, rng, size_mm=(400, 130), words=words, **common)


# Numbers at the beginning of a plate; those between are not given out.
_VIETNAM_PROVINCES = [
    code
    for first, last in (
        (11, 12),
        (14, 20),
        (29, 31),
        (33, 34),
        (36, 38),
        (43, 43),
        (47, 47),
        (49, 79),
        (81, 86),
        (88, 90),
        (92, 95),
        (97, 99),
    )
    for code in range(first, last + 1)
]


def random_vietnam(rng, vehicle="car"):
    province = f"{rng.choice(_VIETNAM_PROVINCES)}"
    letter = str(rng.choice(list("ABCDEFGHKLMNPSTUVXYZ")))
    tail = f"{rng.integers(0, 100000):05d}" if rng.random() < 0.7 else f"{rng.integers(0, 10000):04d}"
    ground, ink = (("f2f2f2", "14181c"), ("f2c81e", "14181c"), ("1c3c90", "f0f0f0"))[
        int(rng.choice(3, p=[0.85, 0.1, 0.05]))
    ]
    common = {
        "text_colour": bgr(ink),
        "background": bgr(ground),
        "stretch": rng.uniform(0.7, 1.15),
        "border": 0.02,
        "face": _face(rng, _MONO + _NARROW, 0.35),
        "corner": 0.08,
    }
    tail_groups, tail_marks = ((tail[:3], tail[3:]), (".",)) if len(tail) == 5 and rng.random() < 0.9 else ((tail,), ())
    if vehicle == "motorcycle" or rng.random() < 0.35:
        second = str(rng.integers(1, 10)) if vehicle == "motorcycle" else ""
        if rng.random() < 0.12:
            second = str(rng.choice(list("ADLM"))) + second
        first = Row(
            (province, letter + second),
            (0.06, 0.09, 0.94, 0.47),
            marks=("-",),
            gap=rng.uniform(0.3, 0.6),
            tracking=rng.uniform(0.06, 0.16),
        )
        below = Row(
            tail_groups,
            (0.06, 0.53, 0.94, 0.91),
            marks=tail_marks,
            gap=rng.uniform(0.25, 0.45),
            tracking=rng.uniform(0.06, 0.18),
        )
        size = (190, 140) if vehicle == "motorcycle" else (330, 165)
        return _spec((first, below), "VN", "two-line", vehicle, rng, size_mm=size, **common)
    row = Row(
        (province + letter, *tail_groups),
        (0.04, 0.15, 0.96, 0.85),
        marks=("-", *tail_marks),
        gap=rng.uniform(0.3, 0.5),
        tracking=rng.uniform(0.06, 0.14),
    )
    return _spec((row,), "VN", "one-line", vehicle, rng, size_mm=(520, 110), **common)
