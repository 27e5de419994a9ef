"""Batches for the readers, made on the device: tilt, loose boxes, distance, light, lens and compression.

The batched twin of plateflow_training.reader.batches and .degrade: one plate after another there, all at once here.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from plateflow_training.reader.alphabet import ALPHABET, COLUMN_WIDTH, INPUT_HEIGHT
from plateflow_training.reader.batches import UNSEEN_SLOPES
from plateflow_training.reader.levelling import ROOM
from plateflow_training.reader.network import STEEPEST
from plateflow_training.reader.samples import Sample, targets

from . import optics
from .draws import Draws, resident
from .geometry import homography, moved
from .optics import per_sample
from .textures import Textures, grey_of

CANVAS = (112, 288)  # the largest crop as it lies in a photo, in pixels
MOST_CHARACTERS = 24
LONGEST_LINE = 16


@dataclass(frozen=True)
class Lesson:
    """What a reader is to say of the plates of a collection, one row for each."""

    line1: torch.Tensor
    line2: torch.Tensor
    date: torch.Tensor
    lengths: np.ndarray  # of the three; they stay with the CPU, which CTC asks for them
    country: torch.Tensor
    date_known: torch.Tensor
    drawn: torch.Tensor
    whole: torch.Tensor  # nothing of the photo is known around the plate
    corners: torch.Tensor
    slope: torch.Tensor
    places: torch.Tensor  # [plates, characters, 5]: symbol (0 for none), stream, left, right, middle


def lesson_of(samples: list[Sample], device: torch.device) -> Lesson:
    count = len(samples)
    lines = [np.zeros((count, LONGEST_LINE), np.int64) for _ in range(3)]
    lengths, country = np.zeros((count, 3), np.int64), np.zeros(count, np.int64)
    places = np.zeros((count, MOST_CHARACTERS, 5), np.float32)
    for index, sample in enumerate(samples):
        *encoded, country[index] = targets(sample)
        for part, (line, symbols) in enumerate(zip(lines, encoded)):
            line[index, : len(symbols)] = symbols
            lengths[index, part] = len(symbols)
        for place, p in zip(places[index], sample.places):
            place[:] = ALPHABET.index(p.character) + 1, p.row % 3, p.left, p.right, p.middle
    corners = np.stack([sample.corners for sample in samples]).astype(np.float32)
    widths = np.array([sample.image.shape[1] for sample in samples])

    def on_device(values, kind=None):
        return torch.from_numpy(np.asarray(values, kind)).to(device)

    return Lesson(
        *(on_device(line) for line in lines),
        lengths,
        on_device(country),
        on_device([sample.date is not None for sample in samples]),
        on_device([sample.drawn for sample in samples]),
        on_device(widths <= corners[:, 2, 0] - corners[:, 0, 0] + 1),
        on_device(corners),
        on_device([sample.slope for sample in samples], np.float32),
        on_device(places),
    )


class CropBatches:
    """Batches of the plates in `samples`; `backgrounds` are photos to put plates without surroundings on.

    With `levelled` for a second reader, whose crops are level as far as a first one sees slopes.
    """

    def __init__(self, samples: list[Sample], backgrounds: Textures, width: int, levelled: bool, device: torch.device):
        self.width, self.levelled, self.device = width, levelled, device
        self._backgrounds = backgrounds
        self._textures = Textures([sample.image for sample in samples], device)
        self.lesson = lesson_of(samples, device)

    def draw(self, chosen: np.ndarray, easy_share: float, seed: int, step: int) -> dict[str, torch.Tensor]:
        """The plates of these numbers as a reader gets them, and what it is to say of them."""
        draws = Draws(len(chosen), self.device, seed, step)
        numbers = torch.from_numpy(chosen).to(self.device, non_blocking=True)
        lesson = self.lesson
        crops, mapping, size = self._photographed(numbers, easy_share, draws)
        slope = self._seen_slope(numbers, mapping, draws) if self.levelled else torch.zeros_like(size[:, 0])
        images = self._to_input(crops, size, slope, bicubic=step % 4 == 0)
        mapping = level_matrix(slope) @ mapping
        symbols, heights = column_targets(lesson.places[numbers], mapping, self.width // COLUMN_WIDTH)
        batch = {
            "image": images,
            "country": lesson.country[numbers],
            "date_known": lesson.date_known[numbers],
            "drawn": lesson.drawn[numbers],
            "columns": symbols,
            "heights": heights,
        }
        for index, stream in enumerate(("line1", "line2", "date")):
            batch[stream] = getattr(lesson, stream)[numbers]
            batch[stream + "_length"] = torch.from_numpy(lesson.lengths[chosen, index])
        return batch

    def _photographed(self, numbers, easy_share, draws):
        lesson, corners = self.lesson, self.lesson.corners[numbers]
        drawn, whole = lesson.drawn[numbers], lesson.whole[numbers]
        wide, tall = (corners[:, 2] - corners[:, 0]).clamp(min=1).unbind(1)
        easy = draws.chance(easy_share)
        # Photos are tilted already; their box was drawn around the tilted plate.
        tilt = torch.where(drawn, 1.0, draws.pick((0.0, 0.45, 0.9), (0.2, 0.5, 0.3)))
        quad = tilted_quads(wide / tall, tilt, draws)
        margins = (
            draws.pick((0.0, 0.05, 0.1, 0.18), (0.2, 0.35, 0.3, 0.15))[:, None] + draws.normal(0, 0.045, 4)
        ).clamp(-0.04, 0.28)
        tallest = torch.where(drawn, 75.0, (tall * 1.2).clamp(18, 90))
        lowest = torch.where(easy, torch.where(drawn, 30.0, (tallest * 0.7).clamp(max=30.0)), 15.0)
        size = native_sizes(quad, margins, lowest, tallest, draws)
        unit = crop_quads(quad, margins)
        mapping = homography(corners, unit)
        u, v = canvas_places(size)
        x, y = moved(homography(unit, corners), u, v)
        shrink = self._shrink(corners, unit * size[:, None])
        plate = self._textures.sample(numbers[:, None, None], shrink[:, None, None], x, y)
        plate = plate if self._textures.grey else grey_of(plate)
        behind = drawn & draws.chance(0.9) | ~drawn & whole & draws.chance(0.5)
        picture_height, picture_width = self._textures.size(numbers).unbind(-1)
        edge = torch.minimum(
            torch.minimum(x, picture_width[:, None, None] - x), torch.minimum(y, picture_height[:, None, None] - y)
        )
        cover = torch.where(behind[:, None, None], (edge / shrink[:, None, None]).clamp(0, 1), 1.0)
        crops = torch.lerp(self._background(u, v, draws), plate, cover).unsqueeze(1)
        strength = torch.where(easy, torch.where(drawn, 0.4, 0.3), torch.where(drawn, 1.0, 0.7))
        return photograph(crops, size, strength, draws), mapping, size

    @staticmethod
    def _shrink(corners, target):
        """Pixels of the picture per pixel of the crop: the mean of both sides'."""
        across = (corners[:, 1] - corners[:, 0]).norm(dim=1) / (target[:, 1] - target[:, 0]).norm(dim=1).clamp(min=1)
        down = (corners[:, 3] - corners[:, 0]).norm(dim=1) / (target[:, 3] - target[:, 0]).norm(dim=1).clamp(min=1)
        return (across * down).sqrt()

    def _background(self, u, v, draws):
        """A patch of a photo: paint, bumpers, road."""
        pictures = draws.integer(len(self._backgrounds))
        height, width = self._backgrounds.size(pictures).float().unbind(-1)
        part_height, part_width = draws.uniform(0.08, 0.3) * height, draws.uniform(0.12, 0.4) * width
        x = (draws.uniform() * (width - part_width))[:, None, None] + part_width[:, None, None] * u
        y = (draws.uniform() * (height - part_height))[:, None, None] + part_height[:, None, None] * v
        shrink = torch.ones_like(part_width)[:, None, None]
        found = self._backgrounds.sample(pictures[:, None, None], shrink, x, y)
        return found if self._backgrounds.grey else grey_of(found)

    def _seen_slope(self, numbers, mapping, draws):
        """As somebody sees it who may be mistaken and sometimes sees nothing."""
        corners = self.lesson.corners[numbers]
        tall, middle = corners[:, 2, 1] - corners[:, 0, 1], (corners[:, 2, 1] + corners[:, 0, 1]) / 2
        rise = self.lesson.slope[numbers] * tall / 2
        x, y = moved(mapping, corners[:, ::2, 0], torch.stack((middle - rise, middle + rise), 1))
        slope = (y[:, 1] - y[:, 0]) / (x[:, 1] - x[:, 0]).clamp(min=0.1)
        slope = (slope * draws.normal(1, 0.08) + draws.normal(0, 0.02)).clamp(-STEEPEST, STEEPEST)
        return torch.where(draws.chance(UNSEEN_SLOPES), 0.0, slope)

    def _to_input(self, crops, size, slope, bicubic):
        """Stretches crops of native size to the reader's, levelled; twice as fine first, so that none aliases."""
        width, height = self.width * 2, INPUT_HEIGHT * 2
        u = ((torch.arange(width, device=self.device) + 0.5) / width).view(1, 1, -1)
        v = ((torch.arange(height, device=self.device) + 0.5) / height).view(1, -1, 1)
        s = slope.view(-1, 1, 1)
        down = (1 - ROOM * s.abs()) * (v - 0.5) + 0.5 + s * (u - 0.5)
        x = u.expand_as(down) * size[:, 0].view(-1, 1, 1) / CANVAS[1] * 2 - 1
        # What lies beyond the crop's edge is its edge.
        y = down.clamp(0, 1) * size[:, 1].view(-1, 1, 1) / CANVAS[0] * 2 - 1
        mode = "bicubic" if bicubic else "bilinear"
        fine = F.grid_sample(crops, torch.stack((x, y), 3), mode=mode, padding_mode="border", align_corners=False)
        return F.avg_pool2d(fine, 2).clamp(0, 255).round() / 255


