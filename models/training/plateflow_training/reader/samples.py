"""Where crops come from: photographs with a known text, and drawn plates."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from ..plates import PlacedCharacter, draw_plate_with_places, random_spec
from .alphabet import COUNTRIES, encode, normalised

UNKNOWN_COUNTRY = -100  # what PyTorch's cross-entropy leaves out
_WIDEST_PHOTO = 420  # pixels; wider plates are reduced once, when they are loaded


@dataclass(frozen=True)
class Sample:
    """A grey image, the four corners of what the detector's box would enclose, and what is written there."""

    image: np.ndarray
    corners: np.ndarray
    lines: tuple[str, ...]
    date: str | None  # "" for a plate known to have none, None where nobody looked
    country: int
    source: str
    name: str = ""
    drawn: bool = False
    slope: float = 0.0  # rise of the text over the corners' width, in their height; drawn plates have none
    places: tuple[PlacedCharacter, ...] = ()

    @property
    def text(self) -> str:
        return "".join(self.lines)

    @property
    def line(self) -> np.ndarray:
        """Two points along which the text runs, in pixels of the image."""
        (x0, y0), (x1, y1) = self.corners[0], self.corners[2]
        middle, rise = (y0 + y1) / 2, self.slope * (y1 - y0) / 2
        return np.array([[x0, middle - rise], [x1, middle + rise]], np.float32)


def _held_out(text: str) -> bool:
    """About 6 % of the texts, the same in every run: a text is never on both sides."""
    return int(hashlib.sha1(text.encode()).hexdigest()[:6], 16) % 100 < 6


def _country(source: str, text: str) -> int:
    if source in ("in_photos", "mix433_ocr"):
        return UNKNOWN_COUNTRY
    if source.startswith("id_"):
        name = "ID"
    elif source == "us_ocr":
        name = "US"
    elif source == "vneu_ocr" and re.fullmatch(r"\d\d[A-Z][A-Z0-9]?\d{4,6}", text):
        name = "VN"
    elif re.fullmatch(r"[A-Z]{2}\d\d[A-Z]{3}", text):
        name = "GB"
    else:
        name = "EU"
    return COUNTRIES.index(name)


def _table(path: Path) -> list[tuple[str, str]]:
    rows = [line.rstrip("\n").split("\t") for line in path.read_text().splitlines() if line.strip()]
    return [(row[0], row[1]) for row in rows]


def _grey(path: Path) -> np.ndarray:
    image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise FileNotFoundError(f"no image at {path}")
    return image


def _box_corners(x0, y0, x1, y1) -> np.ndarray:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def _cut(image: np.ndarray, box, room: float) -> tuple[np.ndarray, np.ndarray]:
    """The box with ``room`` (fraction of its size) around it, and the box's corners in that cut."""
    x0, y0, x1, y1 = box
    h, w = image.shape
    rx, ry = (x1 - x0) * room, (y1 - y0) * room
    left, top = int(max(0, x0 - rx)), int(max(0, y0 - ry))
    right, bottom = int(min(w, x1 + rx)), int(min(h, y1 + ry))
    cut = image[top:bottom, left:right]
    scale = min(1.0, _WIDEST_PHOTO / cut.shape[1])
    if scale < 1:
        cut = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(cut), _box_corners(
        (x0 - left) * scale, (y0 - top) * scale, (x1 - left) * scale, (y1 - top) * scale
    )


def load_photographs(data: Path) -> list[Sample]:
    """Every crop of the training sets that has a text."""
    train = data / "train"
    samples = []

    def add(image, corners, text, source, name, lines=None, date=None):
        text = normalised(text)
        if text:
            samples.append(Sample(image, corners, lines or (text,), date, _country(source, text), source, name))

    for source, room in (("id_plates", 0.35), ("id_photos", 0.3), ("id_moto", 0.3)):
        for name, text in _table(train / source / "labels.tsv") if (train / source).is_dir() else ():
            photo = train / source / "images" / name
            labels = train / source / "labels" / (Path(name).stem + ".txt")
            if photo.exists() and labels.exists():
                image = _grey(photo)
                h, w = image.shape
                _, cx, cy, bw, bh = (float(v) for v in labels.read_text().split()[:5])
                box = ((cx - bw / 2) * w, (cy - bh / 2) * h, (cx + bw / 2) * w, (cy + bh / 2) * h)
                cut, corners = _cut(image, box, room)
            else:
                cut = _grey(train / source / "crops" / name)
                h, w = cut.shape
                mx, my = w * 0.053, h * 0.053  # crops were cut 6 % wider than the box
                corners = _box_corners(mx, my, w - mx, h - my)
            add(cut, corners, text, source, name)
    for source in ("vneu_ocr", "us_ocr", "eu_ocr"):
        table = train / source / ("labels_lines.tsv" if source == "vneu_ocr" else "labels.tsv")
        for name, text in _table(table):
            cut = _grey(train / source / "crops" / name)
            h, w = cut.shape
            lines = tuple(normalised(line) for line in text.split("|"))
            add(cut, _box_corners(0, 0, w, h), text, source, name, lines=lines, date="")
    # Two lines in one text without a bar between them teach nothing, so only what is clearly one line.
    for source, inset, flattest in (("id_kg_ocr", 0.06, 0), ("in_photos", 0.053, 2.5), ("mix433_ocr", 0.0, 2.5)):
        for name, text in _table(train / source / "labels.tsv") if (train / source).is_dir() else ():
            cut = _grey(train / source / "crops" / name)
            h, w = cut.shape
            if w >= flattest * h:
                add(cut, _box_corners(w * inset, h * inset, w * (1 - inset), h * (1 - inset)), text, source, name)
    return samples


