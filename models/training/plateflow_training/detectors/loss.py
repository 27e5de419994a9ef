"""Task-aligned assignment and the detector's loss.

Points are given to objects by the alignment of score and overlap (Feng et al., TOOD, 2021); boxes learn by complete
IoU (Zheng et al., 2020) and by the distribution focal loss (Li et al., 2020); classes by binary cross-entropy towards
the normalised alignment. Points inside an ignore region are taught nothing unless they belong to an object.
"""

import math

import torch
from torch.nn import functional

from .network import FIRST_BIN, SIDE_BINS, STRIDES, corner_boxes, grid_points

SCORE_POWER = 0.5
OVERLAP_POWER = 4.0
POINTS_PER_OBJECT = 10
# The finest level prefers objects of about this size (root of the area), each coarser one twice the size before it.
FINEST_OBJECT = 40.0
LEVEL_SPREAD = 0.8
CENTRE_SHARPNESS = 2.0
# Objects smaller than this are widened for the search, or no point's centre would fall into them.
SMALLEST_SEARCH = 18.0

CLASS_WEIGHT, BOX_WEIGHT, SIDE_WEIGHT = 1.0, 5.0, 1.0
EPSILON = 1e-7


def overlap(first, second):
    """Elementwise IoU of x1,y1,x2,y2 boxes."""
    size = (torch.minimum(first[..., 2:], second[..., 2:]) - torch.maximum(first[..., :2], second[..., :2])).clamp(
        min=0
    )
    common = size[..., 0] * size[..., 1]

    def area(b):
        return (b[..., 2] - b[..., 0]).clamp(min=0) * (b[..., 3] - b[..., 1]).clamp(min=0)

    return common / (area(first) + area(second) - common + EPSILON)


def complete_overlap(predicted, target):
    """IoU less a penalty for distant centres and for a different aspect."""
    iou = overlap(predicted, target)
    outer = torch.maximum(predicted[..., 2:], target[..., 2:]) - torch.minimum(predicted[..., :2], target[..., :2])
    diagonal = (outer**2).sum(-1) + EPSILON
    offset = ((predicted[..., :2] + predicted[..., 2:] - target[..., :2] - target[..., 2:]) ** 2).sum(-1) / 4
    size_p = (predicted[..., 2:] - predicted[..., :2]).clamp(min=EPSILON)
    size_t = (target[..., 2:] - target[..., :2]).clamp(min=EPSILON)
    angle = torch.atan(size_t[..., 0] / size_t[..., 1]) - torch.atan(size_p[..., 0] / size_p[..., 1])
    aspect = 4 / math.pi**2 * angle**2
    with torch.no_grad():
        weight = aspect / (1 - iou + aspect + EPSILON)
    return iou - offset / diagonal - weight * aspect


def inside(centres, boxes):
    """[..., objects, points]: whether each point lies in each box."""
    points = centres.view(*([1] * (boxes.dim() - 1)), -1, 2)
    boxes = boxes.unsqueeze(-2)
    return ((points > boxes[..., :2]) & (points < boxes[..., 2:])).all(-1)


def placement(centres, strides, boxes):
    """How well a point suits an object by level and place alone, 0..1: [N,objects,points].

    Alignment as published leaves the level open; from scratch on few samples large objects then stay with fine levels,
    whose first boxes happen to fit best.
    """
    size = (boxes[..., 2:] - boxes[..., :2]).clamp(min=SMALLEST_SEARCH)
    octave = (size.prod(-1).sqrt() / FINEST_OBJECT).log2().clamp(0, len(STRIDES) - 1)
    level = (strides.squeeze(-1) / STRIDES[0]).log2()
    by_level = torch.exp(-((octave.unsqueeze(-1) - level) ** 2) / (2 * LEVEL_SPREAD**2))
    offset = (centres - ((boxes[..., :2] + boxes[..., 2:]) / 2).unsqueeze(-2)) / (size / 2).unsqueeze(-2)
    return by_level * torch.exp(-CENTRE_SHARPNESS * (offset**2).sum(-1))


