"""What a reader learns from: CTC over every stream, the country, and where characters stand on drawn plates."""

import torch
from torch.nn import functional as F

from .alphabet import BLANK


def ctc(logits, batch, stream, keep=None):
    """CTC loss of one stream per sample and character; an all-blank target is a target too.

    Targets lie one after another or, padded, in a row per sample. Lengths may stay on the CPU, where a GPU's CTC
    wants them.
    """
    log_probabilities = F.log_softmax(logits.float(), 2).transpose(0, 1)
    lengths = batch[stream + "_length"]
    steps = torch.full_like(lengths, logits.shape[1])
    loss = F.ctc_loss(log_probabilities, batch[stream], steps, lengths, BLANK, reduction="none", zero_infinity=True)
    loss = loss / (lengths.to(loss.device, non_blocking=True) + 2)
    if keep is not None:
        return (loss * keep).sum() / keep.sum().clamp(min=1)
    return loss.mean()


def guidance(outputs, attention, batch):
    """On drawn plates: cross-entropy of every column, and the rows to look at where a character stands."""
    # Weights instead of an index: a GPU need not be asked how many there are.
    drawn = batch["drawn"].float()
    columns, heights = batch["columns"], batch["heights"]
    share = drawn[:, None] / (drawn.sum().clamp(min=1) * columns.shape[2])
    loss = 0.0
    for index, logits in enumerate(outputs[:3]):
        target = columns[:, index]
        each = F.cross_entropy(logits.float().transpose(1, 2), target, reduction="none")
        loss = loss + (each * (1 + 2 * (target > 0)) * share).sum() * (1.0, 0.6, 0.4)[index]
    rows = attention.shape[2]
    place = (heights * rows - 0.5).clamp(0, rows - 1)
    row = torch.arange(rows, device=place.device)[None, None, :, None]
    weight = (1 - (row - place[:, :, None]).abs()).clamp(min=0)
    there = (heights >= 0).float() * drawn[:, None, None]
    looked = -(weight * torch.log(attention.float() + 1e-6)).sum(2)
    return loss + 0.3 * (looked * there).sum() / there.sum().clamp(min=1)


def losses(outputs, batch):
    line1, line2, date, country = outputs
    return (
        ctc(line1, batch, "line1")
        + 0.5 * ctc(line2, batch, "line2")
        + 0.3 * ctc(date, batch, "date", batch["date_known"].float())
        + 0.05 * F.cross_entropy(country.float(), batch["country"])
    )