def level_matrix(slope: torch.Tensor) -> torch.Tensor:
    """[N,3,3]: what levelling does to points of the crop in 0..1, as `level_mapping` of the reader says."""
    kept, nil, one = 1 - ROOM * slope.abs(), torch.zeros_like(slope), torch.ones_like(slope)
    rows = (one, nil, nil, -slope / kept, 1 / kept, 0.5 - (0.5 - slope / 2) / kept, nil, nil, one)
    return torch.stack(rows, 1).view(-1, 3, 3)


def tilted_quads(aspect: torch.Tensor, strength: torch.Tensor, draws: Draws) -> torch.Tensor:
    """Corners [N,4,2] of plates of these widths and height 1, seen from the side, from above, or tilted."""
    signs = resident(((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)), draws.device)
    half = signs * torch.stack((aspect, torch.ones_like(aspect)), 1)[:, None]
    steep = draws.chance(0.45)
    lean = torch.where(steep & (aspect < 3), 14.0, 5.0)
    angle = (draws.normal() * lean).clamp(-34, 34) * (math.pi / 180) * strength
    shear_y = (draws.normal() * torch.where(steep, 0.2, 0.05)).clamp(-0.42, 0.42) * strength
    shear_x = draws.normal(0, 0.16) * strength
    cosine, sine = angle.cos(), angle.sin()
    turn = torch.stack((cosine, -sine, sine, cosine), 1).view(-1, 2, 2)
    one = torch.ones_like(shear_x)
    shear = torch.stack((one, shear_x, shear_y, one), 1).view(-1, 2, 2)
    quad = half @ (turn @ shear).mT
    far = (1 + draws.normal(0, 0.06) * strength)[:, None]
    near = (1 + draws.normal(0, 0.02) * strength)[:, None]
    ones = torch.ones_like(far)
    stretch_x = torch.cat((near, near, ones, ones), 1)
    stretch_y = torch.cat((ones, far, far, ones), 1)
    quad = quad * torch.stack((stretch_x, stretch_y), 2)
    return quad + draws.normal(0, 0.012, 4, 2) * strength[:, None, None]


