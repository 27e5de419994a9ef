"""What is on a plate, in fractions of its width and height, before any pixel is drawn."""

from dataclasses import dataclass, replace

Colour = tuple[int, int, int]  # BGR


@dataclass(frozen=True)
class Row:
    """One line of the plate's number. Groups stand apart; ``marks`` sit in the gaps between them."""

    groups: tuple[str, ...]
    box: tuple[float, float, float, float]  # x0, y0, x1, y1
    marks: tuple[str, ...] = ()  # one per gap: "", "-", ".", or "blob" for a seal or picture
    gap: float = 0.35  # of the character height
    tracking: float = 0.06  # of the character height
    justified: bool = False  # the outer groups stand at the ends of the box, the gaps take what is left
    stacked: tuple[int, ...] = ()  # groups whose letters are small and one above the other
    colour: Colour | None = None


@dataclass(frozen=True)
class Words:
    """Lettering that is not part of the number: state name, slogan, city, expiry date."""

    text: str
    centre: tuple[float, float]
    height: float
    colour: Colour | None = None
    face: str | None = None
    max_width: float = 0.9


@dataclass(frozen=True)
class Rect:
    box: tuple[float, float, float, float]
    colour: Colour


@dataclass(frozen=True)
class Disc:
    """A seal, sticker or emblem; the radius is a fraction of the plate's height."""

    centre: tuple[float, float]
    radius: float
    colour: Colour


@dataclass(frozen=True)
class PlateSpec:
    text: str  # A-Z and 0-9 only, lines joined
    lines: tuple[str, ...]  # the same, one entry per printed line
    country: str
    kind: str
    vehicle: str
    size_mm: tuple[float, float]
    text_colour: Colour
    background: Colour
    rows: tuple[Row, ...]
    face: str
    stretch: float = 1.0  # glyph width relative to the face's own
    date: str | None = None  # MMYY digits of the small date line
    date_row: Row | None = None
    words: tuple[Words, ...] = ()
    rects: tuple[Rect, ...] = ()
    discs: tuple[Disc, ...] = ()
    border: float = 0.0  # width as a fraction of the height, 0 for none
    border_colour: Colour | None = None
    corner: float = 0.06  # radius as a fraction of the height
    slashed_o: bool = False
    screws: int = 0
    frame: float = 0.0  # dealer's frame around the plate, as a fraction of the height
    frame_colour: Colour = (20, 20, 20)
    frame_words: str = ""
    dirt: float = 0.0
    relief: float = 0.0  # embossed glyph edges, 0 none to 1 strong
    picture: float = 0.0  # strength of a printed background scene
    blue_strip: str | None = None  # country letters on the strip, "" for an empty one

    def with_(self, **changes) -> "PlateSpec":
        return replace(self, **changes)


def bgr(hexadecimal: str) -> Colour:
    """``"ffcc00"`` (red, green, blue, as plates' colours are published) to BGR."""
    r, g, b = (int(hexadecimal[i : i + 2], 16) for i in (0, 2, 4))
    return b, g, r
