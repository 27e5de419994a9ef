"""Options shared by the two training commands."""

import argparse
import math
from pathlib import Path

import torch

from .trainer import TrainingPlan, train


def add_training_options(description, samples):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled collections (.../train)")
    parser.add_argument(
        "--work", type=Path, required=True, help="folder for decoded photos and checkpoints, outside the repository"
    )
    parser.add_argument("--samples", type=int, default=samples, help="training samples in all (default %(default)s)")
    parser.add_argument(
        "--minutes",
        type=float,
        default=math.inf,
        help="end the schedule after this much training time if that comes first",
    )
    parser.add_argument("--batch-size", type=int, default=16, help="samples per step (default %(default)s)")
    parser.add_argument("--learning-rate", type=float, default=2e-3, help="peak of the schedule (default %(default)s)")
    parser.add_argument("--seed", type=int, default=20250, help="decides weights and samples (default %(default)s)")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads of the network (default %(default)s)")
    parser.add_argument("--workers", type=int, default=0, help="processes that draw samples (default %(default)s)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default %(default)s)")
    parser.add_argument(
        "--compile", action="store_true", help="compile the network first: a few minutes, then a fifth faster on a CPU"
    )
    parser.add_argument("--start-from", type=Path, help="checkpoint whose averaged weights are the start")
    parser.add_argument(
        "--pretrained",
        type=Path,
        help="ImageNet weights of EfficientNet-Lite0, for a backbone that takes them (see DETECTORS.md)",
    )
    parser.add_argument("--checkpoint", type=Path, help="file to save to and to resume from (default WORK/NAME.pt)")
    return parser


def plan_from(options, sizes, size_shares, small_until=0.0):
    return TrainingPlan(
        samples=options.samples,
        batch_size=options.batch_size,
        learning_rate=options.learning_rate,
        seed=options.seed,
        sizes=sizes,
        size_shares=size_shares,
        small_until=small_until,
        minutes=options.minutes,
        pretrained=options.pretrained,
    )


def run_training(samples, shape, plan, options, name):
    torch.set_num_threads(options.threads)
    print("photos:", samples.counts(), flush=True)
    train(
        samples,
        shape,
        plan,
        options.checkpoint or options.work / f"{name}.pt",
        device=options.device,
        workers=options.workers,
        compiled=options.compile,
        start_from=options.start_from,
    )
