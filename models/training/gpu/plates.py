"""Batches for the plate detector: views like vehicle crops, parts of frames, and drawn plates in true ones' places.

The batched twin of plateflow_training.detectors.plate_samples and .pasted_samples.
"""

import numpy as np
import torch

from plateflow_training.detectors.photos import PLATE_CLASS, LabelledPhoto
from plateflow_training.detectors.plate_samples import (
    FRAME_LONG_SIDE,
    LEAST_VISIBLE,
    LEVEL_COLLECTIONS,
    PASTED_SHARE,
    PLATE_WIDTH_SHARE,
    SMALLEST_WIDTH,
    STEEP_SHARE,
    VEHICLE_PADDING,
    VEHICLES_LABELLED,
    VERTICAL_STRETCH,
)

from .doubts import UNCERTAIN_PLATE
from .draws import Draws, resident
from .geometry import homography, inverted, matrices, moved, settled, window_matrix
from .optics import per_sample
from .shares import PLATE_SHARES
from .textures import Textures
from .views import (
    Batch,
    PhotoShares,
    PhotoTable,
    gathered,
    labels_of,
    pick_true,
    pixel_places,
    relit,
    rows_of,
    shrink_of,
)

LEVEL = (*LEVEL_COLLECTIONS, "in_photos")


