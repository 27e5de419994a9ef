"""Trains the plate detector: python -m plateflow_training.train_plates --data DATA --work FOLDER."""

from .detectors.commands import add_training_options, plan_from, run_training
from .detectors.network import DetectorShape
from .detectors.plate_samples import PLATE_NAMES, PlateSamples

SIZES = ((320, 320), (256, 320), (320, 192))
SIZE_SHARES = (0.5, 0.25, 0.25)
SHAPE = DetectorShape(classes=len(PLATE_NAMES), depths=(1, 1, 1, 1))


def main():
    options = add_training_options(__doc__, samples=150_000).parse_args()
    samples = PlateSamples(options.data, options.work / "photos")
    run_training(samples, SHAPE, plan_from(options, SIZES, SIZE_SHARES), options, "plate")


if __name__ == "__main__":
    main()