@torch.no_grad()
def assign(scores, predicted, centres, strides, boxes, classes, present):
    """Target scores [N,points,classes], object index [N,points] and positive mask [N,points].

    scores [N,points,classes], predicted [N,points,4]; boxes [N,objects,4], classes and present [N,objects].
    """
    batch, points, class_count = scores.shape
    objects = boxes.shape[1]
    middle = (boxes[..., :2] + boxes[..., 2:]) / 2
    half = (boxes[..., 2:] - boxes[..., :2]).clamp(min=SMALLEST_SEARCH) / 2
    candidate = inside(centres, torch.cat((middle - half, middle + half), -1)) & present.unsqueeze(-1)

    index = classes.clamp(min=0).unsqueeze(1).expand(batch, points, objects)
    own_score = scores.gather(2, index).transpose(1, 2)
    iou = overlap(predicted.unsqueeze(1), boxes.unsqueeze(2))
    alignment = own_score**SCORE_POWER * iou**OVERLAP_POWER * placement(centres, strides, boxes) * candidate

    best, where = alignment.topk(min(POINTS_PER_OBJECT, points), dim=2)
    chosen = torch.zeros_like(alignment).scatter_(2, where, (best > EPSILON**2).to(alignment.dtype)).bool() & candidate
    # Early on every overlap may be nil; the nearest point keeps such an object in the lesson.
    distance = ((centres.view(1, 1, -1, 2) - middle.unsqueeze(2)) ** 2).sum(-1)
    distance = torch.where(candidate, distance, torch.full_like(distance, 1e9))
    nearest = torch.zeros_like(chosen).scatter_(2, distance.argmin(2, keepdim=True), True) & candidate
    chosen |= nearest & ~chosen.any(2, keepdim=True)

    # A point wanted by several objects goes to the one it overlaps most.
    rank = torch.where(chosen, iou + EPSILON, torch.zeros_like(iou))
    owner = rank.argmax(1)
    positive = chosen.any(1)
    chosen &= torch.zeros_like(chosen).scatter_(1, owner.unsqueeze(1), True)

    alignment = alignment * chosen
    top_alignment = alignment.amax(2, keepdim=True)
    top_iou = (iou * chosen).amax(2, keepdim=True)
    quality = alignment / (top_alignment + EPSILON**2) * top_iou
    quality = torch.where(chosen, quality, torch.zeros_like(quality)).amax(1)
    owner_class = classes.clamp(min=0).gather(1, owner)
    targets = functional.one_hot(owner_class, class_count).to(scores.dtype) * (quality * positive).unsqueeze(-1)
    return targets, owner, positive


def side_loss(side_logits, target):
    """Cross-entropy on the two bins around each true distance. side_logits [...,4,bins], target [...,4] in strides."""
    target = (target - FIRST_BIN).clamp(0, SIDE_BINS - 1.01)
    low = target.long()
    share = target - low
    flat = side_logits.reshape(-1, SIDE_BINS)
    below = functional.cross_entropy(flat, low.reshape(-1), reduction="none").view_as(target)
    above = functional.cross_entropy(flat, low.reshape(-1) + 1, reduction="none").view_as(target)
    return (below * (1 - share) + above * share).mean(-1)


def detection_loss(class_logits, side_logits, image_size, boxes, classes, present, ignored):
    """Total loss and its parts. boxes [N,objects,4] in pixels; ignored [N,regions,4], empty ones all zero."""
    centres, strides = grid_points(*image_size, device=class_logits.device)
    logits = class_logits.transpose(1, 2)
    predicted = corner_boxes(side_logits, centres, strides)
    targets, owner, positive = assign(
        logits.detach().sigmoid(), predicted.detach(), centres, strides, boxes, classes, present
    )
    total = targets.sum().clamp(min=1.0)

    taught = (positive | ~inside(centres, ignored).any(1)).unsqueeze(-1)
    class_loss = (functional.binary_cross_entropy_with_logits(logits, targets, reduction="none") * taught).sum() / total
    # Over all points, with no weight where there is no object: a GPU need not be asked where they are.
    own = boxes.gather(1, owner.unsqueeze(-1).expand(-1, -1, 4))
    weight = targets.sum(-1)
    box_loss = ((1 - complete_overlap(predicted, own)) * weight).sum() / total
    batch, _, points = side_logits.shape
    sides = side_logits.view(batch, 4, SIDE_BINS, points).permute(0, 3, 1, 2)
    distances = torch.cat((centres - own[..., :2], own[..., 2:] - centres), -1) / strides
    distribution_loss = (side_loss(sides, distances) * weight).sum() / total
    loss = CLASS_WEIGHT * class_loss + BOX_WEIGHT * box_loss + SIDE_WEIGHT * distribution_loss
    return loss, {"class": class_loss.detach(), "box": box_loss.detach(), "sides": distribution_loss.detach()}