def native_sizes(quad, margins, lowest, tallest, draws) -> torch.Tensor:
    """Width and height [N,2] of the crops in the photo, whole pixels."""
    low, high = lowest.log(), tallest.maximum(lowest + 3).log()
    height = (low + (high - low) * draws.uniform()).exp()
    squeeze = torch.where(draws.chance(0.4), draws.uniform(0.5, 0.9), draws.normal(1.0, 0.08))
    height = torch.where(squeeze < 0.7, height.clamp(min=17.0), height)
    span = (quad.amax(1) - quad.amin(1)) * (1 + margins[:, :2] + margins[:, 2:])
    width, height = span[:, 0] * height * squeeze, span[:, 1] * height
    return torch.stack((width.round().clamp(24, CANVAS[1]), height.round().clamp(13, CANVAS[0])), 1)


def crop_quads(quad, margins) -> torch.Tensor:
    """Where the plate's corners lie in the crop, in 0..1."""
    low, high = quad.amin(1), quad.amax(1)
    span = high - low
    low, high = low - margins[:, :2] * span, high + margins[:, 2:] * span
    return (quad - low[:, None]) / (high - low)[:, None]


def canvas_places(size) -> tuple[torch.Tensor, torch.Tensor]:
    """For every pixel of the canvas its place in the crop, 0..1; beyond the crop's edge that of the edge."""
    device = size.device
    u = (torch.arange(CANVAS[1], device=device) + 0.5).view(1, 1, -1) / size[:, 0].view(-1, 1, 1)
    v = (torch.arange(CANVAS[0], device=device) + 0.5).view(1, -1, 1) / size[:, 1].view(-1, 1, 1)
    u, v = u.clamp(max=1), v.clamp(max=1)
    return u.expand(-1, CANVAS[0], -1), v.expand(-1, -1, CANVAS[1])


