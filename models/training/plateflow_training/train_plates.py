"""Trains the plate detector: python -m plateflow_training.train_plates --data DATA --work FOLDER.

A share of the samples shows drawn plates in the place of labelled ones, and with --found-plates (made by label_plates)
drawn and found plates on photos that are labelled for vehicles.
"""

from pathlib import Path

from .detectors.commands import add_training_options, plan_from, run_training
from .detectors.drawn import PlateBank, drawn_scenes
from .detectors.network import DetectorShape
from .detectors.pasted_samples import VEHICLE_SHARES, FoundPlates, PastedSamples
from .detectors.photos import open_photos
from .detectors.plate_samples import PLATE_NAMES, PlateSamples
from .detectors.vehicle_samples import LONG_SIDE as VEHICLE_LONG_SIDE

SIZES = ((320, 320), (256, 320), (320, 192))
SIZE_SHARES = (0.5, 0.25, 0.25)
SHAPE = DetectorShape(classes=len(PLATE_NAMES), neck=64, head=64, backbone="efficient-lite0")
SMALL_UNTIL = 0.4
DRAWN_PLATES, DRAWN_SCENES = 3000, 600


def main():
    parser = add_training_options(__doc__, samples=150_000)
    parser.add_argument(
        "--found-plates",
        type=Path,
        help="found_plates.json of label_plates; without it drawn plates only cover labelled ones",
    )
    options = parser.parse_args()
    photos = options.work / "photos"
    samples = PlateSamples(options.data, photos, drawn_scenes(photos, DRAWN_SCENES))
    vehicles = found = None
    if options.found_plates:
        vehicles = {name: open_photos(options.data, photos, (name,), VEHICLE_LONG_SIDE) for name in VEHICLE_SHARES}
        found = FoundPlates.read(options.found_plates)
    samples.pasted = PastedSamples(PlateBank(photos, DRAWN_PLATES), samples.labelled_photos(), vehicles, found)
    run_training(samples, SHAPE, plan_from(options, SIZES, SIZE_SHARES, SMALL_UNTIL), options, "plate")


if __name__ == "__main__":
    main()
