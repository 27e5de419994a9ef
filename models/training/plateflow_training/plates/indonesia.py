"""Indonesian plates: layouts of the police regulation (TNKB) of 1993-2022 and of the white series since 2022."""

import numpy as np

from .dies import DIES
from .spec import Disc, PlateSpec, Rect, Row, Words, bgr

REGIONS = [
    "A",
    "AA",
    "AB",
    "AD",
    "AE",
    "AG",
    "B",
    "BA",
    "BB",
    "BD",
    "BE",
    "BG",
    "BH",
    "BK",
    "BL",
    "BM",
    "BN",
    "BP",
    "D",
    "DA",
    "DB",
    "DC",
    "DD",
    "DE",
    "DG",
    "DH",
    "DK",
    "DL",
    "DM",
    "DN",
    "DP",
    "DR",
    "DS",
    "DT",
    "DW",
    "E",
    "EA",
    "EB",
    "ED",
    "F",
    "G",
    "H",
    "K",
    "KB",
    "KH",
    "KT",
    "KU",
    "L",
    "M",
    "N",
    "P",
    "PA",
    "PB",
    "PG",
    "PS",
    "PT",
    "PY",
    "R",
    "S",
    "T",
    "W",
    "Z",
]
# Jakarta and the islands of the measured gates are common; the rest share what is left.
_WEIGHTS = {
    "B": 8,
    "D": 3,
    "L": 4,
    "DK": 4,
    "DD": 4,
    "AB": 3,
    "AD": 3,
    "AA": 2,
    "F": 2,
    "H": 3,
    "N": 4,
    "W": 5,
    "DB": 2,
    "DM": 1.5,
    "DW": 1.5,
    "AG": 1.5,
    "AE": 1.5,
    "K": 1.5,
    "G": 1.5,
    "R": 1.5,
    "S": 1.5,
    "Z": 1.5,
    "BK": 2,
    "A": 1.5,
    "E": 1.5,
    "T": 2.5,
}

KINDS = {
    # kind: (background, text, weight)
    "private-white": ("eceeee", "101010", 40),
    "private-black": ("121314", "e8e8e4", 40),
    "public-yellow": ("f2c200", "101010", 7),
    "government-red": ("b01218", "f4f4f4", 4),
    "free-trade-green": ("1f8a4c", "101010", 1.5),
    "electric": ("eceeee", "101010", 3),
    "electric-black": ("121314", "e8e8e4", 0.5),
    "diplomatic": ("eceeee", "101010", 2),
    "police": ("15181c", "e8c430", 2),
    "military": ("14301f", "ecc83c", 3),
    "temporary": ("eceeee", "b01218", 1),
}

_FACES = [
    "barlow-condensed-500",
    "barlow-condensed-600",
    "barlow-semi-condensed-600",
    "oswald-400",
    "roboto-condensed-500",
    "archivo-narrow-600",
    "rajdhani-700",
    "roboto-condensed-700",
    "bebas-neue-400",
]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def random_date(rng) -> str:
    return f"{rng.integers(1, 13):02d}{rng.integers(18, 32):02d}"


def random_number(rng) -> tuple[str, str, str]:
    weights = np.array([_WEIGHTS.get(r, 1.0) for r in REGIONS])
    region = str(rng.choice(REGIONS, p=weights / weights.sum()))
    digits = str(rng.integers(1, 10)) + "".join(
        str(d) for d in rng.integers(0, 10, int(rng.choice([0, 1, 2, 3], p=[0.02, 0.03, 0.1, 0.85])))
    )
    count = int(rng.choice([0, 1, 2, 3], p=[0.01, 0.08, 0.51, 0.4]))
    suffix = "".join(rng.choice(list(_LETTERS), count))
    return region, digits, suffix