def column_targets(places, mapping, columns) -> tuple[torch.Tensor, torch.Tensor]:
    """The symbol [N,3,columns] of every column of the streams, 0 between characters, and its height in 0..1 or -1."""
    symbol, stream = places[..., 0].long(), places[..., 1].long()
    left, top = moved(mapping, places[..., 2], places[..., 4])
    right, bottom = moved(mapping, places[..., 3], places[..., 4])
    centre, half = (left + right) / 2 * columns, ((right - left) * columns * 0.16).clamp(min=0.5)
    column = torch.arange(columns, device=places.device).view(1, 1, -1)
    first, last = (centre - half - 0.5).ceil().unsqueeze(-1), (centre + half - 0.5).floor().unsqueeze(-1)
    covered = (column >= first) & (column <= last) & (symbol > 0).unsqueeze(-1)
    symbols, heights = [], []
    for index in range(3):
        here = covered & (stream == index).unsqueeze(-1)
        symbols.append((here * symbol.unsqueeze(-1)).amax(1))
        heights.append(torch.where(here, ((top + bottom) / 2).unsqueeze(-1), -1.0).amax(1))
    return torch.stack(symbols, 1), torch.stack(heights, 1)


def _extremes(crops, size) -> tuple[torch.Tensor, torch.Tensor]:
    """About the 2nd and the 98th of a hundred brightnesses, of a coarse grid over each crop."""
    rows = (torch.linspace(0.02, 0.98, 12, device=crops.device) * size[:, 1:]).long().clamp(max=CANVAS[0] - 1)
    columns = (torch.linspace(0.02, 0.98, 24, device=crops.device) * size[:, :1]).long().clamp(max=CANVAS[1] - 1)
    flat = crops.flatten(1).gather(1, (rows[:, :, None] * CANVAS[1] + columns[:, None]).flatten(1))
    ordered = flat.sort(1).values
    return ordered[:, 6], ordered[:, -7]


