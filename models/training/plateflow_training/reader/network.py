"""The network.

A convolutional trunk keeps columns four pixels wide (48 of a crop of 192) apart and eight rows within each. Three
streams (first line, second line, date) look at the columns through an attention over the rows of each column, so that
a tilted or a two-line plate needs no rectification; each stream is a CTC lattice (Graves et al., 2006) of its own.
The second stream of a one-line plate, and the date stream of a plate without date, is all blank.
"""

from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from .alphabet import ALPHABET, COUNTRIES

STREAMS = ("line1", "line2", "date")
STEEPEST = 0.7  # rise of a line over the crop's width that is believed, in crop heights


def _conv(inputs, outputs, kernel=3, stride=(1, 1), padding=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class _Residual(nn.Module):
    """A convolution that adds to its input (after He et al., 2016). A quiet one begins as doing nothing (Goyal et
    al., 2017), so that a trained network can be deepened by it (Chen et al., Net2Net, 2016)."""

    def __init__(self, channels, quiet=False):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))
        if quiet:
            nn.init.zeros_(self.conv[1].weight)

    def forward(self, x):
        return F.relu(x + self.conv(x), inplace=True)


def _context(inputs, outputs, kernel, dilation=1):
    return nn.Sequential(
        nn.Conv1d(inputs, outputs, kernel, 1, dilation * (kernel // 2), dilation, bias=False),
        nn.BatchNorm1d(outputs),
        nn.ReLU(inplace=True),
    )


class _ResidualContext(nn.Module):
    """The same along the columns."""

    def __init__(self, channels, kernel, dilation):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv1d(channels, channels, kernel, 1, dilation * (kernel // 2), dilation, bias=False),
            nn.BatchNorm1d(channels),
        )
        nn.init.zeros_(self.conv[1].weight)

    def forward(self, x):
        return F.relu(x + self.conv(x))


class _FineStrokes(nn.Module):
    """What one wide step from pixels to columns cannot tell: the tail of a Q, the bar of an E.

    Small steps over the same pixels, added to what the wide step saw. Its last layer begins as doing nothing.
    """

    def __init__(self, outputs):
        super().__init__()
        self.steps = nn.Sequential(_conv(1, 16, 3, (2, 2)), _conv(16, 24), _conv(24, 32, 3, (2, 2)))
        self.join = nn.Conv2d(32, outputs, 1)
        nn.init.zeros_(self.join.weight)
        nn.init.zeros_(self.join.bias)

    def forward(self, image):
        return self.join(self.steps(image))


class PlateReader(nn.Module):
    def __init__(self, widths=(32, 64), context=96, look=16):
        super().__init__()
        b, c = widths
        # One wide step from pixels to columns: on a CPU the first maps cost by their size, not by their arithmetic.
        self.trunk = nn.Sequential(
            _conv(1, b, 8, (4, 4), 2), _conv(b, b), _Residual(b), _conv(b, c, 3, (2, 1)), _Residual(c)
        )
        # Beside the trunk, not in it, so that weights of the shallower network still fit.
        self.fine_strokes = _FineStrokes(b)
        self.deeper_fine = _Residual(b, quiet=True)
        self.deeper_fine2 = _Residual(b, quiet=True)
        self.deeper = nn.Sequential(*(_Residual(c, quiet=True) for _ in range(5)))
        rows = 8
        self.column = nn.Sequential(
            _context(rows * c, context, 1), _context(context, context, 5), _context(context, context, 5, 2)
        )
        self.deeper_column = nn.Sequential(_ResidualContext(context, 5, 4), _ResidualContext(context, 3, 1))
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
        """(N, 1, 64, W) in 0..1 to logits: (N, W / 4, 37) twice, (N, W / 4, 11) and (N, countries)."""
        return self.look(image)[0]

    def look(self, image):
        """The same, and where each stream looked: (N, streams, rows, columns)."""
        image = (image - 0.5) * 4.0
        x = self.trunk[0](image) + self.fine_strokes(image)
        x = self.deeper_fine2(self.deeper_fine(self.trunk[1:3](x)))
        x = self.deeper(self.trunk[3:](x))
        n, c, h, w = x.shape
        context = self.deeper_column(self.column(x.reshape(n, c * h, w)))
        looked = torch.tanh(self.look_map(x) + self.look_context(context).unsqueeze(2) + self.row_code)
        attention = torch.softmax(self.look_score(looked), dim=2)  # (N, streams, rows, columns)
        logits = []
        for index, head in enumerate(self.heads):
            seen = (x * attention[:, index : index + 1]).sum(2)
            logits.append(head(torch.cat([seen, context], 1)).transpose(1, 2))
        return (*logits, self.country(context.mean(2))), attention


class DateReader(nn.Module):
    """The MM.YY line of a levelled crop.

    Its digits are four pixels wide: too narrow for the text's columns, so it has its own.
    """

    TOP = 24  # the line is in the lower rows
    COLUMNS = 96

    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(
            _conv(1, 16, 5, (2, 2), 2), _conv(16, 32, 3, (2, 1)), _Residual(32), _conv(32, 48, 3, (2, 1))
        )
        self.columns = nn.Sequential(
            _context(5 * 48, 64, 1), _context(64, 64, 5), _context(64, 64, 5, 2), nn.Conv1d(64, 11, 1)
        )

    def forward(self, image):
        """(N, 1, 64, 192) in 0..1 to logits (N, 96, 11)."""
        x = self.trunk((image[:, :, self.TOP :] - 0.5) * 4.0)
        n, c, h, w = x.shape
        return self.columns(x.reshape(n, c * h, w)).transpose(1, 2)


def load_reader(path: Path) -> PlateReader:
    """Layers that a shallower network's weights lack begin as doing nothing."""
    reader = PlateReader().eval()
    strange = reader.load_state_dict({**reader.state_dict(), **torch.load(path, map_location="cpu")["averaged"]})
    assert not strange.unexpected_keys, strange
    return reader


def line_slope(attention, line):
    """Rise of the line over the crop's width, in crop heights: a regression over the columns that hold a character."""
    rows, columns = attention.shape[1], attention.shape[2]
    weight = 1.0 - line[:, :, 0] + 1e-4
    weight = weight / weight.sum(1, keepdim=True)
    y = (attention * torch.arange(rows, dtype=torch.float32)[None, :, None]).sum(1)
    x = torch.arange(columns, dtype=torch.float32)[None]
    dx = x - (weight * x).sum(1, keepdim=True)
    dy = y - (weight * y).sum(1, keepdim=True)
    slope = (weight * dx * dy).sum(1) / ((weight * dx * dx).sum(1) + 1e-3)
    return (slope * columns / rows).clamp(-STEEPEST, STEEPEST)


class LevelReader(nn.Module):
    """What is exported of a second reader: reads crops that are level already."""

    def __init__(self, reader: PlateReader):
        super().__init__()
        self.reader = reader

    def forward(self, image):
        line1, line2, _, country = self.reader(image)
        return torch.cat([torch.softmax(line1, 2), torch.softmax(line2, 2)], 1), torch.softmax(country, 1)


class RectifyingReader(nn.Module):
    """What is exported of a first reader: reads a crop, levels it by the slope at which the first line was seen,
    reads again.

    Of the two readings the one whose lattice is surer is kept, plate by plate. Plates beside a gate slope by a third of
    their box's height; level ones come out as they were. The date is read off the levelled crop by a network of its
    own, where there is one. The slope is told as well: who has the photo can level it better than a small crop.
    """

    ROOM = 0.6  # a level line needs less height than its sloping box had: how much of that is given back as size

    def __init__(self, reader: PlateReader, dates: DateReader | None):
        super().__init__()
        self.reader, self.dates = reader, dates

    def forward(self, image):
        *first, attention = self._read(image)
        slope = line_slope(attention[:, 0], first[0][:, : int(first[0].shape[1]) // 2])
        levelled = self._levelled(image, slope)
        *second, _ = self._read(levelled)
        better = (self._sureness(second[0]) > self._sureness(first[0]))[:, None]
        text = torch.where(better[:, :, None], second[0], first[0])
        country = torch.where(better, second[1], first[1])
        dates = (torch.softmax(self.dates(levelled), 2),) if self.dates else ()
        return (text, *dates, country, slope)

    def _read(self, image):
        (line1, line2, _, country), attention = self.reader.look(image)
        text = torch.cat([torch.softmax(line1, 2), torch.softmax(line2, 2)], 1)
        return text, torch.softmax(country, 1), attention

    @staticmethod
    def _sureness(text):
        return text.max(2).values.clamp(min=1e-6).log().sum(1)

    def _levelled(self, image, slope):
        height, width = (int(side) for side in image.shape[2:])
        x = ((torch.arange(width, dtype=torch.float32) + 0.5) / width * 2 - 1)[None, None].expand(-1, height, -1)
        y = ((torch.arange(height, dtype=torch.float32) + 0.5) / height * 2 - 1)[None, :, None]
        slope = slope[:, None, None]
        across = x + 0 * slope
        down = slope * x + (1 - self.ROOM * slope.abs()) * y
        return F.grid_sample(
            image, torch.stack([across, down], 3), mode="bilinear", padding_mode="border", align_corners=False
        )
