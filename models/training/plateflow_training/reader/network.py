"""The network.

A convolutional trunk keeps 48 columns of the crop apart and eight rows within each. Three streams (first line,
second line, date) look at the columns through an attention over the rows of each column, so that a tilted or a
two-line plate needs no rectification; each stream is a CTC lattice (Graves et al., 2006) of its own. The second
stream of a one-line plate, and the date stream of a plate without date, is all blank.
"""

import torch
from torch import nn
from torch.nn import functional as F

from .alphabet import ALPHABET, COUNTRIES

STREAMS = ("line1", "line2", "date")


def _conv(inputs, outputs, kernel=3, stride=(1, 1), padding=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    """A convolution that adds to its input (after He et al., 2016)."""

    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.conv(x), inplace=True)


def _context(inputs, outputs, kernel, dilation=1):
    return nn.Sequential(
        nn.Conv1d(inputs, outputs, kernel, 1, dilation * (kernel // 2), dilation, bias=False), nn.BatchNorm1d(outputs), nn.ReLU(inplace=True))


class PlateReader(nn.Module):
    def __init__(self, widths=(32, 64), context=96, look=16):
        super().__init__()
        b, c = widths
        # One wide step from pixels to columns: on a CPU the first maps cost by their size, not by their arithmetic.
        self.trunk = nn.Sequential(
            _conv(1, b, 8, (4, 4), 2), _conv(b, b), _Residual(b), _conv(b, c, 3, (2, 1)), _Residual(c))
        rows = 8
        self.column = nn.Sequential(_context(rows * c, context, 1), _context(context, context, 5), _context(context, context, 5, 2))
        self.look_map = nn.Conv2d(c, look * len(STREAMS), 1)
        self.look_context = nn.Conv1d(context, look * len(STREAMS), 1)
        self.look_score = nn.Conv2d(look * len(STREAMS), len(STREAMS), 1, groups=len(STREAMS))
        # Where a row lies matters as much as what is in it.
        self.row_code = nn.Parameter(torch.zeros(1, look * len(STREAMS), rows, 1))
        nn.init.normal_(self.row_code, std=0.5)
        self.heads = nn.ModuleList()
        for stream in STREAMS:
            symbols = 11 if stream == "date" else len(ALPHABET) + 1
            self.heads.append(nn.Sequential(_context(c + context, context, 3), nn.Conv1d(context, symbols, 1)))
        self.country = nn.Linear(context, len(COUNTRIES))

    def forward(self, image):
        """(N, 1, 64, 192) in 0..1 to logits: (N, 48, 37) twice, (N, 48, 11) and (N, countries)."""
        return self.look(image)[0]

    def look(self, image):
        """The same, and where each stream looked: (N, streams, rows, columns)."""
        x = self.trunk((image - 0.5) * 4.0)
        n, c, h, w = x.shape
        context = self.column(x.reshape(n, c * h, w))
        looked = torch.tanh(self.look_map(x) + self.look_context(context).unsqueeze(2) + self.row_code)
        attention = torch.softmax(self.look_score(looked), dim=2)  # (N, streams, rows, columns)
        logits = []
        for index, head in enumerate(self.heads):
            seen = (x * attention[:, index : index + 1]).sum(2)
            logits.append(head(torch.cat([seen, context], 1)).transpose(1, 2))
        return (*logits, self.country(context.mean(2))), attention
