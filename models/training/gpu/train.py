"""Trains all networks on one GPU, from the shipped weights on.

    python -m gpu.train --pack PACK --out RESULTS [--minutes 9] [--resume]

RESULTS receives for every network NAME.pt (vehicle, plate, reader, second) in the form that the exporters read,
log.jsonl and figure.svg; they are written anew every minute, so a run that is cut off leaves what it had. With --device
cpu the same command tries out that everything runs.
"""

import argparse
import dataclasses
import os
import time
from pathlib import Path

import cv2
import numpy as np
import torch

from .factory import Factory
from .log import Log
from .loop import Run, Training, seconds_left, shared_out
from .networks import ReaderNetwork, Settings, plate_network, vehicle_network
from .packfile import Pack, read_pack
from .textures import Textures

SETTINGS = {
    "vehicle": Settings(0.28, 128, 4, 1.5e-3, 0.03, 10.0),
    "plate": Settings(0.20, 192, 4, 1.5e-3, 0.03, 10.0),
    "reader": Settings(0.30, 1024, 24, 2e-3, 0.02, 5.0),
    "second": Settings(0.22, 1024, 16, 2e-3, 0.02, 5.0),
}
DRAWN_SHARES = {"reader": 0.5, "second": 0.5}
WIDTHS = {"reader": 192, "second": 288}
SPARE_SECONDS = 12  # of each network, for what lies before and after its training
BACKGROUNDS = ("id_vehicles", "galaxy", "bd_roads")


def grey(sample):
    picture = sample.image
    return dataclasses.replace(
        sample, image=picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    )


class Networks:
    """Makes each network when its turn comes, so that only one lies on the device."""

    def __init__(self, pack: Pack, factory: Factory, options):
        self._pack, self._factory, self._options = pack, factory, options
        self._device = torch.device(options.device)

    def make(self, name: str):
        settings, weights = SETTINGS[name], self._options.weights / f"{name}.pt"
        if self._options.batch:
            settings = dataclasses.replace(settings, batch=self._options.batch, cpu_batch=self._options.batch)
        if name == "vehicle":
            return vehicle_network(settings, weights, self._pack.photos, self._device)
        if name == "plate":
            return plate_network(settings, weights, self._pack.photos, self._pack.plates, self._device)
        made = [*self._factory.made(), *(grey(plate) for plate in self._pack.plates)]
        photos = [p.pixels for p in self._pack.photos[False] if p.collection in BACKGROUNDS]
        backgrounds = Textures(
            [cv2.cvtColor(np.ascontiguousarray(p), cv2.COLOR_BGR2GRAY) for p in photos], self._device
        )
        width, drawn_share = WIDTHS[name], DRAWN_SHARES[name]
        network = ReaderNetwork(
            settings, weights, self._pack.crops, made, backgrounds, self._device, width, name == "second", drawn_share
        )
        if self._options.compile:
            network.look = torch.compile(network.look, dynamic=False)
        return network


def main(arguments=None):
    began = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True, help="file of gpu.pack")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights, log and figure")
    parser.add_argument(
        "--states", type=Path, help="folder for what --resume needs, some 45 MB a detector (default OUT/states)"
    )
    parser.add_argument(
        "--weights",
        type=Path,
        default=Path("weights"),
        help="folder of the weights to begin with (default %(default)s)",
    )
    parser.add_argument("--minutes", type=float, default=9, help="of the whole command (default %(default)s)")
    parser.add_argument(
        "--networks", nargs="+", choices=list(SETTINGS), default=list(SETTINGS), help="in this order (default: all)"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the last states; finished networks stay as they are"
    )
    parser.add_argument("--device", default="cuda", help="cuda or cpu (default %(default)s)")
    parser.add_argument("--batch", type=int, help="samples a step in place of each network's own number")
    parser.add_argument(
        "--workers",
        type=int,
        default=max(0, (os.cpu_count() or 1) - 2),
        help="processes that draw plates (default %(default)s)",
    )
    parser.add_argument(
        "--compile", action="store_true", help="let torch.compile fuse the readers; costs half a minute each"
    )
    parser.add_argument("--seed", type=int, default=20261)
    options = parser.parse_args(arguments)
    if options.device == "cuda" and not torch.cuda.is_available():
        parser.error("--device cuda: PyTorch finds no GPU here; --device cpu tries out that everything runs")
    options.out.mkdir(parents=True, exist_ok=True)
    states = options.states or options.out / "states"
    states.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    if options.device == "cpu":
        torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    device = torch.device(options.device)
    readers = [name for name in options.networks if name in WIDTHS]
    factory = Factory(options.workers if readers else 0, options.pack, options.weights / "reader.pt")
    log = Log(options.out, options.resume)
    try:
        pack = read_pack(options.pack, threads=os.cpu_count() or 1)
        networks = Networks(pack, factory, options)
        shares = {name: SETTINGS[name].share for name in options.networks}
        left = {name: seconds_left(states, name) if options.resume else None for name in shares}
        todo = [name for name in shares if left[name] != 0]
        for index, name in enumerate(todo):
            set_up = time.monotonic()
            network = networks.make(name)
            whole = began + options.minutes * 60 - time.monotonic() - SPARE_SECONDS * (len(todo) - index)
            seconds = shared_out(whole, {each: shares[each] for each in todo[index:]}, left)[name]
            training = Training(network, Run(name, options.out, states, device, seconds, options.seed), log)
            resumed = options.resume and training.resume()
            took = round(time.monotonic() - set_up, 1)
            log.add(name, 0.0, {"resumed": resumed, "seconds_to_train": round(seconds), "set_up_seconds": took})
            training.train()
    finally:
        factory.close()
    print(log.summary())
    print(f"{(time.monotonic() - began) / 60:.1f} minutes in all, results in {options.out}")


if __name__ == "__main__":
    main()
