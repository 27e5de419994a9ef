"""Transforms of points and boxes, a batch at a time."""

import torch


def homography(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """[N,3,3] that brings four points [N,4,2] onto four others."""
    x, y = source.double().unbind(-1)
    u, v = target.double().unbind(-1)
    one, nil = torch.ones_like(x), torch.zeros_like(x)
    rows_u = torch.stack((x, y, one, nil, nil, nil, -u * x, -u * y), -1)
    rows_v = torch.stack((nil, nil, nil, x, y, one, -v * x, -v * y), -1)
    matrix, right = torch.cat((rows_u, rows_v), 1), torch.cat((u, v), 1)
    # Without a look at whether it could be solved, for which a GPU would have to be waited for.
    solved, _ = torch.linalg.solve_ex(matrix, right.unsqueeze(-1))
    return torch.cat((solved.squeeze(-1), one[:, :1]), 1).view(-1, 3, 3).float()


def moved(matrix: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Points of any shape [N,...] after one [3,3] transform per sample [N,3,3]."""
    m = matrix.reshape(matrix.shape[0], 3, 3, *(1 for _ in x.shape[1:]))
    depth = m[:, 2, 0] * x + m[:, 2, 1] * y + m[:, 2, 2]
    depth = torch.where(depth.abs() < 1e-6, 1e-6, depth)
    return (m[:, 0, 0] * x + m[:, 0, 1] * y + m[:, 0, 2]) / depth, (
        m[:, 1, 0] * x + m[:, 1, 1] * y + m[:, 1, 2]
    ) / depth


def moved_boxes(matrix: torch.Tensor, boxes: torch.Tensor) -> torch.Tensor:
    """Boxes around the moved corners of boxes [N,M,4], one transform [3,3] per sample."""
    x1, y1, x2, y2 = boxes.unbind(-1)
    x, y = moved(matrix, torch.stack((x1, x2, x2, x1), -1), torch.stack((y1, y1, y2, y2), -1))
    return torch.stack((x.amin(-1), y.amin(-1), x.amax(-1), y.amax(-1)), -1)


def matrices(*rows) -> torch.Tensor:
    """[N,3,3] out of two rows of three entries, each a tensor [N] or a number."""
    one = next(entry for row in rows for entry in row if isinstance(entry, torch.Tensor))
    columns = [e if isinstance(e, torch.Tensor) else torch.full_like(one, e) for row in rows for e in row]
    nil, whole = torch.zeros_like(one), torch.ones_like(one)
    return torch.stack((*columns, nil, nil, whole), -1).view(-1, 3, 3)


def window_matrix(window: torch.Tensor, size: torch.Tensor, angle, shear, mirror) -> torch.Tensor:
    """[N,3,3] that brings windows [N,4] (x1,y1,x2,y2 of the photo) onto sizes [N,2] (height, width).

    The batched twin of plateflow_training.detectors.augment.window_transform.
    """
    height, width = size.unbind(-1)
    scale_x = width / (window[:, 2] - window[:, 0]) * torch.where(mirror, -1.0, 1.0)
    scale_y = height / (window[:, 3] - window[:, 1])
    x, y = (window[:, 0] + window[:, 2]) / 2, (window[:, 1] + window[:, 3]) / 2
    cosine, sine = angle.cos(), angle.sin()
    a, b = cosine * scale_x, (cosine * shear - sine) * scale_x
    c, d = sine * scale_y, (sine * shear + cosine) * scale_y
    return matrices((a, b, width / 2 - a * x - b * y), (c, d, height / 2 - c * x - d * y))


def inverted(matrix: torch.Tensor) -> torch.Tensor:
    """The way back of affine transforms [N,3,3]."""
    (a, b, e), (c, d, f) = (matrix[:, row].unbind(-1) for row in range(2))
    area = a * d - b * c
    area = torch.where(area.abs() < 1e-9, 1e-9, area)
    return matrices((d / area, -b / area, (b * f - d * e) / area), (-c / area, a / area, (c * e - a * f) / area))


def settled(window: torch.Tensor, size: torch.Tensor, most_margin: float = 1.2) -> torch.Tensor:
    """Windows [N,4] shrunk and shifted so that they show mostly photo of size [N,2] (height, width)."""
    photo = size.flip(1).float()
    extent = window[:, 2:] - window[:, :2]
    shrink = (most_margin * (photo / extent).amax(1)).clamp(max=1.0)
    shrink = torch.minimum(shrink, 2.0 * (photo / extent).amin(1))
    half = extent * shrink[:, None] / 2
    low, high = torch.minimum(half, photo - half), torch.maximum(half, photo - half)
    middle = ((window[:, :2] + window[:, 2:]) / 2).maximum(low).minimum(high)
    return torch.cat((middle - half, middle + half), 1)


def visible(boxes: torch.Tensor, frame: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Boxes [...,4] cut at frames that broadcast to them, and the share of each that is left."""
    clipped = torch.cat((boxes[..., :2].maximum(frame[..., :2]), boxes[..., 2:].minimum(frame[..., 2:])), -1)
    left = (clipped[..., 2:] - clipped[..., :2]).clamp(min=0).prod(-1)
    return clipped, left / (boxes[..., 2:] - boxes[..., :2]).prod(-1).clamp(min=1e-6)
