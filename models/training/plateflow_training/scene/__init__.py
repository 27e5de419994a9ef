"""Drawn gate scenes: vehicles, road, light and what the camera makes of them, with exact boxes."""

from .random_scenes import random_scene

__all__ = ["random_scene"]
