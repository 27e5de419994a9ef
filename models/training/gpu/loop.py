"""Trains one network for a given time: a schedule by the clock, averaged weights, checkpoints, figures on the way."""

import contextlib
import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from plateflow_training.averages import average_into
from plateflow_training.detectors.trainer import save_atomically

from .log import Log
from .networks import Network

WARM_UP_STEPS = 60
FINAL_RATE_SHARE = 0.01
AVERAGE_DECAY = 0.999
REPORT_SECONDS, EXAM_SECONDS, SAVE_SECONDS = 5, 40, 60


@dataclass(frozen=True)
class Run:
    """Where and how a network is trained."""

    name: str
    out: Path  # receives NAME.pt, the averaged weights
    states: Path  # receives NAME.state, everything that is needed to go on
    device: torch.device
    seconds: float
    seed: int


def rate_at(peak: float, step: int, progress: float) -> float:
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    cosine = (1 + math.cos(math.pi * min(progress, 1.0))) / 2
    return peak * warm * (FINAL_RATE_SHARE + (1 - FINAL_RATE_SHARE) * cosine)


def seconds_left(states: Path, name: str) -> float | None:
    """What a run that was cut off has left of its time, 0 where it had ended, None where there is none."""
    path = states / f"{name}.state"
    if not path.exists():
        return None
    state = torch.load(path, map_location="cpu", weights_only=True)
    return max(0.0, state["budget"] - state["seconds"])


def shared_out(whole: float, shares: dict[str, float], left: dict[str, float | None]) -> dict[str, float]:
    """Seconds for every network: what it has left, or its share of what the others leave of the whole."""
    fresh = sum(share for name, share in shares.items() if left.get(name) is None)
    rest = whole - sum(left.get(name) or 0.0 for name in shares)
    seconds = {name: left.get(name) or rest * share / fresh for name, share in shares.items()}
    return {name: max(1.0, each) for name, each in seconds.items()}


class Training:
    def __init__(self, network: Network, run: Run, log: Log):
        self._network, self._run, self._log = network, run, log
        settings = network.settings
        self._average = copy.deepcopy(network.model).eval().requires_grad_(False)
        on_gpu = run.device.type == "cuda"
        self._batch = settings.batch if on_gpu else settings.cpu_batch
        kernels = [p for p in network.model.parameters() if p.dim() > 1]
        others = [p for p in network.model.parameters() if p.dim() <= 1]
        groups = [{"params": kernels, "weight_decay": settings.decay}, {"params": others, "weight_decay": 0.0}]
        # Fused: one launch for all weights.
        self._optimiser = torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.99), fused=on_gpu)
        self._autocast = torch.autocast("cuda", torch.bfloat16) if on_gpu else contextlib.nullcontext()
        self._step, self._samples, self._spent, self._budget = 0, 0, 0.0, run.seconds

    @property
    def _state_path(self) -> Path:
        return self._run.states / f"{self._run.name}.state"

    def resume(self) -> bool:
        """Goes on from the last state; what was left of its time is left of it still."""
        if not self._state_path.exists():
            return False
        state = torch.load(self._state_path, map_location=self._run.device, weights_only=True)
        self._network.model.load_state_dict(state["model"])
        self._average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._step, self._samples = state["step"], state["samples"]
        self._spent, self._budget = state["seconds"], state["budget"]
        return True

    def train(self):
        self._network.model.train()
        self._examine()
        self._save()
        began = time.monotonic() - self._spent
        reported = examined = saved = time.monotonic()
        reported_step = self._step
        while self._spent < self._budget:
            loss = self._one_step(self._spent / self._budget)
            now = time.monotonic()
            self._spent = now - began
            due = now - saved >= SAVE_SECONDS or self._spent >= self._budget
            # Nothing is saved before the loss was seen to be a number.
            if due or now - reported >= REPORT_SECONDS:
                self._report(loss, (self._step - reported_step) / (now - reported))
                reported, reported_step = now, self._step
            if now - examined >= EXAM_SECONDS:
                self._examine()
                examined = now
            if due:
                self._save()
                saved = now
        self._examine()
        self._save()

    def _one_step(self, progress: float) -> torch.Tensor:
        settings, model = self._network.settings, self._network.model
        for group in self._optimiser.param_groups:
            group["lr"] = rate_at(settings.rate, self._step, progress)
        loss = self._network.loss(self._batch, self._run.seed, self._step, progress, self._autocast)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings.largest_gradient)
        self._optimiser.step()
        average_into(self._average, model, AVERAGE_DECAY * (1 - math.exp(-(self._step + 1) / 200)))
        self._step, self._samples = self._step + 1, self._samples + self._batch
        return loss.detach()

    def _report(self, loss: torch.Tensor, steps_a_second: float) -> None:
        """Asks the device for the loss, and goes back to the last state where that is no number any more."""
        value = float(loss)
        self._log.add(
            self._run.name,
            self._spent,
            {
                "step": self._step,
                "samples": self._samples,
                "loss": round(value, 4),
                "samples_per_second": round(steps_a_second * self._batch, 1),
                "rate": self._optimiser.param_groups[0]["lr"],
            },
        )
        if math.isfinite(value):
            return
        # Only the weights go back: the time is spent, and the batches that led here are not drawn again.
        reached = self._step, self._samples, self._spent, self._budget
        self.resume()
        self._step, self._samples, self._spent, self._budget = reached

    def _examine(self):
        with self._autocast:
            figures = self._network.exam(self._average)
        self._log.add(
            self._run.name,
            self._spent,
            {"step": self._step, "held_out": figures.parts, "score": round(figures.score, 4)},
        )

    def _save(self):
        facts = {"step": self._step, "samples": self._samples, "seconds": self._spent, "seed": self._run.seed}
        state = {
            "model": self._network.model.state_dict(),
            "average": self._average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "budget": self._budget,
            **facts,
        }
        save_atomically(state, self._state_path)
        save_atomically(
            self._network.shipped(self._average.state_dict(), facts), self._run.out / f"{self._run.name}.pt"
        )
