"""Pictures of any size, resident on the device as bytes, and sampled a batch at a time."""

from collections.abc import Sequence

import cv2
import numpy as np
import torch

from plateflow_training.detectors.augment import PADDING_COLOUR

LEVELS = 3  # each half the size of the one before, so that a reduced view does not alias


class Textures:
    """A flat tensor of all pixels; colour ones lie in four bytes each, so that one read brings a whole pixel."""

    def __init__(self, pictures: Sequence[np.ndarray], device: torch.device):
        self.grey = not pictures or pictures[0].ndim == 2
        sizes, offsets, total = [], [], 0
        for picture in pictures:
            height, width = picture.shape[:2]
            for level in range(LEVELS):
                size = max(1, height >> level), max(1, width >> level)
                sizes.append(size)
                offsets.append(total)
                total += size[0] * size[1]
        flat = np.zeros(max(1, total), np.uint8 if self.grey else np.uint32)
        for index, picture in enumerate(pictures):
            for level in range(LEVELS):
                row = index * LEVELS + level
                height, width = sizes[row]
                if level:
                    picture = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
                flat[offsets[row] : offsets[row] + height * width] = self._words(picture)
        self._flat = torch.from_numpy(flat if self.grey else flat.view(np.int32)).to(device)
        self._offset = torch.tensor(offsets, dtype=torch.long, device=device)
        self._size = torch.tensor(sizes, dtype=torch.long, device=device).view(-1, 2)

    def _words(self, picture: np.ndarray) -> np.ndarray:
        if self.grey:
            return picture.ravel()
        blue, green, red = (picture[..., c].astype(np.uint32).ravel() for c in range(3))
        return red | green << 8 | blue << 16

    def __len__(self) -> int:
        return len(self._offset) // LEVELS

    def size(self, pictures: torch.Tensor) -> torch.Tensor:
        """Height and width [...,2] of pictures by their number."""
        return self._size[pictures * LEVELS]

    def sample(self, pictures: torch.Tensor, shrink: torch.Tensor, x: torch.Tensor, y: torch.Tensor, padded=None):
        """Pixels at x, y (in pixels of the whole picture) as float32 in 0..255: RGB [3,...] or grey [...].

        `pictures` and `shrink` (pixels of the picture per pixel wanted) broadcast to x. Outside of the picture stands
        its edge, or grey where `padded` is true.
        """
        level = (shrink.clamp(min=1e-3).log2() + 0.35).floor().clamp(0, LEVELS - 1).long()
        rows = pictures * LEVELS + level
        (height, width), offset = self._size[rows].unbind(-1), self._offset[rows]
        whole_height, whole_width = self._size[pictures * LEVELS].unbind(-1)
        outside = (x < 0) | (x > whole_width) | (y < 0) | (y > whole_height)
        x = (x * (width / whole_width)).nan_to_num().clamp(-1e4, 1e4) - 0.5
        y = (y * (height / whole_height)).nan_to_num().clamp(-1e4, 1e4) - 0.5
        left, top = x.floor(), y.floor()
        across, down = x - left, y - top
        left, top = left.long(), top.long()
        nil = torch.zeros_like(width)
        columns = left.clamp(min=0).minimum(width - 1), (left + 1).maximum(nil).minimum(width - 1)
        lines = top.clamp(min=0).minimum(height - 1), (top + 1).maximum(nil).minimum(height - 1)
        result = 0
        for line, weight_y in zip(lines, (1 - down, down)):
            for column, weight_x in zip(columns, (1 - across, across)):
                words = self._flat[offset + line * width + column]
                result = result + self._colours(words) * (weight_y * weight_x)
        if padded is not None:
            result = torch.where(outside & padded, float(PADDING_COLOUR[0]), result)
        return result

    def _colours(self, words: torch.Tensor) -> torch.Tensor:
        if self.grey:
            return words.float()
        return torch.stack((words & 255, words >> 8 & 255, words >> 16 & 255)).float()


def grey_of(colours: torch.Tensor) -> torch.Tensor:
    """BT.601 of RGB [3,...]."""
    return 0.299 * colours[0] + 0.587 * colours[1] + 0.114 * colours[2]
