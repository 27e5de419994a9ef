"""Averages readers of one run: python -m plateflow_training.average_readers --weights A.pt B.pt --shares 0.5 0.5
--out FILE.

Checkpoints of one run lie in one valley of the loss; between them reads better than either (Izmailov et al., 2018;
Wortsman et al., 2022).
"""

import argparse
from pathlib import Path

import torch


def averaged(states, shares):
    """The share-weighted mean of the checkpoints' averaged weights; what is no number is the first one's."""
    first = states[0]["averaged"]
    return {
        name: sum(share * state["averaged"][name] for share, state in zip(shares, states))
        if value.dtype.is_floating_point
        else value
        for name, value in first.items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--weights", type=Path, nargs="+", required=True, help="checkpoints of train_reader, the last one first"
    )
    parser.add_argument("--shares", type=float, nargs="+", required=True, help="weight of each, together 1")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    if len(options.weights) != len(options.shares) or abs(sum(options.shares) - 1) > 1e-6:
        parser.error(f"shares: found {options.shares}, expected {len(options.weights)} that sum up to 1")
    states = [torch.load(path, map_location="cpu") for path in options.weights]
    torch.save(
        {"averaged": averaged(states, options.shares), **{k: states[0][k] for k in ("step", "seen", "seed")}},
        options.out,
    )


if __name__ == "__main__":
    main()
