"""Licence plates drawn after their real layouts.

``random_spec`` invents a plate, ``draw_plate`` turns it into a flat front view. Nothing here knows about
cameras: perspective, blur and light belong to whoever puts the plate into a scene.
"""

from .catalogue import KINDS, random_spec
from .drawing import PlacedCharacter, draw_plate, draw_plate_with_places
from .spec import Disc, PlateSpec, Rect, Row, Words

__all__ = [
    "KINDS",
    "Disc",
    "PlacedCharacter",
    "PlateSpec",
    "Rect",
    "Row",
    "Words",
    "draw_plate",
    "draw_plate_with_places",
    "random_spec",
]
