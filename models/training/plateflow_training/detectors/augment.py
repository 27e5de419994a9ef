"""Geometric and photometric changes of training photos. Every random draw comes from the generator handed in."""

from dataclasses import dataclass

import cv2
import numpy as np

PADDING_COLOUR = (114, 114, 114)
NO_BOXES = np.zeros((0, 4), np.float32)


@dataclass
class Sample:
    """One input of the network: RGB-ordered pixels, boxes with classes, and regions that teach nothing."""

    pixels: np.ndarray
    boxes: np.ndarray
    classes: np.ndarray
    ignored: np.ndarray


def moved_boxes(matrix, boxes):
    """Bounding boxes of the boxes' corners after a 2x3 or 3x3 transform."""
    if len(boxes) == 0:
        return NO_BOXES
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    points = corners @ matrix[:2, :2].T + matrix[:2, 2]
    if matrix.shape[0] == 3:
        points = points / (corners @ matrix[2, :2, None] + matrix[2, 2])
    return np.concatenate((points.min(1), points.max(1)), 1).astype(np.float32)


def window_transform(window, size, angle=0.0, shear=0.0, mirror=False):
    """2x3 transform that brings window (x1,y1,x2,y2 of the photo) onto size (height, width)."""
    height, width = size
    x1, y1, x2, y2 = window
    scale_x, scale_y = width / (x2 - x1), height / (y2 - y1)
    to_middle = np.array([[1, 0, -(x1 + x2) / 2], [0, 1, -(y1 + y2) / 2], [0, 0, 1]])
    cosine, sine = np.cos(angle), np.sin(angle)
    turn = np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]]) @ np.array(
        [[1, shear, 0], [0, 1, 0], [0, 0, 1]]
    )
    scale = np.diag([-scale_x if mirror else scale_x, scale_y, 1])
    back = np.array([[1, 0, width / 2], [0, 1, height / 2], [0, 0, 1]])
    return (back @ scale @ turn @ to_middle)[:2]


def settled_window(window, photo_size, most_margin=1.2):
    """The window shrunk and shifted so that it shows mostly photo; padding teaches nothing."""
    x1, y1, x2, y2 = window
    photo_height, photo_width = photo_size
    width, height = x2 - x1, y2 - y1
    shrink = min(1.0, most_margin * max(photo_width / width, photo_height / height))
    shrink = min(shrink, 2.0 * min(photo_width / width, photo_height / height))
    middle = [(x1 + x2) / 2, (y1 + y2) / 2]
    width, height = width * shrink, height * shrink
    for axis, (extent, full) in enumerate(((width, photo_width), (height, photo_height))):
        low, high = sorted((extent / 2, full - extent / 2))
        middle[axis] = min(max(middle[axis], low), high)
    return middle[0] - width / 2, middle[1] - height / 2, middle[0] + width / 2, middle[1] + height / 2


def cut_out(pixels, transform, size, random):
    """Warps the window out of the photo; shrinks by area first where it would alias."""
    scale = np.sqrt(abs(np.linalg.det(transform[:, :2])))
    if scale < 0.6:
        # An exact half per step keeps the arithmetic of the boxes untouched.
        steps = int(np.floor(np.log2(1 / scale) + 0.3))
        for _ in range(steps):
            pixels = cv2.resize(
                pixels, (max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2)), interpolation=cv2.INTER_AREA
            )
        transform = transform @ np.array([[2.0**steps, 0, 0], [0, 2.0**steps, 0], [0, 0, 1]])
    border = cv2.BORDER_CONSTANT if random.random() < 0.85 else cv2.BORDER_REPLICATE
    flag = cv2.INTER_LINEAR if random.random() < 0.8 else cv2.INTER_CUBIC
    return cv2.warpAffine(
        np.ascontiguousarray(pixels),
        transform,
        (size[1], size[0]),
        flags=flag,
        borderMode=border,
        borderValue=PADDING_COLOUR,
    )