def random_indonesian(rng, kind=None, vehicle="car") -> PlateSpec:
    if kind is None:
        names = list(KINDS)
        weights = np.array([KINDS[k][2] for k in names], float)
        kind = str(rng.choice(names, p=weights / weights.sum()))
    background, text = KINDS[kind][:2]
    size = (430, 135) if vehicle == "car" else (275, 110)
    if rng.random() < 0.35:  # plates before 2011 and hand-made ones are shorter
        size = (395, 135) if vehicle == "car" else (250, 105)
    if kind == "military":
        return _military(rng, vehicle, size, background, text)
    if kind == "police":
        return _police(rng, vehicle, size, background, text)
    if kind == "diplomatic":
        groups = (str(rng.choice(["CD", "CC"])), f"{rng.integers(1, 140)}", f"{rng.integers(1, 200):02d}")
    else:
        groups = tuple(g for g in random_number(rng) if g)
    date = random_date(rng) if rng.random() < 0.95 else None
    # Motorcycles carry a large date on the lower right, beside the emblem of the traffic police.
    aside = date is not None and rng.random() < (0.45 if vehicle == "motorcycle" else 0.1)
    low = (rng.uniform(0.56, 0.64) if aside else 0.66) if date else rng.uniform(0.72, 0.86)
    top = rng.uniform(0.1, 0.17)
    side = rng.uniform(0.03, 0.07)
    row = Row(
        groups,
        (side, top, 1 - side, low + rng.uniform(-0.04, 0.03)),
        gap=rng.uniform(0.28, 0.85),
        tracking=rng.uniform(0.04, 0.26),
        justified=bool(rng.random() < 0.45),
        marks=("." if rng.random() < 0.06 else "", ""),
    )
    date_row = None
    if date:
        height = rng.uniform(0.15, 0.25) if aside else rng.uniform(0.12, 0.17)
        middle = low + (0.95 - low) * rng.uniform(0.45, 0.6)
        centre = 0.5 + rng.uniform(-0.06, 0.06)
        if aside:
            centre, middle = rng.uniform(0.6, 0.8), rng.uniform(0.79, 0.83)
        date_row = Row(
            (date[:2], date[2:]),
            (centre - 0.25, middle - height / 2, min(0.98, centre + 0.25), middle + height / 2),
            marks=(str(rng.choice([".", "o", "-", ""], p=[0.5, 0.3, 0.1, 0.1])),),
            gap=rng.uniform(0.4, 0.8),
            tracking=0.14,
        )
    discs, words, rects = [], [], []
    if rng.random() < 0.35:  # embossed emblems of the traffic police in the lower corners
        for x in (rng.uniform(0.05, 0.2), rng.uniform(0.8, 0.95)):
            shade = float(rng.uniform(0, 255))
            discs.append(Disc((x, 0.83), 0.06, (shade, shade, shade)))
    if rng.random() < 0.12:
        words.append(
            Words(
                str(rng.choice(["KORLANTAS POLRI", "DITLANTAS", "POLRI", "MOTOR", "INDONESIA"])),
                (rng.uniform(0.2, 0.8), 0.945),
                0.05,
            )
        )
    if kind.startswith("electric"):
        rects.append(Rect((0, 0.8, 1, 1), bgr("1560b0")))
    thin = kind == "private-black" or rng.random() < 0.3
    return PlateSpec(
        text="".join(groups),
        lines=("".join(groups),),
        country="ID",
        kind=kind,
        vehicle=vehicle,
        size_mm=size,
        text_colour=bgr(text),
        background=bgr(background),
        rows=(row,),
        date=date,
        date_row=date_row,
        face=str(rng.choice(DIES)) if rng.random() < 0.5 else str(rng.choice(_FACES[:6] if thin else _FACES)),
        stretch=rng.uniform(0.8, 1.25),
        words=tuple(words),
        rects=tuple(rects),
        discs=tuple(discs),
        border=rng.uniform(0.015, 0.035) if rng.random() < 0.75 else 0.0,
        slashed_o=bool(rng.random() < 0.55),
    )


def _military(rng, vehicle, size, background, text):
    """Service plates: emblem on the left, then registration number, a dash and the unit's code."""
    ground = str(rng.choice([background, "101a3c", "101010", "3a1010"]))
    groups = (
        f"{rng.integers(1, 10000)}",
        f"{rng.integers(0, 100):02d}" if rng.random() < 0.8 else str(rng.choice(list("IVX"))) + "I",
    )
    row = Row(
        groups, (0.27, 0.25, 0.95, 0.75), marks=("-",), gap=rng.uniform(0.5, 0.9), tracking=rng.uniform(0.06, 0.16)
    )
    emblem = (Rect((0.03, 0.12, 0.23, 0.88), bgr(str(rng.choice(["c02018", "e0b020", "204080"])))),)
    return PlateSpec(
        text="".join(groups),
        lines=("".join(groups),),
        country="ID",
        kind="military",
        vehicle=vehicle,
        size_mm=size,
        text_colour=bgr(text),
        background=bgr(ground),
        rows=(row,),
        face=str(rng.choice(_FACES)),
        stretch=rng.uniform(0.8, 1.2),
        rects=emblem,
        discs=(Disc((0.13, 0.5), rng.uniform(0.15, 0.28), bgr("e0c030")),),
        border=0.02,
        words=(Words("*", (rng.uniform(0.4, 0.8), 0.14), 0.1),) if rng.random() < 0.5 else (),
    )


def _police(rng, vehicle, size, background, text):
    groups = (
        f"{rng.integers(1, 10000)}",
        str(rng.choice(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XV", "XX"])),
    )
    if rng.random() < 0.5:
        groups = (f"{rng.integers(1, 10000)}", f"{rng.integers(1, 40):02d}")
    row = Row(groups, (0.06, 0.18, 0.94, 0.7), marks=("-",), gap=rng.uniform(0.5, 0.9), tracking=0.1)
    return PlateSpec(
        text="".join(groups),
        lines=("".join(groups),),
        country="ID",
        kind="police",
        vehicle=vehicle,
        size_mm=size,
        text_colour=bgr(text),
        background=bgr(background),
        rows=(row,),
        face=str(rng.choice(_FACES)),
        stretch=rng.uniform(0.85, 1.2),
        words=(Words("POLRI", (0.5, 0.85), 0.12),) if rng.random() < 0.4 else (),
        border=0.02,
    )
