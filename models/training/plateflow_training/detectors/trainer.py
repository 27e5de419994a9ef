"""The training loop of both detectors: AdamW, cosine schedule, averaged weights, resumable checkpoints."""

import copy
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from ..averages import average_into
from .loss import detection_loss
from .network import STRIDES, Detector, DetectorShape

AVERAGE_DECAY = 0.999
COARSEST = max(STRIDES)
WEIGHT_DECAY = 0.03
WARM_UP_STEPS = 200
FINAL_RATE_SHARE = 0.02
LARGEST_GRADIENT = 10.0
SMALL_SCALE = 0.75


@dataclass(frozen=True)
class TrainingPlan:
    """What a run is made of; the same plan and seed draw the same samples."""

    samples: int
    batch_size: int
    learning_rate: float
    seed: int
    # Network input sizes (height, width) with the share of batches each gets.
    sizes: tuple[tuple[int, int], ...]
    size_shares: tuple[float, ...]
    # For this share of the steps pictures are smaller, of which a CPU manages nearly twice as many
    # (progressive resizing, as in Tan and Le, EfficientNetV2, 2021).
    small_until: float = 0.0
    minutes: float = math.inf
    # Weights learned on ImageNet for a backbone that can take them; they are changed more carefully than the rest.
    pretrained: Path | None = None
    pretrained_rate_share: float = 0.3
    # Edges and textures are the same everywhere: this many of its first stages stay as they came, which also
    # spares the dearest part of the backward pass.
    frozen_stages: int = 2

    @property
    def steps(self):
        return math.ceil(self.samples / self.batch_size)


class StepBatches(Dataset):
    """One batch per step, drawn from the seed and the step alone: resuming repeats nothing and skips nothing."""

    def __init__(self, samples, plan):
        self.samples, self.plan = samples, plan

    def __len__(self):
        return self.plan.steps

    def __getitem__(self, step):
        random = np.random.default_rng([self.plan.seed, step])
        size = self.plan.sizes[random.choice(len(self.plan.sizes), p=self.plan.size_shares)]
        if step < self.plan.small_until * self.plan.steps:
            size = tuple(int(SMALL_SCALE * side / COARSEST + 0.5) * COARSEST for side in size)
        return collate([self.samples.draw(size, random) for _ in range(self.plan.batch_size)])


def collate(samples):
    images = torch.from_numpy(np.stack([s.pixels[..., ::-1] for s in samples]).transpose(0, 3, 1, 2).copy())
    objects = max(1, *(len(s.boxes) for s in samples))
    regions = max(1, *(len(s.ignored) for s in samples))
    boxes = torch.zeros(len(samples), objects, 4)
    classes = torch.zeros(len(samples), objects, dtype=torch.long)
    present = torch.zeros(len(samples), objects, dtype=torch.bool)
    ignored = torch.zeros(len(samples), regions, 4)
    for row, sample in enumerate(samples):
        count = len(sample.boxes)
        boxes[row, :count] = torch.from_numpy(np.asarray(sample.boxes, np.float32).reshape(-1, 4))
        classes[row, :count] = torch.from_numpy(sample.classes)
        present[row, :count] = True
        ignored[row, : len(sample.ignored)] = torch.from_numpy(np.asarray(sample.ignored, np.float32).reshape(-1, 4))
    return images, boxes, classes, present, ignored


def learning_rate(plan, step, progress):
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    cosine = (1 + math.cos(math.pi * min(progress, 1.0))) / 2
    return plan.learning_rate * warm * (FINAL_RATE_SHARE + (1 - FINAL_RATE_SHARE) * cosine)


def average_decay(step):
    return AVERAGE_DECAY * (1 - math.exp(-(step + 1) / 800))


def parameter_groups(model, plan):
    """Weight decay on convolution kernels only; a rate of its own for what came pretrained."""
    pretrained = {id(p) for p in model.backbone.features.parameters()} if plan.pretrained else set()
    groups = []
    for learned, share in ((False, 1.0), (True, plan.pretrained_rate_share)):
        mine = [p for p in model.parameters() if p.requires_grad and (id(p) in pretrained) == learned]
        for kernels in (True, False):
            chosen = [p for p in mine if (p.dim() > 1) == kernels]
            if chosen:
                groups.append({"params": chosen, "weight_decay": WEIGHT_DECAY if kernels else 0.0, "share": share})
    return groups


