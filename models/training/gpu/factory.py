"""Plates drawn and mixed by the CPU while the GPU trains: no text is seen so often that it is known by heart."""

import multiprocessing
import queue
import threading
from pathlib import Path

import cv2
import numpy as np
import torch

from plateflow_training.reader.batches import PHOTO_SHARES
from plateflow_training.reader.network import load_reader
from plateflow_training.reader.remix import Remixer
from plateflow_training.reader.samples import Sample, drawn_plate

from .packfile import read_pack

SEED = 914_000
CHUNK = 32  # of either kind
MOST = 40_000  # plates of either kind that are kept, the newest ones
WAITING = 64  # chunks


def _work(out, pack: Path, first: Path, number: int):
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    rng = np.random.default_rng([SEED, number])
    samples = read_pack(pack, threads=1, kinds=("crop",)).crops[False]
    # Drawn ones at once: where characters stand in all photographs takes a while to find.
    out.put([drawn_plate(rng) for _ in range(CHUNK)])
    remixer = Remixer(load_reader(first), samples)
    weights = np.array([PHOTO_SHARES[sample.source] for sample in samples])
    counts = {sample.source: 0 for sample in samples}
    for sample in samples:
        counts[sample.source] += 1
    weights /= np.array([counts[sample.source] for sample in samples])
    weights = (weights / weights.sum()).cumsum()
    while True:
        picked = (samples[min(int(np.searchsorted(weights, u)), len(samples) - 1)] for u in rng.random(CHUNK * 2))
        mixed = [remixer.take(sample.source, sample.country, rng) for sample in picked]
        out.put([sample for sample in mixed if sample] + [drawn_plate(rng) for _ in range(CHUNK)])


class Factory:
    """Processes that make plates until they are closed; with no workers it makes none."""

    def __init__(self, workers: int, pack: Path, first: Path):
        context = multiprocessing.get_context("spawn")  # a forked process could not live beside CUDA
        self._chunks = context.Queue(WAITING)
        self._lock, self._closed = threading.Lock(), threading.Event()
        self._made: dict[bool, list[Sample]] = {False: [], True: []}
        self._processes = [
            context.Process(target=_work, args=(self._chunks, pack, first, number), daemon=True)
            for number in range(workers)
        ]
        for process in self._processes:
            process.start()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def _keep(self):
        while not self._closed.is_set():
            try:
                chunk = self._chunks.get(timeout=0.5)
            except queue.Empty:
                continue
            with self._lock:
                for sample in chunk:
                    self._made[sample.drawn].append(sample)
                for kind, samples in self._made.items():
                    self._made[kind] = samples[-MOST:] if len(samples) > MOST * 1.1 else samples

    def made(self) -> list[Sample]:
        """Everything that is there by now, mixed plates first."""
        with self._lock:
            return [*self._made[False][-MOST:], *self._made[True][-MOST:]]

    def close(self):
        self._closed.set()
        self._keeper.join()
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
