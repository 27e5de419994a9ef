"""A small anchor-free one-stage detector.

Backbone blocks split and rejoin their channels as in CSPNet (Wang et al., 2020), the deepest level pools at three
sizes (He et al., SPP, 2015), the neck goes down and up again (Liu et al., PANet, 2018), and the decoupled head is
shared by all levels (Tian et al., FCOS, 2019). Sides are predicted as distributions over bins (Li et al., generalised
focal loss, 2020). Dense 3x3 convolutions with ReLU are what one CPU core runs fastest, hence no depthwise ones.
"""

from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional

from . import efficient_lite

STRIDES = (8, 16, 32)
SIDE_BINS = 16
# A bin below zero lets a point just outside a plate that is lower than a stride still describe it.
FIRST_BIN = -1


@dataclass(frozen=True)
class DetectorShape:
    """Everything that decides the layers of a detector."""

    classes: int
    stem: int = 16
    channels: tuple[int, int, int, int] = (32, 64, 128, 160)
    depths: tuple[int, int, int, int] = (1, 1, 2, 1)
    neck: int = 48
    head: int = 48
    # "plain" is the backbone below; "efficient-lite0" one that can start from features learned on ImageNet.
    backbone: str = "plain"

    def as_dict(self):
        return asdict(self)

    @staticmethod
    def from_dict(values):
        return DetectorShape(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


def convolution(inputs, outputs, size=3, stride=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    def __init__(self, channels, shortcut=True):
        super().__init__()
        self.first = convolution(channels, channels)
        self.second = convolution(channels, channels)
        self.shortcut = shortcut

    def forward(self, x):
        y = self.second(self.first(x))
        return x + y if self.shortcut else y


class SplitBlock(nn.Module):
    """Half of the channels pass through residual convolutions, the other half around them."""

    def __init__(self, inputs, outputs, depth, shortcut=True):
        super().__init__()
        half = outputs // 2
        self.around = convolution(inputs, half, 1)
        self.through = nn.Sequential(convolution(inputs, half, 1), *(Residual(half, shortcut) for _ in range(depth)))
        self.join = convolution(2 * half, outputs, 1)

    def forward(self, x):
        return self.join(torch.cat((self.around(x), self.through(x)), 1))


class PyramidPooling(nn.Module):
    """Max-pools over 5, 9 and 13 cells, made of three 5x5 pools in a row."""

    def __init__(self, channels):
        super().__init__()
        self.narrow = convolution(channels, channels // 2, 1)
        self.join = convolution(channels // 2 * 4, channels, 1)

    def forward(self, x):
        levels = [self.narrow(x)]
        for _ in range(3):
            levels.append(functional.max_pool2d(levels[-1], 5, 1, 2))
        return self.join(torch.cat(levels, 1))


class Backbone(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.stem = convolution(3, shape.stem, 3, 2)
        before = (shape.stem, *shape.channels[:-1])
        self.stages = nn.ModuleList(
            nn.Sequential(convolution(i, o, 3, 2), SplitBlock(o, o, d))
            for i, o, d in zip(before, shape.channels, shape.depths)
        )
        self.pooling = PyramidPooling(shape.channels[-1])

    def forward(self, x):
        x = self.stem(x)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        levels[-1] = self.pooling(x)
        return levels[1:]


class PretrainableBackbone(nn.Module):
    """EfficientNet-Lite0 with the deepest level pooled like that of `Backbone`."""

    channels = efficient_lite.CHANNELS

    def __init__(self):
        super().__init__()
        self.features = efficient_lite.EfficientLite0()
        self.pooling = PyramidPooling(self.channels[-1])

    def forward(self, x):
        levels = self.features(x)
        levels[-1] = self.pooling(levels[-1])
        return levels


class Neck(nn.Module):
    def __init__(self, channels, width):
        super().__init__()
        self.lateral = nn.ModuleList(convolution(c, width, 1) for c in channels)
        self.down = nn.ModuleList(SplitBlock(2 * width, width, 1, False) for _ in range(2))
        self.shrink = nn.ModuleList(convolution(width, width, 3, 2) for _ in range(2))
        self.up = nn.ModuleList(SplitBlock(2 * width, width, 1, False) for _ in range(2))

    def forward(self, levels):
        fine, middle, coarse = (lateral(level) for lateral, level in zip(self.lateral, levels))
        middle = self.down[0](torch.cat((middle, functional.interpolate(coarse, scale_factor=2.0)), 1))
        fine = self.down[1](torch.cat((fine, functional.interpolate(middle, scale_factor=2.0)), 1))
        middle = self.up[0](torch.cat((self.shrink[0](fine), middle), 1))
        coarse = self.up[1](torch.cat((self.shrink[1](middle), coarse), 1))
        return fine, middle, coarse


class LevelwiseConvolution(nn.Module):
    """One kernel for all levels, normalised for each level apart.

    Levels differ in their statistics; a shared normalisation would see each level's own ones in training and a mixture
    of all in use (Lyu et al., RTMDet, 2022).
    """

    def __init__(self, inputs, outputs):
        super().__init__()
        self.kernel = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norms = nn.ModuleList(nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03) for _ in STRIDES)

    def forward(self, x, level):
        return functional.relu(self.norms[level](self.kernel(x)), inplace=True)


class Head(nn.Module):
    """Class logits and side distributions; kernels shared, the last layer is each level's own."""

    def __init__(self, width, inner, classes):
        super().__init__()
        self.class_features = LevelwiseConvolution(width, inner)
        self.side_features = LevelwiseConvolution(width, inner)
        self.class_logits = nn.ModuleList(nn.Conv2d(inner, classes, 1) for _ in STRIDES)
        self.side_logits = nn.ModuleList(nn.Conv2d(inner, 4 * SIDE_BINS, 1) for _ in STRIDES)
        for layer in self.class_logits:
            # Scores start near 1 %, so that the many empty points do not drown the first steps.
            nn.init.constant_(layer.bias, -4.6)

    def forward(self, levels):
        logits, sides = [], []
        for index, level in enumerate(levels):
            logits.append(self.class_logits[index](self.class_features(level, index)).flatten(2))
            sides.append(self.side_logits[index](self.side_features(level, index)).flatten(2))
        return torch.cat(logits, 2), torch.cat(sides, 2)


class Detector(nn.Module):
    """Maps images [N,3,H,W] (RGB, 0..1) to class logits [N,classes,points] and side logits [N,4*bins,points]."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        if shape.backbone == "efficient-lite0":
            self.backbone = PretrainableBackbone()
            channels = self.backbone.channels
        else:
            self.backbone = Backbone(shape)
            channels = shape.channels[1:]
        self.neck = Neck(channels, shape.neck)
        self.head = Head(shape.neck, shape.head, shape.classes)

    def forward(self, images):
        return self.head(self.neck(self.backbone(images)))


def grid_points(height, width, device=None):
    """Centres [points,2] in input pixels and strides [points,1] of every cell, finest level first."""
    centres, strides = [], []
    for stride in STRIDES:
        ys = (torch.arange(height // stride, device=device, dtype=torch.float32) + 0.5) * stride
        xs = (torch.arange(width // stride, device=device, dtype=torch.float32) + 0.5) * stride
        grid_y, grid_x = torch.meshgrid(ys, xs, indexing="ij")
        centres.append(torch.stack((grid_x, grid_y), -1).reshape(-1, 2))
        strides.append(torch.full_like(grid_x, float(stride)).reshape(-1, 1))
    return torch.cat(centres), torch.cat(strides)


def expected_sides(side_logits):
    """Mean of each side's distribution, in strides: [N,4*bins,points] -> [N,points,4] (left, top, right, bottom)."""
    batch, _, points = side_logits.shape
    bins = torch.arange(SIDE_BINS, device=side_logits.device, dtype=side_logits.dtype) + FIRST_BIN
    spread = side_logits.view(batch, 4, SIDE_BINS, points).softmax(2)
    return (spread * bins.view(1, 1, SIDE_BINS, 1)).sum(2).transpose(1, 2)


def corner_boxes(side_logits, centres, strides):
    """Boxes [N,points,4] as x1,y1,x2,y2 in input pixels."""
    sides = expected_sides(side_logits) * strides
    return torch.cat((centres - sides[..., :2], centres + sides[..., 2:]), -1)
