"""Random numbers for a whole batch at once, on its device."""

from functools import cache

import torch


@cache
def resident(numbers: tuple, device: torch.device) -> torch.Tensor:
    """Constants as a tensor on the device, brought there once: a copy would make the program wait for the device."""
    return torch.tensor(numbers, dtype=torch.float32, device=device)


class Draws:
    """One row of draws per sample. The same seed and step give the same draws on one kind of device."""

    def __init__(self, count: int, device: torch.device, seed: int, step: int):
        self.count, self.device = count, device
        self._generator = torch.Generator(device)
        self._generator.manual_seed((seed * 1_000_003 + step) % 2**63)

    def uniform(self, low=0.0, high=1.0, *shape) -> torch.Tensor:
        drawn = torch.rand(self.count, *shape, generator=self._generator, device=self.device)
        return low + (high - low) * drawn

    def between(self, low: float, high: float, *shape) -> torch.Tensor:
        """Evenly on a logarithmic scale."""
        ends = torch.tensor((low, high)).log()
        return self.uniform(float(ends[0]), float(ends[1]), *shape).exp()

    def normal(self, mean=0.0, deviation=1.0, *shape) -> torch.Tensor:
        return mean + deviation * torch.randn(self.count, *shape, generator=self._generator, device=self.device)

    def chance(self, probability) -> torch.Tensor:
        return self.uniform() < probability

    def integer(self, high, *shape) -> torch.Tensor:
        """0 up to, not with, `high`, which may be a tensor of one number per sample."""
        drawn = self.uniform(0, 1, *shape)
        limit = high.reshape(-1, *(1 for _ in shape)) if isinstance(high, torch.Tensor) else high
        return (drawn * limit).long().clamp(min=0)

    def pick(self, values: tuple, shares: tuple) -> torch.Tensor:
        ends = torch.tensor(shares).cumsum(0)[:-1]
        drawn = self.uniform(0, float(sum(shares)))
        result = torch.full((self.count,), float(values[0]), device=self.device)
        # Numbers of the program, not tensors: nothing has to be brought to the device.
        for end, value in zip(ends.tolist(), values[1:]):
            result = torch.where(drawn >= end, value, result)
        return result
