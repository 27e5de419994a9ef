"""Averaged weights of a run (Polyak and Juditsky, 1992): they read and find better than the last ones."""

import torch


@torch.no_grad()
def average_into(average, model, decay):
    """Moves the average towards the model's weights; what is no number is copied."""
    kept, current = list(average.state_dict().values()), list(model.state_dict().values())
    numbers = [index for index, value in enumerate(kept) if value.dtype.is_floating_point]
    # One launch for all of them.
    torch._foreach_lerp_([kept[i] for i in numbers], [current[i] for i in numbers], 1 - decay)
    for index in set(range(len(kept))) - set(numbers):
        kept[index].copy_(current[index])
