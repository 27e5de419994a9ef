"""The packed data file: a table of entries and, after it, their compressed pictures.

Layout: MAGIC, length of the table (8 bytes, little endian), the table (JSON, deflated), the pictures one after another.
The same entries give the same bytes.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from plateflow_training.detectors.photos import LabelledPhoto
from plateflow_training.plates import PlacedCharacter
from plateflow_training.reader.samples import Sample

MAGIC = b"plateflow-pack-1\n"


def compressed(picture: np.ndarray, quality: int) -> bytes:
    return cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes()


@dataclass(frozen=True)
class Entry:
    """A picture in WebP and everything that is known of it, as JSON can hold it."""

    kind: str  # photo, crop or plate
    picture: bytes
    facts: dict


def photo_entry(photo: LabelledPhoto, held_out: bool, quality: int) -> Entry:
    facts = {
        "collection": photo.collection,
        "name": photo.name,
        "boxes": np.asarray(photo.boxes, float).round(1).tolist(),
        "classes": np.asarray(photo.classes).tolist(),
        "held_out": held_out,
    }
    return Entry("photo", compressed(photo.pixels, quality), facts)


def sample_entry(kind: str, sample: Sample, held_out: bool, quality: int) -> Entry:
    """`kind` is crop for a photographed plate in grey, plate for a drawn one in colour."""
    facts = {
        "source": sample.source,
        "name": sample.name,
        "corners": np.asarray(sample.corners, float).round(2).tolist(),
        "lines": list(sample.lines),
        "date": sample.date,
        "country": sample.country,
        "slope": round(sample.slope, 4),
        "held_out": held_out,
        "places": [
            [p.character, p.row, *(round(float(v), 2) for v in (p.left, p.right, p.middle))] for p in sample.places
        ],
    }
    return Entry(kind, compressed(sample.image, quality), facts)


def write_pack(path: Path, sources: dict, entries: Iterable[Entry]) -> int:
    """Writes the pack and returns its size in bytes; `sources` says where each collection comes from."""
    table, pictures, offset = [], [], 0
    for entry in entries:
        table.append({"kind": entry.kind, "offset": offset, "length": len(entry.picture), **entry.facts})
        pictures.append(entry.picture)
        offset += len(entry.picture)
    header = zlib.compress(json.dumps({"sources": sources, "entries": table}, separators=(",", ":")).encode(), 9)
    temporary = path.with_suffix(".writing")
    with open(temporary, "wb") as out:
        out.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for picture in pictures:
            out.write(picture)
    temporary.replace(path)
    return path.stat().st_size


@dataclass(frozen=True)
class Pack:
    """What training needs of a pack, pictures decoded."""

    sources: dict
    photos: dict[bool, list[LabelledPhoto]]  # by whether they are held out
    crops: dict[bool, list[Sample]]
    plates: list[Sample]  # drawn ones, in colour


def read_pack(path: Path, threads: int = 8, kinds: tuple[str, ...] = ("photo", "crop", "plate")) -> Pack:
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise ValueError(f"{path}: found {data[:16]!r}, expected a file that gpu.pack has written")
    start = len(MAGIC) + 8
    length = int.from_bytes(data[len(MAGIC) : start], "little")
    header = json.loads(zlib.decompress(data[start : start + length]))
    blob = memoryview(data)[start + length :]
    expected = sum(entry["length"] for entry in header["entries"])
    if len(blob) != expected:
        raise ValueError(f"{path}: found {len(blob)} bytes of pictures, expected {expected}; was it cut off?")
    photos, crops, plates = {False: [], True: []}, {False: [], True: []}, []
    entries = [entry for entry in header["entries"] if entry["kind"] in kinds]
    for entry, picture in zip(entries, _decoded(entries, blob, threads)):
        if entry["kind"] == "photo":
            photos[entry["held_out"]].append(_photo(entry, picture))
        elif entry["kind"] == "crop":
            crops[entry["held_out"]].append(_sample(entry, picture))
        else:
            plates.append(_sample(entry, picture))
    return Pack(header["sources"], photos, crops, plates)


def _decoded(entries: list[dict], blob: memoryview, threads: int) -> Iterator[np.ndarray]:
    def decode(entry):
        raw = np.frombuffer(blob, np.uint8, entry["length"], entry["offset"])
        return cv2.imdecode(raw, cv2.IMREAD_GRAYSCALE if entry["kind"] == "crop" else cv2.IMREAD_COLOR)

    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(decode, entries)


def _photo(entry: dict, picture: np.ndarray) -> LabelledPhoto:
    boxes = np.array(entry["boxes"], np.float32).reshape(-1, 4)
    return LabelledPhoto(entry["name"], entry["collection"], picture, boxes, np.array(entry["classes"], np.int64))


def _sample(entry: dict, picture: np.ndarray) -> Sample:
    return Sample(
        picture,
        np.array(entry["corners"], np.float32),
        tuple(entry["lines"]),
        entry["date"],
        entry["country"],
        entry["source"],
        entry["name"],
        entry["kind"] == "plate",
        entry["slope"],
        tuple(PlacedCharacter(*place) for place in entry["places"]),
    )
