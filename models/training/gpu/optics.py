"""What a camera does to a picture, for a whole batch on its device: light, blur, noise and compression.

Pictures are float32 [N,C,H,W] in 0..255; every sample is treated in its own way by one and the same operations.
"""

import math

import torch
from torch.nn import functional as F

from .draws import Draws, resident

KERNEL = 9
BLOCK = 8
# Annex K of the JPEG standard, brightness.
QUANTA = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)


def per_sample(values: torch.Tensor) -> torch.Tensor:
    """[N] as [N,1,1,1]."""
    return values.view(-1, 1, 1, 1)


def _offsets(device) -> tuple[torch.Tensor, torch.Tensor]:
    steps = torch.arange(KERNEL, device=device, dtype=torch.float32) - KERNEL // 2
    return steps.view(1, 1, -1), steps.view(1, -1, 1)


def _summing_to_one(kernels: torch.Tensor) -> torch.Tensor:
    return kernels / kernels.sum((1, 2), keepdim=True)


def gaussian_kernels(sigma: torch.Tensor) -> torch.Tensor:
    """[N,KERNEL,KERNEL] for deviations [N] in pixels; one of nearly nothing leaves the picture as it is."""
    x, y = _offsets(sigma.device)
    sigma = sigma.clamp(0.05, KERNEL / 4).view(-1, 1, 1)
    return _summing_to_one(torch.exp(-(x * x + y * y) / (2 * sigma * sigma)))


def line_kernels(length: torch.Tensor, angle: torch.Tensor) -> torch.Tensor:
    """Motion by so many pixels [N] in a direction [N]."""
    x, y = _offsets(length.device)
    length, angle = length.view(-1, 1, 1), angle.view(-1, 1, 1)
    along = (x * angle.cos() + y * angle.sin()).abs()
    across = (y * angle.cos() - x * angle.sin()).abs()
    inside = (length.clamp(max=KERNEL - 2) / 2 + 0.5 - along).clamp(0, 1)
    return _summing_to_one(inside * (1 - across).clamp(min=0) + 1e-6)


def sharpening_kernels(sigma: torch.Tensor, amount: torch.Tensor) -> torch.Tensor:
    """The picture and `amount` times what a blur takes from it."""
    kernels = -amount.view(-1, 1, 1) * gaussian_kernels(sigma)
    kernels[:, KERNEL // 2, KERNEL // 2] += 1 + amount
    return kernels


def filtered(pictures: torch.Tensor, kernels: torch.Tensor) -> torch.Tensor:
    """Each picture by its own kernel [N,KERNEL,KERNEL]; edges are continued."""
    count, channels, height, _ = pictures.shape
    padded = F.pad(pictures, (KERNEL // 2,) * 4, mode="replicate").reshape(1, count * channels, height + KERNEL - 1, -1)
    weights = kernels.repeat_interleave(channels, 0).unsqueeze(1)
    return F.conv2d(padded, weights, groups=count * channels).reshape(pictures.shape)


def blurred(pictures: torch.Tensor, sigma: torch.Tensor) -> torch.Tensor:
    return filtered(pictures, gaussian_kernels(sigma))


def light_ramp(size: tuple[int, int], draws: Draws, strength: float) -> torch.Tensor:
    """[N,1,H,W]: light that grows across the picture, or the edge of a shadow."""
    x = torch.linspace(-1, 1, size[1], device=draws.device).view(1, 1, 1, -1)
    y = torch.linspace(-1, 1, size[0], device=draws.device).view(1, 1, -1, 1)
    angle = per_sample(draws.uniform(0, 2 * math.pi))
    along = x * angle.cos() + y * angle.sin() - per_sample(draws.uniform(-0.7, 0.7))
    hard = torch.tanh(along * per_sample(draws.uniform(3, 12)))
    along = torch.where(per_sample(draws.chance(0.3)), hard, along)
    return 1 + along * per_sample(draws.uniform(0.05, strength))


def spots(size: tuple[int, int], draws: Draws, narrow: tuple, wide: tuple) -> torch.Tensor:
    """[N,1,H,W] in 0..1: a lamp's glare anywhere in the picture; spreads are shares of its width and height."""
    x = torch.linspace(0, 1, size[1], device=draws.device).view(1, 1, 1, -1)
    y = torch.linspace(0, 1, size[0], device=draws.device).view(1, 1, -1, 1)
    far_x = (x - per_sample(draws.uniform(-0.1, 1.1))) / per_sample(draws.uniform(*narrow))
    far_y = (y - per_sample(draws.uniform(-0.2, 1.2))) / per_sample(draws.uniform(*wide))
    return torch.exp(-(far_x**2 + far_y**2))


def noisy(pictures: torch.Tensor, draws: Draws, deviation: torch.Tensor) -> torch.Tensor:
    grain = draws.normal(0, 1, 1, *pictures.shape[2:])
    return pictures + grain * per_sample(deviation)


def beyond_line(size: tuple[int, int], x, y, angle) -> torch.Tensor:
    """[N,H,W]: distance in pixels to lines through x, y [N] (pixels) at angles [N]."""
    columns = torch.arange(size[1], device=x.device).view(1, 1, -1) + 0.5
    rows = torch.arange(size[0], device=x.device).view(1, -1, 1) + 0.5
    cosine, sine = angle.cos().view(-1, 1, 1), angle.sin().view(-1, 1, 1)
    return ((rows - y.view(-1, 1, 1)) * cosine - (columns - x.view(-1, 1, 1)) * sine).abs()


def _cosines(device) -> torch.Tensor:
    n = torch.arange(BLOCK, device=device, dtype=torch.float32)
    waves = torch.cos(math.pi / BLOCK * (n + 0.5) * n.view(-1, 1)) * math.sqrt(2 / BLOCK)
    waves[0] /= math.sqrt(2)
    return waves


def compressed(pictures: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
    """What JPEG of qualities [N] leaves of pictures whose sides are multiples of eight."""
    count, channels, height, width = pictures.shape
    waves = _cosines(pictures.device)
    quanta = resident(QUANTA, pictures.device)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality).view(-1, 1, 1, 1, 1, 1) / 100
    steps = (quanta.view(1, 1, 1, BLOCK, 1, BLOCK) * scale).round().clamp(1, 255)
    blocks = pictures.reshape(count, channels, height // BLOCK, BLOCK, width // BLOCK, BLOCK) - 128
    # In float32 throughout: the products are small and rounding is what this is about.
    spectrum = torch.einsum("ua,nciajb,vb->nciujv", waves, blocks, waves)
    spectrum = (spectrum / steps).round() * steps
    blocks = torch.einsum("ua,nciujv,vb->nciajb", waves, spectrum, waves)
    return (blocks + 128).reshape(pictures.shape).clamp(0, 255)