class PlateBatches:
    def __init__(self, photos: list[LabelledPhoto], drawn: list[np.ndarray], device: torch.device):
        self.device = device
        self._table = PhotoTable(photos, device)
        self._shares = PhotoShares(photos, PLATE_SHARES)
        with_plates = [p if PLATE_CLASS in p.classes else None for p in photos]
        self._pasted = PhotoShares([p for p in with_plates if p], PLATE_SHARES)
        self._with_plates = np.array([i for i, p in enumerate(with_plates) if p])
        self._drawn = Textures(drawn, device)

        def per_photo(values):
            return torch.tensor(values, device=device, dtype=torch.float32)

        self._stretch = per_photo([VERTICAL_STRETCH.get(p.collection, 1.0) for p in photos])
        self._steep = per_photo([STEEP_SHARE if p.collection in LEVEL else 0.0 for p in photos])
        self._has_vehicles = per_photo([float(p.collection in VEHICLES_LABELLED) for p in photos]) > 0

    def draw(self, count: int, size: tuple[int, int], seed: int, step: int) -> Batch:
        draws = Draws(count, self.device, seed, step)
        rng = np.random.default_rng([seed, step])
        pasted = round(count * PASTED_SHARE)
        chosen = np.r_[self._with_plates[self._pasted.draw(pasted, rng)], self._shares.draw(count - pasted, rng)]
        numbers = torch.from_numpy(chosen).to(self.device, non_blocking=True)
        boxes, classes = self._table.boxes[numbers], self._table.classes[numbers]
        index, some = pick_true(classes == PLATE_CLASS, draws)
        first = torch.arange(count, device=self.device) < pasted
        corners, plates = self._drawn_over(rows_of(boxes, index), draws)
        covering = torch.cat((corners.amin(1), corners.amax(1)), 1)
        here = torch.arange(boxes.shape[1], device=self.device) == index[:, None]
        boxes = torch.where((here & first[:, None]).unsqueeze(-1), covering[:, None], boxes)
        window = self._windows(numbers, boxes, classes, index, some, first, size, draws)
        matrix = self._matrix(numbers, window, size, draws)
        pictures = self._pixels(numbers, matrix, size, draws)
        old = rows_of(self._table.boxes[numbers[:pasted]], index[:pasted])
        covered = self._with_drawn(pictures[:pasted], numbers, matrix, corners, plates, old, size, draws)
        pictures = torch.cat((covered, pictures[pasted:]))
        frame = resident((0.0, 0.0, float(size[1]), float(size[0])), self.device).expand(count, 4)
        labels = labels_of(
            boxes, classes, matrix, frame, LEAST_VISIBLE, 0.0, classes == PLATE_CLASS, classes == UNCERTAIN_PLATE
        )
        clipped, kinds, keep, regions = labels
        wide = clipped[..., 2] - clipped[..., 0] >= SMALLEST_WIDTH
        found = gathered(clipped, torch.zeros_like(kinds), keep & wide, regions | (keep & ~wide))
        return Batch(relit(pictures, draws) / 255, *found)

    def _windows(self, numbers, boxes, classes, index, some, pasted, size, draws) -> torch.Tensor:
        photo_size = self._table.textures.size(numbers)
        vehicle, any_vehicle = pick_true((classes >= 0) & (classes < PLATE_CLASS), draws)
        around_vehicle = self._around_vehicle(rows_of(boxes, vehicle), size, draws)
        around_plate = self._around_plate(rows_of(boxes, index), self._stretch[numbers], size, draws)
        part = self._part_of_frame(photo_size, rows_of(boxes, index), some, self._stretch[numbers], size, draws)
        draw = draws.uniform()
        by_vehicle = self._has_vehicles[numbers] & any_vehicle & (draw < 0.6) & ~pasted
        by_plate = (some & (draw < 0.75) & ~by_vehicle) | pasted
        window = torch.where(by_plate[:, None], around_plate, part)
        return settled(torch.where(by_vehicle[:, None], around_vehicle, window), photo_size)

    @staticmethod
    def _around_vehicle(vehicle, size, draws):
        extent = vehicle[:, 2:] - vehicle[:, :2]
        pad = (VEHICLE_PADDING * draws.uniform(0.0, 1.6))[:, None]
        jitter = draws.uniform(-0.08, 0.08, 4) * torch.cat((extent, extent), 1)
        low, high = vehicle[:, :2] - pad + jitter[:, :2], vehicle[:, 2:] + pad + jitter[:, 2:]
        wide, tall = (high - low).clamp(min=24).unbind(1)
        aspect = size[1] / size[0] * draws.normal(0, 0.18).exp()
        half = torch.stack((torch.maximum(wide, tall * aspect), torch.maximum(tall, wide / aspect)), 1) / 2
        middle = (low + high) / 2
        return torch.cat((middle - half, middle + half), 1)

    @staticmethod
    def _around_plate(plate, stretch, size, draws):
        """A window in which the plate takes the room that it takes in a vehicle crop."""
        x1, y1, x2, y2 = plate.unbind(1)
        wide = (x2 - x1).clamp(min=4) / draws.between(*PLATE_WIDTH_SHARE)
        tall = wide * (size[0] / size[1]) * stretch * draws.normal(0, 0.2).exp()
        at_x = torch.where(draws.chance(0.5), draws.uniform(0.05, 0.95), draws.uniform(0.3, 0.7))
        at_y = torch.where(draws.chance(0.5), draws.uniform(0.05, 0.97), draws.uniform(0.5, 0.92))
        left, top = (x1 + x2) / 2 - at_x * wide, (y1 + y2) / 2 - at_y * tall
        return torch.stack((left, top, left + wide, top + tall), 1)

    @staticmethod
    def _part_of_frame(photo_size, plate, some, stretch, size, draws):
        photo_height, photo_width = photo_size.float().unbind(1)
        scale = draws.between(*FRAME_LONG_SIDE) / torch.maximum(photo_height, photo_width)
        wide = size[1] / scale
        tall = size[0] / scale * stretch * draws.normal(0, 0.2).exp()
        near = some & draws.chance(0.6)
        x = torch.where(
            near, (plate[:, 0] + plate[:, 2]) / 2 + draws.uniform(-0.45, 0.45) * wide, draws.uniform() * photo_width
        )
        y = torch.where(
            near, (plate[:, 1] + plate[:, 3]) / 2 + draws.uniform(-0.45, 0.45) * tall, draws.uniform() * photo_height
        )
        return torch.stack((x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2), 1)

    def _matrix(self, numbers, window, size, draws):
        angle = draws.normal(0, 0.25) * draws.chance(0.4)
        shear = draws.normal(0, 0.15) * draws.chance(0.3)
        extent = torch.stack((torch.full_like(angle, size[0]), torch.full_like(angle, size[1])), 1)
        matrix = window_matrix(window, extent, angle, shear, draws.chance(0.25))
        # Seen from the side and stretched by the camera, plates fall by more than their width.
        slope = draws.uniform(0.3, 1.2) * torch.where(draws.chance(0.5), 1.0, -1.0)
        slope = slope * (draws.uniform() < self._steep[numbers])
        return matrices((torch.ones_like(slope), 0.0, 0.0), (slope, 1.0, -slope * (size[1] / 2))) @ matrix

    def _pixels(self, numbers, matrix, size, draws):
        x, y = pixel_places(size, self.device)
        photo_x, photo_y = moved(inverted(matrix), x.expand(len(numbers), *size), y.expand(len(numbers), *size))
        padded = draws.chance(0.85).view(-1, 1, 1)
        shrink = shrink_of(matrix).view(-1, 1, 1)
        return self._table.textures.sample(numbers.view(-1, 1, 1), shrink, photo_x, photo_y, padded).transpose(0, 1)

    def _drawn_over(self, box, draws):
        """Corners [N,4,2] in the photo of drawn plates over `box`, and which plates they are."""
        plates = draws.integer(len(self._drawn))
        height, width = self._drawn.size(plates).float().unbind(1)
        x1, y1, x2, y2 = box.unbind(1)
        wide = (x2 - x1).clamp(min=4) * draws.uniform(0.92, 1.06)
        tall = wide * height / width
        fit = (1.5 * (y2 - y1).clamp(min=3) / tall).clamp(max=1.0)
        return tilted_corners((x1 + x2) / 2, (y1 + y2) / 2, wide * fit, tall * fit, draws), plates

    def _with_drawn(self, pictures, numbers, matrix, corners, plates, old, size, draws):
        """Fills the old plate with what surrounds it and lays the drawn one there, in the photo's light."""
        count = len(pictures)
        numbers, matrix, corners, plates = numbers[:count], matrix[:count], corners[:count], plates[:count]
        x, y = pixel_places(size, self.device)
        photo_x, photo_y = moved(inverted(matrix), x.expand(count, *size), y.expand(count, *size))
        smeared = self._smeared(pictures, numbers, old, photo_x, photo_y)
        height, width = self._drawn.size(plates).float().unbind(1)
        nil = torch.zeros_like(width)
        sheet = torch.stack((nil, nil, width, nil, width, height, nil, height), 1).view(-1, 4, 2)
        plate_x, plate_y = moved(homography(corners, sheet), photo_x, photo_y)
        edge = torch.minimum(
            torch.minimum(plate_x, width.view(-1, 1, 1) - plate_x),
            torch.minimum(plate_y, height.view(-1, 1, 1) - plate_y),
        )
        shrink = (width / (corners[:, 1] - corners[:, 0]).norm(dim=1).clamp(min=1) * shrink_of(matrix)).view(-1, 1, 1)
        cover = (edge / shrink + 0.5).clamp(0, 1).unsqueeze(1)
        drawn = self._drawn.sample(plates.view(-1, 1, 1), shrink, plate_x, plate_y).transpose(0, 1)
        return torch.lerp(
            smeared, self._in_light_of(drawn, plate_y / height.view(-1, 1, 1), numbers, old, draws), cover
        )

    def _smeared(self, pictures, numbers, old, photo_x, photo_y):
        x1, y1, x2, y2 = (side.view(-1, 1, 1) for side in old.unbind(1))
        y1, y2 = y1 - 3, y2 + 3
        numbers, one = numbers.view(-1, 1, 1), torch.ones_like(photo_x)
        above = self._table.textures.sample(numbers, one, photo_x, y1.expand_as(photo_x)).transpose(0, 1)
        below = self._table.textures.sample(numbers, one, photo_x, y2.expand_as(photo_x)).transpose(0, 1)
        inside = (photo_x > x1 - 2) & (photo_x < x2 + 2) & (photo_y > y1) & (photo_y < y2)
        fill = torch.lerp(above, below, ((photo_y - y1) / (y2 - y1)).clamp(0, 1).unsqueeze(1))
        return torch.where(inside.unsqueeze(1), fill, pictures)

    def _in_light_of(self, drawn, down, numbers, box, draws):
        """A white plate is about as bright as the brightest of what surrounds it; sometimes a lamp lights it."""
        count = len(drawn)
        steps = torch.linspace(-0.15, 1.15, 12, device=self.device)
        x = box[:, 0, None, None] + (box[:, 2] - box[:, 0])[:, None, None] * steps.view(1, 1, -1)
        y = box[:, 1, None, None] + (box[:, 3] - box[:, 1])[:, None, None] * steps.view(1, -1, 1)
        x, y = torch.broadcast_tensors(x, y)
        around = self._table.textures.sample(numbers.view(-1, 1, 1), torch.ones_like(x), x, y).flatten(2)
        bright = around.amax(0).sort(1).values[:, -12]
        gain = (bright / 215 * draws.normal(0.05, 0.25)[:count].exp()).clamp(0.12, 1.25)
        cast = around.mean(2).T
        cast = (cast / cast.mean(1, keepdim=True).clamp(min=1)).clamp(min=1e-3) ** draws.uniform(0.2, 0.7)[:count, None]
        ramp = 1 + per_sample(draws.normal(0, 0.15)[:count]) * (2 * down.unsqueeze(1).clamp(0, 1) - 1)
        return (drawn * per_sample(gain) * cast.view(-1, 3, 1, 1) * ramp).clamp(0, 255)


def tilted_corners(x, y, width, height, draws: Draws, amount: float = 0.5) -> torch.Tensor:
    """Corners [N,4,2] (clockwise from top left) of plates turned a little about all three axes."""
    yaw, roll = draws.normal(0, 0.45 * amount), draws.normal(0, 0.16 * amount)
    nearer = draws.normal(0, 0.10 * amount)
    fall = draws.normal() * torch.where(draws.chance(0.2), 0.6, 0.16) * amount
    half_x, half_y = width * yaw.cos() / 2, height / 2
    points = []
    for right, low in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        across = right * half_x
        down = low * half_y * (1 + nearer * right) + across * fall
        points.append(
            torch.stack((x + roll.cos() * across - roll.sin() * down, y + roll.sin() * across + roll.cos() * down), 1)
        )
    return torch.stack(points, 1)
