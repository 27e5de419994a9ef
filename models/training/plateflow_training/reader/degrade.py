"""What lies between a plate and its crop: perspective, distance, lens, light, weather and compression.

Every effect works at the size the plate has in the photo ("native"), where it also happens in a camera, and only
then is the crop brought to the reader's input size.
"""

import cv2
import numpy as np

from .levelling import level

_INTERPOLATIONS = (cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA)


def tilted_quad(aspect: float, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """Corners of a plate of width ``aspect`` and height 1 seen from the side, from above, or tilted."""
    half = np.array([[-aspect, -1], [aspect, -1], [aspect, 1], [-aspect, 1]]) / 2
    # A camera beside a gate sees most plates on a slope; a camera above a road hardly any.
    steep = rng.random() < 0.45
    # Motorcycles lean on their stands.
    lean = 14.0 if steep and aspect < 3 else 5.0
    angle = np.radians(np.clip(rng.normal(0, lean), -34, 34)) * strength
    shear_y = np.clip(rng.normal(0, 0.2 if steep else 0.05), -0.42, 0.42) * strength
    shear_x = rng.normal(0, 0.16) * strength
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shear = np.array([[1, shear_x], [shear_y, 1]])
    quad = half @ (turn @ shear).T
    # The far end of a plate seen at an angle is lower.
    far = 1 + rng.normal(0, 0.06) * strength
    quad[[1, 2], 1] *= far
    quad[[0, 1], 0] *= 1 + rng.normal(0, 0.02) * strength
    return quad + rng.normal(0, 0.012, (4, 2)) * strength


def crop_margins(rng: np.random.Generator) -> np.ndarray:
    """Left, top, right, bottom margin around the plate's box, as fractions of its size: detectors are loose."""
    centre = rng.choice([0.0, 0.05, 0.1, 0.18], p=[0.2, 0.35, 0.3, 0.15])
    return np.clip(rng.normal(centre, 0.045, 4), -0.04, 0.28)


def native_size(
    quad: np.ndarray, margins: np.ndarray, rng: np.random.Generator, lowest: float = 15.0, tallest: float = 75.0
) -> tuple[int, int]:
    """Size in pixels of the crop in the photo, from the plate's own height there."""
    height = np.exp(rng.uniform(np.log(lowest), np.log(max(tallest, lowest + 3))))
    squeeze = rng.uniform(0.5, 0.9) if rng.random() < 0.4 else rng.normal(1.0, 0.08)  # photos squeezed into squares
    if squeeze < 0.7:
        height = max(height, 17.0)
    span = (quad.max(0) - quad.min(0)) * (1 + margins[:2] + margins[2:])
    return int(np.clip(round(span[0] * height * squeeze), 24, 300)), int(np.clip(round(span[1] * height), 13, 200))


def warp_into(
    image: np.ndarray,
    source: np.ndarray,
    quad: np.ndarray,
    margins: np.ndarray,
    size: tuple[int, int],
    background: np.ndarray | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Maps ``source`` (4 corners in ``image``) to ``quad`` and cuts its box plus margins at ``size``.

    Without a background the image's own surroundings fill the crop. Also returns the mapping, from pixels of ``image``
    to the crop in 0..1.
    """
    low, high = quad.min(0), quad.max(0)
    span = high - low
    low = low - margins[:2] * span
    high = high + margins[2:] * span
    target = ((quad - low) / (high - low) * np.array(size)).astype(np.float32)
    mapping = cv2.getPerspectiveTransform(
        np.ascontiguousarray(source, np.float32), (target / np.array(size)).astype(np.float32)
    )
    # Shrinking by more than 1.6 would alias: halve the source by area first.
    shrink = np.linalg.norm(source[1] - source[0]) / max(1.0, np.linalg.norm(target[1] - target[0]))
    shrink_y = np.linalg.norm(source[3] - source[0]) / max(1.0, np.linalg.norm(target[3] - target[0]))
    fx, fy = (1 / s if s > 1.3 else 1.0 for s in (shrink, shrink_y))
    if fx < 1 or fy < 1:
        h, w = image.shape[:2]
        nw, nh = max(4, round(w * fx)), max(4, round(h * fy))
        image = cv2.resize(image, (nw, nh), interpolation=cv2.INTER_AREA)
        source = source * np.array([nw / w, nh / h])
    matrix = cv2.getPerspectiveTransform(
        np.ascontiguousarray(source, np.float32), np.ascontiguousarray(target, np.float32)
    )
    if background is None:
        return cv2.warpPerspective(
            image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ), mapping
    crop = cv2.resize(background, size, interpolation=cv2.INTER_AREA)
    mask = np.full(image.shape[:2], 255, np.uint8)
    mask[[0, -1]] = 0
    mask[:, [0, -1]] = 0
    plate = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpPerspective(mask, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    alpha = mask.astype(np.float32) / 255
    return (crop + (plate.astype(np.float32) - crop) * alpha).astype(np.uint8), mapping


def photograph(crop: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """Light, lens, sensor and compression on a grey crop of native size.

    ``strength`` below 1 for photos, which had theirs.
    """
    h, w = crop.shape
    image = crop.astype(np.float32)
    if rng.random() < 0.6 * strength:  # uneven light, shadow edges
        image *= _light_ramp(h, w, rng)
    if rng.random() < 0.85:
        image = _exposure(image, rng, strength)
    if rng.random() < 0.22 * strength:
        image = _glare(image, rng)
    if rng.random() < 0.12 * strength:
        image = _bloom(image, rng)
    if rng.random() < 0.06:
        _cover(image, rng)
    if rng.random() < 0.06 * strength:
        _rain(image, rng)
    scale = min(1.0, h / 34)  # what a blur of one pixel does to a letter depends on the letter's size
    if rng.random() < 0.55 * strength:
        sigma = rng.gamma(2.0, 0.32) * scale + 0.05
        image = cv2.GaussianBlur(image, (0, 0), min(sigma, h / 14 + 0.2))
    if rng.random() < 0.12 * strength:
        image = _motion_blur(image, rng)
    if rng.random() < 0.5:
        image += rng.standard_normal((h, w), np.float32) * (rng.gamma(1.5, 3.0) * strength)
    if rng.random() < 0.35:  # cameras sharpen, with overshoot
        soft = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.7, 1.6))
        image += (image - soft) * rng.uniform(0.4, 2.2)
    out = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.75:
        quality = int(rng.integers(18, 92)) if h > 24 else int(rng.integers(30, 95))
        out = cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE)
    if rng.random() < 0.08:
        out = 255 - out
    return out


def to_input(crop: np.ndarray, rng: np.random.Generator, width: int, slope: float) -> np.ndarray:
    """To the reader's size by an interpolation that the caller of the product may use, levelled by ``slope``."""
    method = _INTERPOLATIONS[int(rng.integers(len(_INTERPOLATIONS)))]
    if crop.shape[1] > width * 1.3 and method != cv2.INTER_AREA:
        method = cv2.INTER_AREA if rng.random() < 0.7 else method
    if rng.random() < 0.12:  # a camera's or a video's own scaling before ours
        f = rng.uniform(0.75, 2.2)
        crop = cv2.resize(
            crop, (max(16, round(crop.shape[1] * f)), max(10, round(crop.shape[0] * f))), interpolation=cv2.INTER_CUBIC
        )
    return level(crop, slope, width, method)


def _light_ramp(h, w, rng):
    x = np.linspace(-1, 1, w, dtype=np.float32)[None]
    y = np.linspace(-1, 1, h, dtype=np.float32)[:, None]
    angle = rng.uniform(0, 2 * np.pi)
    along = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(-0.7, 0.7)
    if rng.random() < 0.3:
        along = np.tanh(along * rng.uniform(3, 12))
    return 1 + along * rng.uniform(0.05, 0.45)


def _exposure(image, rng, strength):
    """Black and white points: from full range down to a plate that hardly stands out of the night."""
    low, high = np.percentile(image[:: max(1, image.shape[0] // 12), :: max(1, image.shape[1] // 24)], (2, 98))
    span = max(12.0, high - low)
    contrast = rng.uniform(0.45, 1.3) if rng.random() < 0.6 else np.exp(rng.uniform(np.log(0.17), np.log(1.0)))
    contrast = 1 + (contrast - 1) * strength
    new_span = min(span, 235.0) * contrast
    base = rng.uniform(-15, max(-10.0, 250 - new_span))
    unit = np.clip((image - low) / span, -0.4, 1.4)
    if rng.random() < 0.5:
        unit = np.sign(unit) * np.abs(unit) ** np.exp(rng.normal(0, 0.35))
    return base + unit * new_span


def _glare(image, rng):
    h, w = image.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    cx, cy = rng.uniform(-0.1, 1.1) * w, rng.uniform(-0.2, 1.2) * h
    sx, sy = rng.uniform(0.08, 0.5) * w, rng.uniform(0.15, 0.8) * h
    spot = np.exp(-(((x - cx) / sx) ** 2 + ((y - cy) / sy) ** 2))
    if rng.random() < 0.4:  # haze of headlights washes the contrast out instead of adding to it
        veil = rng.uniform(0.3, 0.8) * spot
        return image * (1 - veil) + rng.uniform(150, 255) * veil
    return image + spot * rng.uniform(40, 220)


def _bloom(image, rng):
    """A reflecting plate in a lamp's light: the white runs over into the strokes, which thin and break."""
    white = np.percentile(image[:: max(1, image.shape[0] // 12), :: max(1, image.shape[1] // 24)], 90)
    over = np.clip(image - white * rng.uniform(0.7, 0.95), 0, None)
    spread = cv2.GaussianBlur(over, (0, 0), rng.uniform(0.04, 0.12) * image.shape[0])
    return image * rng.uniform(1.0, 1.4) + spread * rng.uniform(0.8, 3.0)


def _cover(image, rng):
    """Something before the plate or on it: a sticker, a cable, a rail, the shadow of one."""
    h, w = image.shape
    shade = float(rng.uniform(0, 255))
    before = image.copy()
    kind = rng.random()
    if kind < 0.4:  # a sticker on its corner
        x, y, size = rng.uniform(0, w), rng.uniform(0.3, 1.0) * h, rng.uniform(0.1, 0.25) * h
        corners = np.array([[x, y - size], [x + size, y], [x, y + size], [x - size, y]])
        cv2.fillPoly(image, [np.round(corners).astype(np.int32)], shade, cv2.LINE_AA)
    elif kind < 0.75:  # a rail along the upper or the lower edge
        edge = rng.uniform(-0.02, 0.16) * h
        y, slope = (edge if rng.random() < 0.4 else h - edge), rng.normal(0, 0.04) * h
        cv2.line(
            image,
            (0, round(y - slope)),
            (w, round(y + slope)),
            shade,
            max(1, round(rng.uniform(0.05, 0.14) * h)),
            cv2.LINE_AA,
        )
    else:  # a cable across
        x, lean = rng.uniform(0, w), rng.normal(0, 0.5) * h
        cv2.line(
            image,
            (round(x - lean), 0),
            (round(x + lean), h),
            shade,
            max(1, round(rng.uniform(0.03, 0.07) * h)),
            cv2.LINE_AA,
        )
    image += (before - image) * rng.uniform(0.0, 0.5)


def _rain(image, rng):
    h, w = image.shape
    slope = rng.uniform(-0.4, 0.4)
    for _ in range(int(rng.integers(3, 16))):
        x, y, length = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0.15, 0.6) * h
        cv2.line(
            image,
            (round(x), round(y)),
            (round(x + slope * length), round(y + length)),
            float(rng.uniform(120, 255)),
            1,
            cv2.LINE_AA,
        )


def _motion_blur(image, rng):
    h, w = image.shape
    length = max(2, round(rng.uniform(0.03, 0.12) * h * (w / h) ** 0.5))
    size = length * 2 + 1
    kernel = np.zeros((size, size), np.float32)
    angle = rng.uniform(0, np.pi)
    dx, dy = np.cos(angle) * length / 2, np.sin(angle) * length / 2
    cv2.line(
        kernel, (round(length - dx), round(length - dy)), (round(length + dx), round(length + dy)), 1.0, 1, cv2.LINE_AA
    )
    return cv2.filter2D(image, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)