def set_training(model, plan):
    """Training mode, except for the frozen stages, whose statistics must not drift either."""
    model.train()
    if plan.pretrained:
        for part in (model.backbone.features.stem, *model.backbone.features.stages[: plan.frozen_stages]):
            part.requires_grad_(False).eval()


def save_atomically(state, path):
    temporary = path.with_suffix(".writing")
    torch.save(state, temporary)
    temporary.replace(path)


def load_averaged(path):
    """The averaged network of a checkpoint, ready to run, and the checkpoint's facts."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Detector(DetectorShape.from_dict(state["shape"]))
    model.load_state_dict(state["average"])
    return model.eval(), {k: state[k] for k in ("step", "samples", "seconds", "seed")}


def train(
    samples, shape, plan, checkpoint, device="cpu", workers=0, compiled=False, start_from=None, save_every_seconds=180
):
    cv2.setNumThreads(0)
    torch.manual_seed(plan.seed)
    checkpoint = Path(checkpoint)
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    model = Detector(shape)
    if plan.pretrained:
        model.backbone.features.load_imagenet(plan.pretrained)
    if start_from:
        # A detector of other classes has learned most of what this one needs; only what has its shape is taken over.
        mine = model.state_dict()
        model.load_state_dict(
            {k: v for k, v in load_averaged(start_from)[0].state_dict().items() if v.shape == mine[k].shape},
            strict=False,
        )
    model = model.to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(model)
    set_training(model, plan)
    optimiser = torch.optim.AdamW(parameter_groups(model, plan), lr=plan.learning_rate, betas=(0.9, 0.99))
    step, seconds = 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        step, seconds = state["step"], state["seconds"]
        print(f"resuming at step {step}", flush=True)

    def save():
        save_atomically(
            {
                "model": model.state_dict(),
                "average": average.state_dict(),
                "optimiser": optimiser.state_dict(),
                "shape": shape.as_dict(),
                "step": step,
                "samples": step * plan.batch_size,
                "seconds": seconds,
                "seed": plan.seed,
            },
            checkpoint,
        )

    run = torch.compile(model, dynamic=False) if compiled else model
    batches = DataLoader(
        StepBatches(samples, plan),
        batch_size=None,
        sampler=range(step, plan.steps),
        num_workers=workers,
        persistent_workers=False,
        prefetch_factor=4 if workers else None,
    )
    sums, saved, logged, before = {}, time.monotonic(), time.monotonic(), time.monotonic()
    for images, boxes, classes, present, ignored in batches:
        progress = max(step / plan.steps, seconds / (plan.minutes * 60))
        if progress >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(plan, step, progress) * group["share"]
        images = images.to(device, memory_format=torch.channels_last).float() / 255
        class_logits, side_logits = run(images)
        loss, parts = detection_loss(
            class_logits.float(),
            side_logits.float(),
            images.shape[2:],
            boxes.to(device),
            classes.to(device),
            present.to(device),
            ignored.to(device),
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), LARGEST_GRADIENT)
        # One sick batch must not end a night's run.
        if torch.isfinite(norm):
            optimiser.step()
            average_into(average, model, average_decay(step))
        for name, value in parts.items():
            sums[name] = sums.get(name, 0.0) + value
        step += 1
        now = time.monotonic()
        seconds += now - before
        before = now
        if step % 50 == 0:
            rate = 50 * plan.batch_size / (now - logged)
            logged = now
            print(
                json.dumps(
                    {
                        "step": step,
                        "samples": step * plan.batch_size,
                        "progress": round(progress, 4),
                        "per_second": round(rate, 1),
                        **{k: round(float(v) / 50, 4) for k, v in sums.items()},
                    }
                ),
                flush=True,
            )
            sums = {}
        if now - saved > save_every_seconds:
            save()
            saved = now
    save()
    print(f"finished at step {step} after {seconds / 60:.1f} minutes", flush=True)