def clip_boxes(boxes, size):
    """Boxes cut at the frame, and the share of each that is left."""
    if len(boxes) == 0:
        return boxes, np.zeros(0, np.float32)
    height, width = size
    clipped = boxes.copy()
    clipped[:, 0::2] = clipped[:, 0::2].clip(0, width)
    clipped[:, 1::2] = clipped[:, 1::2].clip(0, height)

    def area(b):
        return (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])

    return clipped, area(clipped) / np.maximum(area(boxes), 1e-6)


def _lit_table(random):
    """A lookup table per channel: gain, gamma, offset and colour cast in one."""
    levels = np.arange(256, dtype=np.float32) / 255
    gamma = np.exp(random.normal(0, 0.22))
    gain = np.exp(random.normal(0, 0.18))
    if random.random() < 0.08:
        gain *= random.uniform(0.2, 0.55)
    cast = np.exp(random.normal(0, 0.08, 3))
    curve = (levels**gamma * gain)[:, None] * cast + random.normal(0, 0.03)
    return (curve * 255).clip(0, 255).astype(np.uint8).reshape(1, 256, 3)


def add_glare(pixels, random, count):
    """Blown-out lamps with a halo, added as light."""
    height, width = pixels.shape[:2]
    light = np.zeros((height // 4 + 1, width // 4 + 1), np.float32)
    for _ in range(count):
        centre = (int(random.integers(0, light.shape[1])), int(random.integers(0, light.shape[0])))
        cv2.circle(
            light, centre, int(random.integers(1, max(3, light.shape[1] // 14))), float(random.uniform(0.7, 2.0)), -1
        )
    halo = cv2.GaussianBlur(light, (0, 0), float(random.uniform(2, light.shape[1] / 8)))
    light = cv2.resize(np.maximum(cv2.GaussianBlur(light, (0, 0), 0.8), 0.9 * halo), (width, height))
    tint = np.array([random.uniform(0.75, 1), random.uniform(0.85, 1), 1.0], np.float32)
    return (pixels + light[..., None] * tint * 255).clip(0, 255).astype(np.uint8)


def relight(pixels, random):
    """Lighting, colour, blur, noise and compression of a cheap camera."""
    if random.random() < 0.75:
        pixels = cv2.LUT(pixels, _lit_table(random))
    draw = random.random()
    if draw < 0.08:
        pixels = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    elif draw < 0.28:
        hsv = cv2.cvtColor(pixels, cv2.COLOR_BGR2HSV)
        hsv[..., 0] = (hsv[..., 0].astype(np.int16) + int(random.integers(-12, 13))) % 180
        hsv[..., 1] = cv2.multiply(hsv[..., 1], float(random.uniform(0.4, 1.5)))
        pixels = cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)
    if random.random() < 0.07:
        pixels = add_glare(pixels, random, int(random.integers(1, 4)))
    draw = random.random()
    if draw < 0.12:
        pixels = cv2.GaussianBlur(pixels, (0, 0), float(random.uniform(0.5, 1.6)))
    elif draw < 0.20:
        length = int(random.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        end = random.uniform(0, np.pi)
        offset = np.array([np.cos(end), np.sin(end)]) * length / 2
        middle = np.full(2, (length - 1) / 2)
        cv2.line(kernel, *(tuple(int(v) for v in np.round(p)) for p in (middle - offset, middle + offset)), 1.0)
        pixels = cv2.filter2D(pixels, -1, kernel / max(kernel.sum(), 1))
    elif draw < 0.25:
        soft = cv2.GaussianBlur(pixels, (0, 0), 1.0)
        pixels = cv2.addWeighted(pixels, 1.7, soft, -0.7, 0)
    if random.random() < 0.12:
        height, width = pixels.shape[:2]
        grain = random.standard_normal((height // 2, width // 2, 1), np.float32) * random.uniform(2, 10)
        pixels = (
            (pixels + cv2.resize(grain, (width, height), interpolation=cv2.INTER_NEAREST)[..., None])
            .clip(0, 255)
            .astype(np.uint8)
        )
    if random.random() < 0.15:
        _, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(25, 80))])
        pixels = cv2.imdecode(encoded, cv2.IMREAD_COLOR)
    return pixels
