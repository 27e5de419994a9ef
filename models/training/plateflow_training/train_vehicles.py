"""Trains the vehicle detector: python -m plateflow_training.train_vehicles --data DATA --work FOLDER."""

from pathlib import Path

from .detectors.commands import add_training_options, plan_from, run_training
from .detectors.drawn import drawn_scenes
from .detectors.network import DetectorShape
from .detectors.vehicle_samples import VEHICLE_NAMES, VehicleSamples

SIZES = ((224, 384), (256, 448), (448, 448), (288, 512), (512, 512))
SIZE_SHARES = (0.15, 0.2, 0.15, 0.3, 0.2)
DRAWN_SCENES = 900
SHAPE = DetectorShape(classes=len(VEHICLE_NAMES), neck=64, head=64, backbone="efficient-lite0")


def main():
    parser = add_training_options(__doc__, samples=150_000)
    parser.add_argument(
        "--corrections",
        type=Path,
        help="label files that take the place of a collection's own: FOLDER/COLLECTION/PHOTO.txt",
    )
    options = parser.parse_args()
    photos = options.work / "photos"
    samples = VehicleSamples(options.data, photos, drawn_scenes(photos, DRAWN_SCENES), options.corrections)
    run_training(samples, SHAPE, plan_from(options, SIZES, SIZE_SHARES), options, "vehicle")


if __name__ == "__main__":
    main()
