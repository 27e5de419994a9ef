"""Labelled photos, decoded once into one flat file so that a training step costs no JPEG decoding."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

PLATE_CLASS = 4
# In corrected labels: a region of which nobody can say what stands in it.
UNCERTAIN_CLASS = -1
HELD_OUT_SHARE = 0.08


@dataclass(frozen=True)
class LabelledPhoto:
    """Pixels (BGR) with boxes [n,4] as x1,y1,x2,y2 in pixels and classes [n]."""

    name: str
    collection: str
    pixels: np.ndarray
    boxes: np.ndarray
    classes: np.ndarray

    def of_class(self, wanted):
        return self.boxes[np.isin(self.classes, wanted)]


def read_yolo_labels(path, width, height):
    rows = [line.split()[:5] for line in path.read_text().splitlines() if line.strip()] if path.exists() else []
    values = np.array(rows, np.float32).reshape(-1, 5)
    middle, half = values[:, 1:3], values[:, 3:5] / 2
    boxes = np.concatenate((middle - half, middle + half), 1).clip(0, 1) * (width, height, width, height)
    return boxes.astype(np.float32), values[:, 0].astype(np.int64)


def is_held_out(name):
    """Decided by the name alone, so that it stays the same when a set grows."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 1000 < HELD_OUT_SHARE * 1000


def read_folder(folder, long_side, corrected=None, only_corrected=False):
    """(name, pixels, boxes, classes) of every photo under folder/images, at most `long_side` pixels long.

    A label file in the folder `corrected` takes the place of the collection's own; with `only_corrected` photos
    without one are left out.
    """
    for path in sorted((folder / "images").iterdir()):
        if only_corrected and not (corrected / f"{path.stem}.txt").exists():
            continue
        pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if pixels is None:
            continue
        scale = min(1.0, long_side / max(pixels.shape[:2]))
        if scale < 1:
            pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        height, width = pixels.shape[:2]
        labels = folder / "labels" / f"{path.stem}.txt"
        if corrected and (corrected / labels.name).exists():
            labels = corrected / labels.name
        yield path.stem, pixels, *read_yolo_labels(labels, width, height)


class PhotoCache:
    """Photos of one collection, written on first use by `source` and memory-mapped from then on."""

    def __init__(self, collection, cache_folder, key, source):
        self.collection = collection
        cache_folder = Path(cache_folder)
        cache_folder.mkdir(parents=True, exist_ok=True)
        self.pixels_path = cache_folder / f"{collection}-{key}.bin"
        self.index_path = cache_folder / f"{collection}-{key}.json"
        if not self.index_path.exists():
            self._fill(source())
        self.index = json.loads(self.index_path.read_text())
        self.pixels = np.memmap(self.pixels_path, np.uint8, "r")

    def _fill(self, photos):
        entries, offset = [], 0
        with open(self.pixels_path, "wb") as out:
            for name, pixels, boxes, classes in photos:
                out.write(pixels.tobytes())
                entries.append(
                    {
                        "name": name,
                        "offset": offset,
                        "height": pixels.shape[0],
                        "width": pixels.shape[1],
                        "boxes": np.asarray(boxes).tolist(),
                        "classes": np.asarray(classes).tolist(),
                    }
                )
                offset += pixels.size
        # Written last: an index that exists says that the pixels are complete.
        self.index_path.write_text(json.dumps(entries))

    def photos(self, held_out):
        found = []
        for entry in self.index:
            if is_held_out(entry["name"]) != held_out:
                continue
            shape = (entry["height"], entry["width"], 3)
            pixels = self.pixels[entry["offset"] : entry["offset"] + shape[0] * shape[1] * 3].reshape(shape)
            found.append(
                LabelledPhoto(
                    entry["name"],
                    self.collection,
                    pixels,
                    np.array(entry["boxes"], np.float32).reshape(-1, 4),
                    np.array(entry["classes"], np.int64),
                )
            )
        return found


def open_photos(
    data_folder, cache_folder, collections, long_side, held_out=False, corrections=None, only_corrected=False
):
    """Photos of the collections; `corrections` is a folder with a folder of label files for every collection it
    corrects.

    `only_corrected` is for collections whose own labels say nothing of what is looked for.
    """
    found = []
    for collection in collections:
        folder = Path(data_folder) / collection
        corrected = Path(corrections) / collection if corrections else None
        key = f"{long_side}-corrected" if corrected and corrected.is_dir() else long_side
        cache = PhotoCache(
            collection,
            cache_folder,
            key,
            lambda folder=folder, corrected=corrected: read_folder(folder, long_side, corrected, only_corrected),
        )
        found.extend(cache.photos(held_out))
    return found
