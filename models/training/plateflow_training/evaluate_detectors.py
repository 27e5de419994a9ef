"""Measures exported detectors: python -m plateflow_training.evaluate_detectors --data DATA --work FOLDER --models
FOLDER.

Prints one line per set; with --misses draws every photo with a missed or misnamed label.
"""

import argparse
import csv
from pathlib import Path

import cv2
import numpy as np

from .detectors.evaluation import Tally, draw_misses
from .detectors.inference import OnnxDetector, overlaps
from .detectors.photos import PLATE_CLASS, open_photos
from .detectors.plate_samples import COLLECTION_SHARES as PLATE_COLLECTIONS
from .detectors.plate_samples import LONG_SIDE as PLATE_LONG_SIDE
from .detectors.vehicle_samples import COLLECTION_SHARES as VEHICLE_COLLECTIONS
from .detectors.vehicle_samples import LONG_SIDE as VEHICLE_LONG_SIDE
from .detectors.vehicle_samples import VEHICLE_NAMES

LOWEST_SCORE = 0.02
FRAME_LONG_SIDE = 640
VEHICLE_PADDING = 25


def read_table(path):
    with open(path, encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def numbers(text):
    return np.array([float(v) for v in text.split()], np.float32)


class Evaluation:
    def __init__(self, options):
        self.options = options
        self.vehicle = OnnxDetector(options.models / "vehicle" / "vehicle.onnx")
        self.plate = OnnxDetector(options.models / "plate" / "plate.onnx")

    def report(self, title, tally):
        print(f"{title}: {tally}", flush=True)

    def draw(self, folder, name, *rest):
        if self.options.misses:
            draw_misses(*rest, self.options.misses / folder / f"{name}.png")

    def held_out_vehicles(self):
        for collection in VEHICLE_COLLECTIONS:
            tally = Tally(self.options.confidence)
            for photo in open_photos(
                self.options.data / "train",
                self.options.work / "photos",
                (collection,),
                VEHICLE_LONG_SIDE,
                held_out=True,
            ):
                vehicles = photo.classes != PLATE_CLASS
                boxes, scores, classes = self.vehicle.detect(photo.pixels, LOWEST_SCORE)
                wrong = tally.add(boxes, scores, classes, photo.boxes[vehicles], photo.classes[vehicles])
                if wrong:
                    sure = scores >= self.options.confidence
                    self.draw(
                        f"vehicle-{collection}",
                        photo.name,
                        photo.pixels,
                        boxes[sure],
                        scores[sure],
                        photo.boxes[vehicles],
                        wrong,
                    )
            per_class = {VEHICLE_NAMES[k]: f"{a}/{b}" for k, (a, b) in sorted(tally.per_class.items())}
            self.report(f"vehicles, held-out {collection}", f"{tally} {per_class}")

    def held_out_plates(self):
        for collection in PLATE_COLLECTIONS:
            tally = Tally(self.options.confidence)
            for photo in open_photos(
                self.options.data / "train", self.options.work / "photos", (collection,), PLATE_LONG_SIDE, held_out=True
            ):
                plates = photo.of_class((PLATE_CLASS,))
                boxes, scores, classes = self.plate.detect(photo.pixels, LOWEST_SCORE, long_side=FRAME_LONG_SIDE)
                wrong = tally.add(boxes, scores, classes, plates, np.zeros(len(plates), int))
                if wrong:
                    sure = scores >= self.options.confidence
                    self.draw(f"plate-{collection}", photo.name, photo.pixels, boxes[sure], scores[sure], plates, wrong)
            self.report(f"plates in whole frames, held-out {collection}", tally)

    def gates(self):
        """The gate photos: labelled vehicles, and readable plates inside true and inside found vehicles."""
        folder = self.options.data / "measure" / "galaxy"
        vehicles, in_true, in_found, in_frame = (Tally(self.options.confidence) for _ in range(4))
        rows = read_table(folder / "vehicles.tsv")
        classes_by_name = {name: number for number, name in VEHICLE_NAMES.items()}
        for name in sorted({row["image"] for row in rows}):
            pixels = cv2.imread(str(folder / "images" / name))
            own = [row for row in rows if row["image"] == name and row["vehicle_box_xyxy"]]
            truth = np.array([numbers(row["vehicle_box_xyxy"]) for row in own]).reshape(-1, 4)
            kinds = np.array([classes_by_name[row["vehicle_class"]] for row in own], int)
            boxes, scores, classes = self.vehicle.detect(pixels, LOWEST_SCORE)
            sure = scores >= self.options.confidence
            wrong = vehicles.add(boxes, scores, classes, truth, kinds)
            if wrong:
                self.draw("vehicle-gates", Path(name).stem, pixels, boxes[sure], scores[sure], truth, wrong)
            for row in rows:
                # '*' stands for a character that nobody can read; such plates still have a box.
                if row["image"] != name or not row["plate_text"] or not row["plate_box_xyxy"]:
                    continue
                plate = numbers(row["plate_box_xyxy"])[None]
                middle = (plate[0, :2] + plate[0, 2:]) / 2
                holding = [b for b in boxes[sure] if (b[:2] <= middle).all() and (middle <= b[2:]).all()]
                regions = (
                    (in_true, [numbers(row["vehicle_box_xyxy"])] if row["vehicle_box_xyxy"] else []),
                    (in_found, holding[:1]),
                )
                for tally, vehicle in regions:
                    found = (
                        self._plates_in(pixels, vehicle[0])
                        if vehicle
                        else (np.zeros((0, 4)), np.zeros(0), np.zeros(0, int))
                    )
                    missed = tally.add(*found, plate, [0])
                    if missed and tally is in_true:
                        self.draw("plate-gates", Path(name).stem, pixels, found[0], found[1], plate, missed)
                in_frame.add(*self.plate.detect(pixels, LOWEST_SCORE, long_side=FRAME_LONG_SIDE), plate, [0])
        per_class = {VEHICLE_NAMES[k]: f"{a}/{b}" for k, (a, b) in sorted(vehicles.per_class.items())}
        self.report("vehicles, measure/galaxy (only some distant ones are labelled)", f"{vehicles} {per_class}")
        self.report("plates in true vehicles, measure/galaxy", in_true)
        self.report("plates in found vehicles, measure/galaxy", in_found)
        self.report("plates in whole frames, measure/galaxy", in_frame)

    def _plates_in(self, pixels, vehicle):
        height, width = pixels.shape[:2]
        x1, y1 = (max(0, int(v) - VEHICLE_PADDING) for v in vehicle[:2])
        x2, y2 = min(width, int(vehicle[2]) + VEHICLE_PADDING), min(height, int(vehicle[3]) + VEHICLE_PADDING)
        boxes, scores, classes = self.plate.detect(np.ascontiguousarray(pixels[y1:y2, x1:x2]), LOWEST_SCORE)
        return boxes + (x1, y1, x1, y1), scores, classes

    def regions_of_the_world(self):
        """Open photos by region: plates in the whole frame, and inside the vehicle that was found around them."""
        folder = self.options.data / "measure" / "openalpr"
        rows = read_table(folder / "plates.tsv")
        for region in ("us", "eu", "br"):
            frame, chain = Tally(self.options.confidence), Tally(self.options.confidence)
            for row in (r for r in rows if r["region"] == region):
                pixels = cv2.imread(str(folder / "images" / row["image"]))
                x, y, w, h = (float(row[k]) for k in "xywh")
                truth = np.array([[x, y, x + w, y + h]], np.float32)
                boxes, scores, classes = self.plate.detect(pixels, LOWEST_SCORE, long_side=FRAME_LONG_SIDE)
                wrong = frame.add(boxes, scores, classes, truth, [0])
                if wrong:
                    sure = scores >= self.options.confidence
                    self.draw(
                        f"plate-{region}", Path(row["image"]).stem, pixels, boxes[sure], scores[sure], truth, wrong
                    )
                chain.add(*self._chain(pixels, (boxes, scores, classes)), truth, [0])
            self.report(f"plates in whole frames, measure/openalpr {region}", frame)
            self.report(f"plates in vehicles else frame, measure/openalpr {region}", chain)

    def _chain(self, pixels, whole_frame):
        vehicles, _, _ = self.vehicle.detect(pixels, self.options.confidence)
        parts = [self._plates_in(pixels, vehicle) for vehicle in vehicles]
        parts = [tuple(v[p[1] >= self.options.confidence] for v in p) for p in parts]
        parts = [p for p in parts if len(p[0])]
        if not parts:
            return whole_frame
        boxes, scores, classes = (np.concatenate(v) for v in zip(*parts))
        kept = []
        for index in scores.argsort()[::-1]:
            if not len(kept) or overlaps(boxes[index], boxes[kept]).max() < 0.5:
                kept.append(index)
        return boxes[kept], scores[kept], classes[kept]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/ and measure/")
    parser.add_argument("--work", type=Path, required=True, help="folder of the decoded photos")
    parser.add_argument(
        "--models", type=Path, required=True, help="folder that holds vehicle/vehicle.onnx and plate/plate.onnx"
    )
    parser.add_argument("--confidence", type=float, default=0.20, help="lowest score that counts (default %(default)s)")
    parser.add_argument("--misses", type=Path, help="folder for pictures of what was missed")
    evaluation = Evaluation(parser.parse_args())
    evaluation.held_out_vehicles()
    evaluation.held_out_plates()
    evaluation.gates()
    evaluation.regions_of_the_world()


if __name__ == "__main__":
    main()