def photograph(crops, size, strength, draws: Draws) -> torch.Tensor:
    """Light, lens, sensor and compression at native size, after plateflow_training.reader.degrade.photograph."""
    height = size[:, 1]

    def sometimes(probability, changed, picture):
        return torch.where(per_sample(draws.uniform() < probability), changed, picture)

    crops = sometimes(0.6 * strength, crops * optics.light_ramp(CANVAS, draws, 0.45), crops)
    crops = sometimes(torch.full_like(strength, 0.85), _exposed(crops, size, strength, draws), crops)
    # Glare is spread over the crop, which is a part of the canvas.
    spot = optics.spots(CANVAS, draws, (0.05, 0.35), (0.1, 0.5))
    veil = spot * per_sample(draws.uniform(0.3, 0.8))
    veiled = crops * (1 - veil) + per_sample(draws.uniform(150, 255)) * veil
    lit = crops + spot * per_sample(draws.uniform(40, 220))
    crops = sometimes(0.22 * strength, torch.where(per_sample(draws.chance(0.4)), veiled, lit), crops)
    crops = sometimes(0.12 * strength, _bloomed(crops, draws), crops)
    crops = _covered(crops, size, draws)
    scale = (height / 34).clamp(max=1)
    sigma = (draws.between(0.25, 1.6) * scale).minimum(height / 14 + 0.2)
    soft = draws.uniform() < 0.55 * strength
    moving = draws.uniform() < 0.12 * strength
    kernels = optics.gaussian_kernels(torch.where(soft, sigma, 0.05))
    length = draws.uniform(0.03, 0.12) * (height * size[:, 0]).sqrt()
    lines = optics.line_kernels(length.clamp(min=2), draws.uniform(0, math.pi))
    crops = optics.filtered(crops, torch.where(moving[:, None, None], lines, kernels))
    crops = optics.noisy(crops, draws, draws.between(0.7, 12) * strength * draws.chance(0.5))
    amount = draws.uniform(0.4, 2.2) * draws.chance(0.35)
    crops = optics.filtered(crops, optics.sharpening_kernels(draws.uniform(0.7, 1.6), amount)).clamp(0, 255)
    quality = torch.where(height > 24, draws.uniform(18, 92), draws.uniform(30, 95))
    crops = sometimes(torch.full_like(strength, 0.75), optics.compressed(crops, quality), crops)
    return sometimes(torch.full_like(strength, 0.08), 255 - crops, crops)


def _exposed(crops, size, strength, draws):
    """Black and white points: from full range down to a plate that hardly stands out of the night."""
    low, high = _extremes(crops, size)
    span = (high - low).clamp(min=12)
    contrast = torch.where(draws.chance(0.6), draws.uniform(0.45, 1.3), draws.between(0.17, 1.0))
    contrast = 1 + (contrast - 1) * strength
    new_span = span.clamp(max=235) * contrast
    base = -15 + draws.uniform() * ((250 - new_span).clamp(min=-10) + 15)
    unit = ((crops - per_sample(low)) / per_sample(span)).clamp(-0.4, 1.4)
    bent = unit.sign() * unit.abs().clamp(min=1e-4) ** per_sample(draws.normal(0, 0.35).exp())
    unit = torch.where(per_sample(draws.chance(0.5)), bent, unit)
    return per_sample(base) + unit * per_sample(new_span)


def _bloomed(crops, draws):
    """A reflecting plate in a lamp's light: the white runs over into the strokes, which thin and break."""
    white = crops.amax((2, 3), keepdim=True)
    over = (crops - white * per_sample(draws.uniform(0.7, 0.95))).clamp(min=0)
    spread = F.avg_pool2d(F.avg_pool2d(over, 5, 1, 2), 5, 1, 2)
    return crops * per_sample(draws.uniform(1.0, 1.4)) + spread * per_sample(draws.uniform(0.8, 3.0))


def _covered(crops, size, draws):
    """Something before a few plates: a rail along the upper or the lower edge, or a cable across."""
    width, height = size.unbind(1)
    rail = draws.chance(0.6)
    edge = draws.uniform(-0.02, 0.16) * height
    y = torch.where(rail, torch.where(draws.chance(0.4), edge, height - edge), height / 2)
    angle = torch.where(rail, draws.normal(0, 0.04), math.pi / 2 + draws.normal(0, 0.5))
    thick = height * torch.where(rail, draws.uniform(0.05, 0.14), draws.uniform(0.03, 0.07)) / 2
    far = optics.beyond_line(CANVAS, draws.uniform() * width, y, angle).unsqueeze(1)
    hidden = (per_sample(thick) + 0.5 - far).clamp(0, 1) * per_sample(draws.uniform(0.5, 1.0) * draws.chance(0.06))
    return torch.lerp(crops, per_sample(draws.uniform(0, 255)).expand_as(crops), hidden)
