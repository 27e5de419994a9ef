"""Trains the vehicle detector: python -m plateflow_training.train_vehicles --data DATA --work FOLDER."""

from .detectors.commands import add_training_options, plan_from, run_training
from .detectors.drawn import drawn_scenes
from .detectors.network import DetectorShape
from .detectors.vehicle_samples import VEHICLE_NAMES, VehicleSamples

SIZES = ((192, 320), (224, 224), (224, 384), (288, 288))
SIZE_SHARES = (0.25, 0.15, 0.4, 0.2)
DRAWN_SCENES = 600
SHAPE = DetectorShape(classes=len(VEHICLE_NAMES), neck=64, head=64, backbone="efficient-lite0")


def main():
    options = add_training_options(__doc__, samples=150_000).parse_args()
    photos = options.work / "photos"
    samples = VehicleSamples(options.data, photos, drawn_scenes(photos, DRAWN_SCENES))
    run_training(samples, SHAPE, plan_from(options, SIZES, SIZE_SHARES), options, "vehicle")


if __name__ == "__main__":
    main()
