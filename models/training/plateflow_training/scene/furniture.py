"""What stands at the gate: islands, booth, ticket machine, posts, barrier and sign."""

from __future__ import annotations

import math

import cv2
import numpy as np

from .camera import Camera
from .gate import ISLAND, LANE_HALF, Gate
from .light import GLASS, GLOW, LENS, MATTE, PAINT, Light
from .solid import Pose, Solid, draw_faces

STILL = Pose(0.0, 0.0)
YELLOW, BLACK = np.array((36, 188, 232.0)), np.array((34, 34, 34.0))


def furniture(gate: Gate, light: Light) -> list[Solid]:
    """Islands, booth, machine, bollards and lamp posts, the far ones first."""
    side = gate.side
    solids = []

    wall = Solid()
    wall.add_box((-16, 29, 0), (-8.6, 29.3, 1.9), gate.wall, steps=10)
    wall.add_box((-16, 28.95, 1.9), (-8.5, 29.35, 2.05), (90, 110, 150), steps=10)
    if side < 0:
        wall.add_box((5.5, 30, 0), (16, 30.3, 1.9), gate.wall, steps=10)
    solids.append(wall)

    for x, y, tall in ((-6.5, 27.0, 5.5), (3.3, 15.0, 5.2)):
        post = Solid()
        post.add_limb((x * side, y, 0), (x * side, y, tall), 0.07, 0.05, (120, 122, 122), LENS, steps=(10, 8))
        post.add_limb(
            (x * side, y, tall), ((x - math.copysign(0.9, x)) * side, y, tall + 0.12), 0.04, 0.03, (120, 122, 122), LENS
        )
        head = (x - math.copysign(1.0, x)) * side
        post.add_box((head - 0.25, y - 0.1, tall + 0.06), (head + 0.25, y + 0.1, tall + 0.16), (150, 150, 150), steps=1)
        solids.append(post)

    for direction in (-1, 1):
        island = Solid()
        inner, outer = direction * LANE_HALF * side, direction * (LANE_HALF + ISLAND) * side
        low, high = min(inner, outer), max(inner, outer)
        part = island.part()
        edges = np.arange(2.0, 16.01, 0.25)
        top = np.array([[(x, y, 0.16) for y in edges] for x in np.linspace(low, high, 9)])
        shades = np.broadcast_to(np.array((150, 156, 160.0)), (8, len(edges) - 1, 3)).copy()
        shades *= np.random.default_rng(5).uniform(0.93, 1.07, shades.shape[:2])[..., None]
        shades[:, ::4] *= 0.93
        stripes = np.where(((np.arange(len(edges) - 1) // 2) % 2 == 0)[:, None], YELLOW, BLACK)
        island.add_grid(top, shades, part, inside=((low + high) / 2, 9, -5))
        for edge, inward in ((low, 1), (high, -1)):
            face = np.array([[(edge, y, z) for y in edges] for z in (0.0, 0.16)])
            island.add_grid(face, stripes[None], part, inside=(edge + inward, 9, 0.1))
            rim = np.array([[(edge + inward * w, y, 0.163) for y in edges] for w in (0.0, 0.16)])
            island.add_grid(rim, stripes[None], part, layer=1, inside=(edge, 9, -5))
        end = np.array([[(low, 16.0, 0.0), (high, 16.0, 0.0)], [(low, 16.0, 0.16), (high, 16.0, 0.16)]])
        island.add_grid(end, YELLOW, part, inside=((low + high) / 2, 9, 0.1))
        solids.append(island)

    for y in (15.4, 12.6):
        for x in (-LANE_HALF - 0.35, LANE_HALF + 0.35):
            bollard = Solid()
            for step in range(4):
                colour = YELLOW if step % 2 == 0 else BLACK
                bollard.add_limb(
                    (x * side, y, 0.16 + step * 0.2),
                    (x * side, y, 0.36 + step * 0.2),
                    0.055,
                    0.055,
                    colour,
                    PAINT,
                    steps=(2, 9),
                )
            solids.append(bollard)

    solids.append(_booth(gate, light))

    machine = Solid()
    x, y = -(LANE_HALF + 0.42) * side, gate.stop_y + 1.1
    machine.add_box((x - 0.17, y - 0.15, 0.16), (x + 0.17, y + 0.15, 1.25), np.array(gate.booth) * 1.1, PAINT, steps=4)
    machine.add_box((x - 0.19, y - 0.17, 1.25), (x + 0.19, y + 0.17, 1.38), (225, 225, 222), PAINT, steps=2)
    face = machine.part()
    front = y - 0.16
    machine.add_grid(
        [[(x - 0.11, front, 0.95), (x + 0.11, front, 0.95)], [(x - 0.11, front, 1.15), (x + 0.11, front, 1.15)]],
        (160, 120, 60) if light.night else (70, 60, 50),
        face,
        GLOW if light.night else GLASS,
        inside=(x, y, 1),
    )
    machine.add_grid(
        [[(x - 0.05, front, 0.72), (x + 0.05, front, 0.72)], [(x - 0.05, front, 0.82), (x + 0.05, front, 0.82)]],
        (60, 200, 60),
        face,
        GLOW,
        inside=(x, y, 0.8),
    )
    solids.append(machine)

    post = Solid()
    x = (LANE_HALF + 0.22) * side
    y = gate.barrier_y
    post.add_box((x - 0.16, y - 0.16, 0.16), (x + 0.16, y + 0.16, 1.05), (40, 130, 236), PAINT, steps=4)
    post.add_box((x - 0.18, y - 0.18, 1.05), (x + 0.18, y + 0.18, 1.12), (50, 50, 52), PAINT, steps=1)
    solids.append(post)
    return solids


def _booth(gate: Gate, light: Light) -> Solid:
    """The cashier's booth: panels below, windows around, a flat roof."""
    side, booth = gate.side, Solid()
    near, far = 7.4, 9.4
    inner, outer = -(LANE_HALF + 0.30) * side, -(LANE_HALF + 1.75) * side
    low, high = min(inner, outer), max(inner, outer)
    panel, frame_colour = np.array(gate.booth, float), (226, 226, 224)
    booth.add_box((low, near, 0.16), (high, far, 1.05), panel, PAINT, steps=8)
    middle = booth.add_box((low + 0.02, near + 0.02, 1.05), (high - 0.02, far - 0.02, 2.15), frame_colour, steps=6)
    glass = (120, 190, 210) if light.night else (66, 62, 58)
    kind = GLOW if light.night else GLASS
    centre = ((low + high) / 2, (near + far) / 2, 1.5)

    def pane(corners, layer, colour, kind):
        a, b, c, d = np.array(corners, float)
        u, v = np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 1, 7))
        u, v = u[..., None], v[..., None]
        booth.add_grid(
            a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v,
            colour,
            middle,
            kind,
            layer,
            inside=centre,
        )

    front = near + 0.005
    pane(
        [(low + 0.12, front, 2.05), (high - 0.12, front, 2.05), (high - 0.12, front, 1.12), (low + 0.12, front, 1.12)],
        1,
        glass,
        kind,
    )
    flank = inner + 0.005 * (1 if inner > outer else -1) - 0.015 * (1 if inner > outer else -1)
    for start, end in ((near + 0.12, (near + far) / 2 - 0.05), ((near + far) / 2 + 0.05, far - 0.12)):
        pane([(flank, start, 2.05), (flank, end, 2.05), (flank, end, 1.12), (flank, start, 1.12)], 1, glass, kind)
    # The cashier behind the window.
    x = (low + high) / 2
    pane(
        [(x - 0.22, front, 1.50), (x + 0.22, front, 1.50), (x + 0.27, front, 1.12), (x - 0.27, front, 1.12)],
        2,
        np.array((70, 52, 40)),
        MATTE,
    )
    pane(
        [(x - 0.09, front, 1.76), (x + 0.09, front, 1.76), (x + 0.08, front, 1.52), (x - 0.08, front, 1.52)],
        2,
        np.array((60, 84, 116)),
        MATTE,
    )
    pane(
        [(x - 0.1, front, 1.80), (x + 0.1, front, 1.80), (x + 0.1, front, 1.72), (x - 0.1, front, 1.72)],
        3,
        np.array((24, 24, 26)),
        MATTE,
    )
    # The roof hides what is under it, so it is the top layer of the windows' part.
    booth.add_box(
        (low - 0.2, near - 0.25, 2.15),
        (high + 0.2, far + 0.2, 2.32),
        panel * 0.9 + 20,
        PAINT,
        part=middle,
        layer=4,
        steps=6,
    )
    return booth


def barrier_arm(gate: Gate, raised: float):
    """The arm's faces, red and white; raised from 0 (down) to 1 (upright)."""
    arm = Solid()
    x, y, z = (LANE_HALF + 0.22) * gate.side, gate.barrier_y, 0.86
    angle = raised * math.radians(86)
    length, count = 3.75, 10
    ends = np.linspace(-0.25, length, count + 1)
    for index in range(count):
        a, b = ends[index], ends[index + 1]
        place = lambda r: (x - gate.side * r * math.cos(angle), y - 0.2, z + r * math.sin(angle))  # noqa: E731
        colour = (232, 232, 230) if index % 2 else (36, 32, 200)
        arm.add_limb(
            place(a), place(b), 0.048 - 0.0018 * index, 0.048 - 0.0018 * (index + 1), colour, PAINT, steps=(4, 8)
        )
    return arm.faces()


def put_sign(frame, gate: Gate, camera: Camera, light: Light) -> None:
    """The board on the island says which way this lane goes."""
    board = np.full((180, 640, 3), (140, 70, 20), np.uint8)
    cv2.rectangle(board, (8, 8), (631, 171), (235, 235, 235), 6, cv2.LINE_AA)
    (wide, tall), _ = cv2.getTextSize(gate.sign, cv2.FONT_HERSHEY_DUPLEX, 4.0, 9)
    cv2.putText(
        board,
        gate.sign,
        ((640 - wide) // 2, (180 + tall) // 2),
        cv2.FONT_HERSHEY_DUPLEX,
        4.0,
        (240, 240, 240),
        9,
        cv2.LINE_AA,
    )
    x, y, z = (LANE_HALF + 0.5) * gate.side, 8.6, 1.25
    pole = Solid()
    pole.add_limb((x, y + 0.03, 0.1), (x, y + 0.03, z + 0.2), 0.035, 0.035, (130, 132, 132), LENS)
    layer = draw_faces(pole.faces(), STILL, camera, light, oversample=1)
    if layer is not None:
        layer.paste(frame)
    corners = np.array([(x - 0.55, y, z + 0.31), (x + 0.55, y, z + 0.31), (x + 0.55, y, z), (x - 0.55, y, z)])
    pixels, _ = camera.project(corners)
    source = np.array([[0, 0], [640, 0], [640, 180], [0, 180]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, pixels.astype(np.float32))
    size = (camera.width, camera.height)
    small = cv2.warpPerspective(board, matrix, size, flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.full((180, 640), 255, np.uint8), matrix, size).astype(np.float32)[..., None] / 255
    brightness = 0.75 if light.night else 0.9
    frame *= 1 - cover
    frame += small.astype(np.float32) * cover * brightness
