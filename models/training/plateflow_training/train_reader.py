"""Trains the plate reader.

    python -m plateflow_training.train_reader --data DATA --out RUN [--minutes 110] [--resume]

RUN receives last.pt (everything needed to resume), best.pt (averaged weights of the best held-out score) and log.txt.
"""

import argparse
import copy
import math
import os
import time
from pathlib import Path

import cv2
import numpy as np
import torch

from .averages import average_into
from .reader import evaluation
from .reader.alphabet import INPUT_WIDTH
from .reader.batches import PlateStream, loader
from .reader.loss import guidance, losses
from .reader.network import PlateReader, load_reader
from .reader.remix import Remixer
from .reader.samples import load_photographs, load_transcribed, split


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/ and measure/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument(
        "--minutes", type=float, default=110, help="length of the whole run; the learning rate ends at zero then"
    )
    parser.add_argument("--batch", type=int, default=40)
    parser.add_argument(
        "--compile", action="store_true", help="let torch.compile fuse the network; about a tenth faster on a CPU"
    )
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate of AdamW")
    parser.add_argument("--drawn", type=float, default=0.6, help="share of drawn plates")
    parser.add_argument(
        "--clear-samples", type=int, default=50_000, help="samples over which clear plates give way to hard ones"
    )
    parser.add_argument("--clear-share", type=float, default=0.35, help="share of clear plates from then on")
    parser.add_argument("--pool", type=int, default=4000, help="drawn plates held at a time by each worker")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--transcripts", type=Path, help="folder of texts for sets that have none (see samples.load_transcribed)"
    )
    parser.add_argument(
        "--guidance",
        type=float,
        default=1.0,
        help="how strongly drawn plates tell where each character stands, at the start",
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", action="store_true", help="go on from last.pt; the schedule keeps its place")
    parser.add_argument(
        "--width", type=int, default=INPUT_WIDTH, help="of the crops in pixels, a multiple of 4 (default %(default)s)"
    )
    parser.add_argument(
        "--first",
        type=Path,
        help="train a second reader, for crops that are levelled by what this first one (its weights) sees",
    )
    parser.add_argument("--start-from", type=Path, help="weights to begin with (best.pt or last.pt of another run)")
    parser.add_argument(
        "--relearn",
        action="store_true",
        help="take only the early layers of --start-from: a second reader that errs apart from the first",
    )
    parser.add_argument(
        "--report-every", type=float, default=4, help="minutes between checkpoints and held-out figures"
    )
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return parser.parse_args()


# Everything above the first maps of strokes.
LATE_LAYERS = ("trunk.4", "deeper.", "column.", "deeper_column.", "heads.", "look_", "row_code", "country.")


def predictor(network, device):
    def predict(images: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            line1, line2, _, _ = network(torch.from_numpy(images).to(device))
            return torch.softmax(torch.cat([line1, line2], 1), 2).cpu().numpy()

    return predict


def figures_line(figures):
    return "  ".join(f"{group} {good}/{total}" for group, (good, total) in figures.items())


def main():
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    # A pool of threads does not survive the fork of the worker: its first resize would wait for ever.
    cv2.setNumThreads(0)
    torch.manual_seed(options.seed)
    photographs = load_photographs(options.data)
    if options.transcripts:
        photographs += load_transcribed(options.data, options.transcripts)
    first = load_reader(options.first) if options.first else None
    if first:
        photographs = evaluation.samples_with_slopes(photographs, first)
    photographs, held_out = split(photographs)
    val_cases = evaluation.held_out_cases(held_out)
    measure_cases = evaluation.measure_cases(options.data) if (options.data / "measure").exists() else []
    if first:
        measure_cases = evaluation.with_slopes(measure_cases, first)
    log = open(options.out / "log.txt", "a")  # noqa: SIM115 - open for the whole run

    def say(text):
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        log.write(line + "\n")
        log.flush()

    device = torch.device(options.device)
    network = PlateReader().to(device, memory_format=torch.channels_last)
    averaged = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(network.parameters(), options.rate, weight_decay=0.02)
    step, seen, spent, best = 0, 0, 0.0, -1.0
    if options.resume and (options.out / "last.pt").exists():
        state = torch.load(options.out / "last.pt", map_location=device)
        network.load_state_dict(state["network"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        step, seen, spent, best = state["step"], state["seen"], state["spent"], state["best"]
    elif options.start_from:
        weights = load_reader(options.start_from).state_dict()
        if options.relearn:
            weights = {name: value for name, value in weights.items() if not name.startswith(LATE_LAYERS)}
        for mine in (network, averaged):
            mine.load_state_dict({**mine.state_dict(), **weights})
    # An untrained reader cannot say where characters stand.
    finder = first or (
        load_reader(options.start_from) if options.start_from else copy.deepcopy(averaged).cpu() if step else None
    )
    remixer = Remixer(finder, photographs) if finder else None
    # After a resume other plates come: the stream is seeded with the step as well.
    stream = PlateStream(
        photographs,
        options.data,
        options.seed + step,
        options.batch,
        options.drawn,
        options.pool,
        remixer,
        options.width,
        levelled=first is not None,
    )
    if remixer:
        say(f"{remixer.count()} photographed plates can be mixed")
    say(
        f"{len(photographs)} photographs to train on, {len(held_out)} held out, "
        f"{sum(p.numel() for p in network.parameters())} parameters, step {step}"
    )

    def report():
        nonlocal best
        averaged.eval()
        predict = predictor(averaged, device)
        figures, _ = evaluation.score(val_cases, predict, width=options.width)
        say("  held out: " + figures_line(figures))
        if measure_cases:
            say("  measure:  " + figures_line(evaluation.score(measure_cases, predict, width=options.width)[0]))
        score = float(np.mean([good / total for good, total in figures.values()]))
        state = {
            "network": network.state_dict(),
            "averaged": averaged.state_dict(),
            "optimiser": optimiser.state_dict(),
            "step": step,
            "seen": seen,
            "spent": spent,
            "best": max(best, score),
            "seed": options.seed,
        }
        torch.save(state, options.out / "last.tmp")
        os.replace(options.out / "last.tmp", options.out / "last.pt")
        if score >= best:
            best = score
            torch.save({k: state[k] for k in ("averaged", "step", "seen", "seed")}, options.out / "best.pt")

    look = torch.compile(network.look) if options.compile else network.look
    started, reported, running = time.time() - spent, time.time(), None
    for batch in loader(stream, options.workers):
        spent = time.time() - started
        progress = spent / (options.minutes * 60)
        if progress >= 1:
            break
        stream.easy_share[0] = max(options.clear_share, 1 - seen / options.clear_samples * (1 - options.clear_share))
        warm = min(1.0, (step + 1) / 300)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * warm * 0.5 * (1 + math.cos(math.pi * progress))
        network.train()
        batch = {k: v.to(device) for k, v in batch.items()}
        image = (batch["image"].float() / 255).contiguous(memory_format=torch.channels_last)
        outputs, attention = look(image)
        # Guidance fades: where exactly a column's symbol sits is CTC's business in the end.
        guided = max(0.1, options.guidance * (1 - progress / 0.6))
        loss = losses(outputs, batch) + guided * guidance(outputs, attention, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        step, seen = step + 1, seen + len(image)
        average_into(averaged, network, min(0.999, (step + 1) / (step + 20)))
        running = loss.item() if running is None else running * 0.99 + loss.item() * 0.01
        if step % 200 == 0:
            say(
                f"step {step} seen {seen} loss {running:.3f} rate {optimiser.param_groups[0]['lr']:.2e} "
                f"{spent / max(1, seen) * 1000:.2f} ms/sample"
            )
        if time.time() - reported > options.report_every * 60:
            report()
            reported = time.time()
    report()
    say(f"done: {step} steps, {seen} samples, best held-out score {best:.4f}")


if __name__ == "__main__":
    main()
