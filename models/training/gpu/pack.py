"""Packs everything that training on a GPU needs into one file.

    python -m gpu.pack --data DATA --out PACK [--megabytes 48]

Photos and crops of DATA/train, drawn plates and scenes; nothing of DATA/measure. What looks like a picture of
DATA/measure is left out, and so is what another picture of its collection shows already, mirrored too. Pictures are
compressed as little as the size allows. What the shipped detectors see and nobody labelled becomes a region that
teaches nothing.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from plateflow_training.detectors.drawn import drawn_scene
from plateflow_training.detectors.photos import LabelledPhoto, is_held_out, read_folder
from plateflow_training.reader.evaluation import measure_cases, samples_with_slopes
from plateflow_training.reader.network import load_reader
from plateflow_training.reader.samples import Sample, drawn_plate, load_photographs, load_transcribed, split

from .doubts import Doubts
from .duplicates import SeenPictures
from .packfile import Entry, photo_entry, sample_entry, write_pack
from .shares import LONG_SIDES

PLATE_SEED = 913_000
TALLEST = 62  # pixels of a packed plate; the readers see 64
SCENE_LONG_SIDE = 448
QUALITIES = (60, 45, 38, 34, 30, 27, 24, 21, 18)
CROPS_ABOVE = 15  # letters lose more by compression than vehicles do
TRIED = 12  # every so-many-th picture is compressed to find out how well all of them may be
RESERVE = 0.97


@dataclass
class Collected:
    """What goes into the pack, and the counts of what does not."""

    photos: list[tuple[LabelledPhoto, bool]]
    crops: list[tuple[Sample, bool]]
    plates: list[Sample]
    dropped: Counter

    def entries(self, quality: int, every: int = 1) -> Iterator[Entry]:
        for photo, held_out in self.photos[::every]:
            yield photo_entry(photo, held_out, quality)
        for sample, held_out in self.crops[::every]:
            yield sample_entry("crop", sample, held_out, quality + CROPS_ABOVE)
        for sample in self.plates[::every]:
            yield sample_entry("plate", sample, False, quality + CROPS_ABOVE)


def measured_pictures(data: Path) -> SeenPictures:
    """Everything that is measured on: whole photos and the plates in them."""
    seen = SeenPictures()
    for path in sorted((data / "measure").rglob("*")):
        picture = cv2.imread(str(path), cv2.IMREAD_COLOR) if path.suffix.lower() in (".jpg", ".jpeg", ".png") else None
        if picture is not None:
            seen.add(picture)
    for case in measure_cases(data):
        x0, y0, x1, y1 = (int(v) for v in case.box)
        cut = case.image[max(0, y0) : y1, max(0, x0) : x1]
        if cut.size:
            seen.add(cut)
    return seen


def inner(sample: Sample) -> np.ndarray:
    """The plate without its surroundings."""
    (x0, y0), (x1, y1) = np.maximum(sample.corners[[0, 2]], 0).astype(int)
    return sample.image[y0:y1, x0:x1]


def reduced(sample: Sample) -> Sample:
    scale = TALLEST / max(1.0, float(sample.corners[2][1] - sample.corners[0][1]))
    if scale >= 1:
        return sample
    image = cv2.resize(sample.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    to_new = np.array([image.shape[1] / sample.image.shape[1], image.shape[0] / sample.image.shape[0]])
    return replace(sample, image=image, corners=(sample.corners * to_new).astype(np.float32))


def photos_of(data: Path, every: int) -> Iterator[tuple[LabelledPhoto, bool]]:
    for name, long_side in LONG_SIDES.items():
        folder = data / "train" / name
        if folder.is_dir():
            for index, photo in enumerate(read_folder(folder, long_side)):
                if index % every == 0:
                    yield LabelledPhoto(photo[0], name, *photo[1:]), is_held_out(photo[0])


def scenes(count: int) -> Iterator[tuple[LabelledPhoto, bool]]:
    for number in range(count):
        name, pixels, boxes, classes = drawn_scene(number)
        scale = SCENE_LONG_SIDE / pixels.shape[1]
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        yield LabelledPhoto(name, "drawn", pixels, boxes * scale, classes), False


def without_twins(photos: Iterable, seen: SeenPictures, dropped: Counter) -> Iterator[tuple[LabelledPhoto, bool]]:
    """Leaves out what is measured on, and what the collection has already."""
    mine: dict[str, SeenPictures] = {}
    for photo, held_out in photos:
        own = mine.setdefault(photo.collection, SeenPictures())
        if seen.has(photo.pixels):
            dropped[f"{photo.collection}: in measure"] += 1
        elif own.has(photo.pixels):
            dropped[f"{photo.collection}: twice"] += 1
        else:
            own.add(photo.pixels)
            yield photo, held_out


def collect(options) -> Collected:
    dropped = Counter()
    seen = measured_pictures(options.data)
    doubts = Doubts(options.models)
    wanted = without_twins(photos_of(options.data, options.every), seen, dropped)
    photos = [(doubts.added_to(photo), held_out) for photo, held_out in wanted]
    photos += scenes(options.scenes)
    samples = load_photographs(options.data)
    if options.transcripts:
        samples += load_transcribed(options.data, options.transcripts)
    kept = []
    for sample in samples[:: options.every]:
        if seen.has(inner(sample)):
            dropped[f"{sample.source}: plate in measure"] += 1
        else:
            kept.append(reduced(sample))
    kept = samples_with_slopes(kept, load_reader(options.first))
    train, held_out = split(kept)
    crops = [(sample, False) for sample in train] + [(sample, True) for sample in held_out]
    plates = [drawn_plate(np.random.default_rng([PLATE_SEED, n]), grey=False) for n in range(options.plates)]
    return Collected(photos, crops, plates, dropped)


def best_quality(collected: Collected, limit: int, tried: int = TRIED) -> int:
    """The highest quality at which every so-many-th picture promises that all of them fit."""
    for quality in QUALITIES:
        size = sum(len(entry.picture) for entry in collected.entries(quality, tried)) * tried
        print(f"quality {quality}: about {size / 1e6:.1f} MB", flush=True)
        if size <= limit * RESERVE:
            return quality
    raise SystemExit(f"--megabytes: even at quality {QUALITIES[-1]} all pictures do not fit into {limit / 1e6:.0f} MB")


def sources_of(data: Path, counts: Counter) -> dict:
    """What each collection's own README says of its source and licence, and how many of its pictures are packed."""
    told = {}
    for name in sorted({key.split(" ")[0] for key in counts}):
        readme = data / "train" / name / "README.txt"
        lines = readme.read_text().splitlines() if readme.exists() else []
        told[name] = {"told": [line for line in lines if "Source:" in line or "Licence:" in line]}
        told[name].update({key.split(" ")[1]: count for key, count in counts.items() if key.split(" ")[0] == name})
    return told


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/ and measure/")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, outside the repository")
    parser.add_argument("--megabytes", type=float, default=48, help="size that the file may have (default %(default)s)")
    parser.add_argument("--plates", type=int, default=1200, help="drawn plates (default %(default)s)")
    parser.add_argument("--scenes", type=int, default=250, help="drawn scenes (default %(default)s)")
    parser.add_argument(
        "--first", type=Path, default=Path("weights/reader.pt"), help="the reader that says how plates slope"
    )
    parser.add_argument("--transcripts", type=Path, help="texts of sets that have none (see samples.load_transcribed)")
    parser.add_argument(
        "--models", type=Path, default=Path("../src/main/resources/models"), help="the shipped detectors"
    )
    parser.add_argument("--every", type=int, default=1, help="take every so-many-th picture only, to try things out")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    collected = collect(options)
    quality = best_quality(collected, int(options.megabytes * 1e6), TRIED if options.every == 1 else 1)
    counts = Counter(f"{photo.collection} photos" for photo, _ in collected.photos)
    counts.update(f"{sample.source} crops" for sample, _ in collected.crops)
    counts.update(f"{photo.collection} doubts" for photo, _ in collected.photos for c in photo.classes if c < 0)
    size = write_pack(options.out, sources_of(options.data, counts), collected.entries(quality))
    for key, count in sorted(counts.items()):
        print(f"{key}: {count}")
    for key, count in sorted(collected.dropped.items()):
        print(f"left out, {key}: {count}")
    print(f"{options.out}: {size / 1e6:.1f} MB, quality {quality} for photos and {quality + CROPS_ABOVE} for plates")
    if size > options.megabytes * 1e6:
        raise SystemExit(f"--megabytes: found {size / 1e6:.1f} MB, expected at most {options.megabytes:g}")


if __name__ == "__main__":
    main()