def load_transcribed(data: Path, transcripts: Path) -> list[Sample]:
    """Plates of sets that label boxes only, where somebody wrote down what they say.

    ``transcripts/SET.tsv``: name of the photo without ending; line of its label file, or in a photo whose plates
    nobody labelled the box in pixels (x1 y1 x2 y2); text with a bar between two lines; country (a name of COUNTRIES
    or anything else for one that the reader has no name for); "mirrored" where the photo is.
    """
    samples = []
    for table in sorted(transcripts.glob("*.tsv")):
        folder = data / "train" / table.stem
        photos = {path.stem: path for path in (folder / "images").iterdir()}
        for row in table.read_text().splitlines():
            name, place, text, country, *mirrored = row.split("\t")
            image = _grey(photos[name])
            box = _place(place, folder / "labels" / f"{name}.txt", image.shape)
            if mirrored:
                image = np.ascontiguousarray(image[:, ::-1])
                box = (image.shape[1] - box[2], box[1], image.shape[1] - box[0], box[3])
            cut, corners = _cut(image, box, 0.35)
            lines = tuple(normalised(part) for part in text.split("|"))
            index = COUNTRIES.index(country) if country in COUNTRIES else UNKNOWN_COUNTRY
            samples.append(Sample(cut, corners, lines, None, index, table.stem, name))
    return samples


def _place(place: str, labels: Path, shape: tuple[int, int]) -> tuple[float, float, float, float]:
    """The box in pixels that a transcript speaks of."""
    h, w = shape
    if " " in place:
        return tuple(float(v) for v in place.split())
    _, cx, cy, bw, bh = (float(v) for v in labels.read_text().splitlines()[int(place)].split()[:5])
    return (cx - bw / 2) * w, (cy - bh / 2) * h, (cx + bw / 2) * w, (cy + bh / 2) * h


def split(samples: list[Sample]) -> tuple[list[Sample], list[Sample]]:
    return [s for s in samples if not _held_out(s.text)], [s for s in samples if _held_out(s.text)]


def load_backgrounds(data: Path, rng: np.random.Generator, count: int = 400) -> list[np.ndarray]:
    """Patches of photos to put drawn plates on: paint, bumpers, road."""
    files = sorted((data / "train" / "id_vehicles" / "images").iterdir()) + sorted(
        (data / "train" / "galaxy" / "images").iterdir()
    )
    patches = []
    for index in rng.permutation(len(files))[:count]:
        image = _grey(files[index])
        h, w = image.shape
        ph, pw = int(rng.uniform(0.08, 0.3) * h), int(rng.uniform(0.12, 0.4) * w)
        y, x = int(rng.integers(0, h - ph)), int(rng.integers(0, w - pw))
        patches.append(cv2.resize(image[y : y + ph, x : x + pw], (160, 80), interpolation=cv2.INTER_AREA))
    return patches


def drawn_plate(rng: np.random.Generator, country: str | None = None, grey: bool = True) -> Sample:
    """A plate of our own making, flat and clean; ``grey`` or else in colour (BGR)."""
    vehicle = "motorcycle" if rng.random() < 0.35 else "car"
    spec = random_spec(rng, country=country, vehicle=vehicle)
    picture, places = draw_plate_with_places(spec, int(rng.integers(48, 80)), rng)
    if grey:
        picture = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    h, w = picture.shape[:2]
    family = spec.country if spec.country in COUNTRIES else "EU"
    return Sample(
        picture,
        _box_corners(0, 0, w, h),
        spec.lines,
        spec.date or "",
        COUNTRIES.index(family),
        "drawn",
        drawn=True,
        places=tuple(places),
    )


class DrawnPlates:
    """A pool of drawn plates that renews itself: drawing one costs more than photographing it several times."""

    def __init__(self, rng: np.random.Generator, size: int, country: str | None = None, reuse: float = 7.0):
        self._rng, self._country, self._reuse = rng, country, reuse
        self._pool = [drawn_plate(self._rng, self._country) for _ in range(size)]

    def take(self) -> Sample:
        index = int(self._rng.integers(len(self._pool)))
        if self._rng.random() < 1 / self._reuse:
            self._pool[index] = drawn_plate(self._rng, self._country)
        return self._pool[index]


def targets(sample: Sample) -> tuple[list[int], list[int], list[int], int]:
    first = encode(sample.lines[0])
    second = encode(sample.lines[1]) if len(sample.lines) > 1 else []
    date = encode(sample.date) if sample.date else []
    return first, second, date, sample.country
