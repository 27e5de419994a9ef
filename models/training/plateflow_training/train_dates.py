"""Trains the reader of the MM.YY line, on drawn Indonesian plates alone: no photograph has a labelled date.

    python -m plateflow_training.train_dates --data DATA --out RUN [--minutes 30]

RUN receives dates.pt.
"""

import argparse
import copy
import math
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset

from .averages import average_into
from .reader.alphabet import BLANK, encode
from .reader.batches import column_targets, photographed
from .reader.lattice import greedy
from .reader.network import DateReader
from .reader.samples import DrawnPlates, load_backgrounds


class DateStream(IterableDataset):
    """Batches of level, rather clear plates: where the number is hard to read the date is not to be read at all."""

    def __init__(self, data: Path, seed: int, batch: int):
        self._data, self._seed, self._batch = data, seed, batch

    def __iter__(self):
        rng = np.random.default_rng(self._seed)
        cv2.setNumThreads(1)
        backgrounds = load_backgrounds(self._data, rng, 200)
        drawn = DrawnPlates(rng, 400, "ID")
        while True:
            chosen = [drawn.take() for _ in range(self._batch)]
            made = [photographed(sample, rng, backgrounds, 0.95, 0.35, 55.0) for sample in chosen]
            dates = [encode(sample.date) for sample in chosen]
            yield {
                "image": torch.from_numpy(np.stack([image for image, _ in made])[:, None]),
                "columns": torch.from_numpy(
                    np.stack([column_targets(s, m, DateReader.COLUMNS)[0][2] for s, (_, m) in zip(chosen, made)])
                ),
                "target": torch.tensor([d for date in dates for d in date]),
                "length": torch.tensor([len(date) for date in dates]),
            }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--resume", action="store_true", help="begin with the weights of RUN/dates.pt")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    network = DateReader().to(memory_format=torch.channels_last)
    if options.resume:
        network.load_state_dict(torch.load(options.out / "dates.pt")["averaged"])
    averaged = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(network.parameters(), options.rate, weight_decay=0.02)
    started, step, right, read = time.time(), 0, 0, 0
    for batch in DataLoader(
        DateStream(options.data, options.seed, options.batch), batch_size=None, num_workers=1, prefetch_factor=8
    ):
        progress = (time.time() - started) / (options.minutes * 60)
        if progress >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1.0, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * progress))
        network.train()
        logits = network((batch["image"].float() / 255).contiguous(memory_format=torch.channels_last))
        steps = torch.full_like(batch["length"], DateReader.COLUMNS)
        loss = F.ctc_loss(
            F.log_softmax(logits, 2).transpose(0, 1), batch["target"], steps, batch["length"], BLANK, zero_infinity=True
        )
        each = F.cross_entropy(logits.transpose(1, 2), batch["columns"], reduction="none")
        loss = loss + max(0.2, 1 - progress * 1.5) * (each * (1 + 9 * (batch["columns"] > 0))).mean() * 3
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        step += 1
        average_into(averaged, network, min(0.995, (step + 1) / (step + 20)))
        if step % 10 == 0:  # on plates not yet trained on, as every batch is new
            with torch.inference_mode():
                texts = [greedy(p) for p in torch.softmax(averaged(batch["image"].float() / 255), 2).numpy()]
            truths = [
                "".join(str(int(d) - 1) for d in part)
                for part in torch.split(batch["target"], batch["length"].tolist())
            ]
            right, read = right + sum(a == b for a, b in zip(texts, truths)), read + len(texts)
        if step % 200 == 0:
            print(
                f"{time.strftime('%H:%M:%S')} step {step} loss {loss.item():.3f} dates right {right}/{read}", flush=True
            )
            right, read = 0, 0
            torch.save(
                {"averaged": averaged.state_dict(), "seen": step * options.batch, "seed": options.seed},
                options.out / "dates.pt",
            )
    torch.save(
        {"averaged": averaged.state_dict(), "seen": step * options.batch, "seed": options.seed},
        options.out / "dates.pt",
    )


if __name__ == "__main__":
    main()
