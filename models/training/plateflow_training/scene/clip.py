"""Films the gate: frame by frame, with the truth about every vehicle in it."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from ..plates import draw_plate
from .furniture import STILL, barrier_arm
from .gate import Gate
from .light import MATTE, Light, shade
from .optics import add_glow, cast_shadow, headlamp_glow, plate_box
from .place import paint_place
from .solid import Pose, draw_faces
from .traffic import Drive, arm_positions

# Of a vehicle less than this many pixels there is no box.
_LEAST_PIXELS = 500
_TRUTH_EVERY = 5


@dataclass(frozen=True)
class ClipPlan:
    gate: Gate
    drives: list[Drive]
    frames: int
    fps: int
    start: datetime.datetime
    seed: int
    # "day", "night", or "both": day first, night from the middle on.
    daylight: str
    rain: bool
    width: int = 1280
    height: int = 720


class Film:
    """Draws the frames of a plan, any frame at any time, and notes what is to be seen in it."""

    def __init__(self, plan: ClipPlan):
        self.plan = plan
        self.camera = plan.gate.camera(plan.width, plan.height)
        self._lights: dict[bool, Light] = {}
        self._places: dict[bool, np.ndarray] = {}
        for night in {"day": (False,), "night": (True,), "both": (False, True)}[plan.daylight]:
            self._lights[night] = plan.gate.night() if night else plan.gate.day(plan.rain)
            self._places[night] = paint_place(plan.gate, self.camera, self._lights[night], plan.rain)
        self._arm = arm_positions(plan.gate, plan.drives, plan.frames, plan.fps)
        self._plates = {
            drive.vehicle.id: draw_plate(drive.vehicle.spec, 150, np.random.default_rng(drive.vehicle.seed))
            for drive in plan.drives
        }
        rows, columns = np.mgrid[0 : plan.height : 4, 0 : plan.width : 4].astype(np.float32)
        x, y, meets = self.camera.ground_points(columns, rows)
        self._ground = x.astype(np.float32), y.astype(np.float32), meets
        v, u = np.mgrid[0 : plan.height, 0 : plan.width].astype(np.float32)
        corner = ((u / plan.width - 0.5) ** 2 + (v / plan.height - 0.5) ** 2) / 0.5
        self._vignette = (1 - 0.16 * corner)[..., None]

    def night_share(self, frame: int) -> float:
        """0 by day, 1 by night, between the two while dusk falls over one second."""
        if self.plan.daylight != "both":
            return float(self.plan.daylight == "night")
        falling = (frame - self.dusk_frame()) / self.plan.fps
        return min(max(falling, 0.0), 1.0)

    def dusk_frame(self) -> int:
        """The lull between two vehicles that is nearest to the middle."""
        fps, middle = self.plan.fps, self.plan.frames / 2
        gone = [drive.clear_of_barrier(self.plan.gate) * fps for drive in self.plan.drives]
        return int(min(gone, key=lambda frame: abs(frame - middle), default=middle))

    def frame(self, number: int) -> tuple[np.ndarray, list[dict]]:
        """The picture (bgr, uint8) and what is in it."""
        share = self.night_share(number)
        if share in (0.0, 1.0):
            picture, seen = self._expose(number, night=share == 1.0)
        else:
            bright, seen = self._expose(number, night=False)
            dark, _ = self._expose(number, night=True)
            picture = bright * (1 - share) + dark * share
        return self._through_the_lens(picture, number, share), seen

    def _expose(self, number: int, night: bool) -> tuple[np.ndarray, list[dict]]:
        plan, light, camera = self.plan, self._lights[night], self.camera
        time = number / plan.fps
        frame = self._places[night].copy()
        present = []
        for drive in plan.drives:
            pose = drive.pose(time)
            if -9 < pose.y < 48:
                present.append((drive, pose))
        present.sort(key=lambda item: -item[1].y)
        for drive, pose in present:
            cast_shadow(frame, camera, drive.vehicle.body, pose, light)
        if night:
            self._headlight_pools(frame, present)

        layers, arm_drawn = [], False
        for drive, pose in present:
            if not arm_drawn and pose.y < plan.gate.barrier_y:
                self._draw_arm(frame, number, light)
                arm_drawn = True
            lit = night or (drive.braking(time) and not drive.towards)
            built, faces = drive.vehicle.bodies[lit]
            corners = pose.place(built.plate_front if drive.towards else built.plate_rear)
            decals = [(self._plates[drive.vehicle.id], corners, self._plate_brightness(corners, light))]
            layer = draw_faces(faces, pose, camera, light, oversample=2, decals=decals)
            if layer is None:
                continue
            layer.paste(frame)
            layers.append((drive, corners, layer))
            # Before the nearer vehicles: they hide the lamps.
            if night:
                headlamp_glow(frame, camera, built, pose, strength=120)
            if lit and not drive.towards:
                self._tail_glow(frame, drive, pose, 70 if drive.braking(time) else 26)
        if not arm_drawn:
            self._draw_arm(frame, number, light)
        return frame, self._seen(layers)

    def _draw_arm(self, frame, number: int, light: Light) -> None:
        layer = draw_faces(barrier_arm(self.plan.gate, self._arm[number]), STILL, self.camera, light, oversample=2)
        if layer is not None:
            layer.paste(frame)

    def _plate_brightness(self, corners: np.ndarray, light: Light) -> float:
        normal = -np.cross(corners[2] - corners[0], corners[3] - corners[1])
        normal /= np.linalg.norm(normal)
        white = shade(
            corners.mean(0)[None], normal[None], np.full((1, 3), 255.0), np.array([MATTE]), self.camera.position, light
        )
        # Plates throw the camera's lamp straight back.
        return float(min(white.mean() / 255 * (1.35 if light.night else 1.08), 0.98))

    def _headlight_pools(self, frame, present) -> None:
        """The lit patch of road before each vehicle."""
        x, y, meets = self._ground
        pool = np.zeros_like(x)
        for drive, pose in present:
            # In the vehicle's own axes.
            sin, cos = np.sin(pose.heading), np.cos(pose.heading)
            ahead = (x - pose.x) * sin + (y - pose.y) * cos - drive.vehicle.body.nose
            aside = (x - pose.x) * cos - (y - pose.y) * sin
            spread = 0.55 + 0.16 * np.clip(ahead, 0, 12)
            strength = (
                np.clip(ahead / 1.2, 0, 1) * np.exp(-((aside / spread) ** 2)) / (1 + (np.maximum(ahead, 0) / 4.5) ** 2)
            )
            pool += np.where(meets, strength, 0)
        pool = cv2.resize(pool, (frame.shape[1], frame.shape[0]), interpolation=cv2.INTER_LINEAR)
        frame *= 1 + 1.5 * pool[..., None]
        frame += pool[..., None] * np.array((20, 24, 26), np.float32)

    def _tail_glow(self, frame, drive: Drive, pose: Pose, strength: float) -> None:
        for lamp in np.unique(drive.vehicle.body.tail_lamps, axis=0):
            pixels, depth = self.camera.project(pose.place(lamp[None]))
            if depth[0] > 1.0:
                add_glow(frame, pixels[0], self.camera.focal_pixels * 0.16 / depth[0], strength, (0.25, 0.25, 1.0))

    def _seen(self, layers) -> list[dict]:
        plan, found = self.plan, []
        nearer = np.zeros((plan.height, plan.width), bool)
        for drive, corners, layer in reversed(layers):
            height, width = layer.cover.shape
            window = nearer[layer.top : layer.top + height, layer.left : layer.left + width]
            shown = (layer.cover > 0.5) & ~window
            if shown.sum() >= _LEAST_PIXELS:
                rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
                box = [
                    layer.left + columns[0],
                    layer.top + rows[0],
                    layer.left + columns[-1] + 1,
                    layer.top + rows[-1] + 1,
                ]
                found.append(
                    {
                        "id": drive.vehicle.id,
                        "vehicle_box": [int(v) for v in box],
                        "plate_box": self._plate_in_view(corners, nearer),
                    }
                )
            window |= layer.cover > 0.5
        return found[::-1]

    def _plate_in_view(self, corners: np.ndarray, nearer: np.ndarray) -> list[float] | None:
        box = plate_box(self.camera, corners)
        if box is None or box[0] < 0 or box[1] < 0 or box[2] > self.plan.width or box[3] > self.plan.height:
            return None
        hidden = nearer[int(box[1]) : int(box[3]) + 1, int(box[0]) : int(box[2]) + 1]
        if hidden.size and hidden.mean() > 0.1:
            return None
        return [round(v, 1) for v in box]

    def _through_the_lens(self, picture: np.ndarray, number: int, night_share: float) -> np.ndarray:
        rng = np.random.default_rng((self.plan.seed, self.plan.gate.seed, number))
        picture = cv2.GaussianBlur(picture, (0, 0), 0.55) * self._vignette
        if self.plan.rain:
            self._fall_rain(picture, rng)
        grain = rng.standard_normal(picture.shape[:2], np.float32) * (0.6 + 0.9 * night_share)
        picture += grain[..., None]
        picture = np.clip(picture, 0, 255).astype(np.uint8)
        _caption(picture, self.plan.gate)
        return picture

    def _fall_rain(self, picture, rng) -> None:
        drops = np.zeros(picture.shape[:2], np.float32)
        height, width = drops.shape
        for _ in range(420):
            x, y, long = rng.uniform(0, width), rng.uniform(-40, height), rng.uniform(10, 46)
            cv2.line(
                drops,
                (int(x), int(y)),
                (int(x - long * 0.08), int(y + long)),
                float(rng.uniform(14, 46)),
                1,
                cv2.LINE_AA,
            )
        picture += cv2.GaussianBlur(drops, (0, 0), 0.7)[..., None]


def _caption(picture, gate: Gate) -> None:
    text = f"GATE {gate.name.upper()}"
    place = (picture.shape[1] - 190, picture.shape[0] - 18)
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.62, (20, 20, 20), 4, cv2.LINE_AA)
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.62, (235, 235, 235), 1, cv2.LINE_AA)


def film_clip(plan: ClipPlan, path: Path, quality: int = 32, progress=lambda done, total: None) -> Path:
    """Write the clip and, beside it, its truth; returns the truth's path."""
    import av

    film = Film(plan)
    seen: dict[int, list[dict]] = {drive.vehicle.id: [] for drive in plan.drives}
    utc = plan.start.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        container.metadata["creation_time"] = utc
        container.metadata["title"] = f"Plateflow gate {plan.gate.name}"
        stream = container.add_stream("libx264", rate=plan.fps)
        stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, "yuv420p"
        # One thread: with several, x264 may weigh a frame's bits differently from run to run.
        stream.options = {"crf": str(quality), "preset": "slow", "threads": "1", "g": str(plan.fps * 5)}
        for number in range(plan.frames):
            picture, found = film.frame(number)
            for item in found:
                seen[item["id"]].append({"frame": number, **item})
            image = av.VideoFrame.from_ndarray(picture, format="bgr24")
            for packet in stream.encode(image.reformat(format="yuv420p", dst_colorspace="ITU709")):
                container.mux(packet)
            progress(number + 1, plan.frames)
        for packet in stream.encode():
            container.mux(packet)
    truth_path = path.with_suffix(".json")
    truth_path.write_text(_as_text(_truth(plan, path.name, film, seen)))
    return truth_path


def _truth(plan: ClipPlan, clip: str, film: Film, seen: dict[int, list[dict]]) -> dict:
    passes = []
    for drive in plan.drives:
        vehicle, frames = drive.vehicle, seen[drive.vehicle.id]
        if not frames:
            continue
        with_plate = [item for item in frames if item["plate_box"] is not None]
        passes.append(
            {
                "id": vehicle.id,
                "vehicle_class": vehicle.vehicle_class,
                "plate_text": vehicle.plate_text,
                "plate_type": vehicle.plate_type,
                "plate_date": vehicle.plate_date,
                "background_color": vehicle.background_colour,
                "text_color": vehicle.text_colour,
                "blue_strip": vehicle.blue_strip,
                "listed": vehicle.listed,
                "direction": "towards" if drive.towards else "away",
                "light": "night" if film.night_share(int(drive.stops_at * plan.fps)) > 0.5 else "day",
                "first_frame": frames[0]["frame"],
                "last_frame": frames[-1]["frame"],
                "first_plate_frame": with_plate[0]["frame"] if with_plate else None,
                "last_plate_frame": with_plate[-1]["frame"] if with_plate else None,
                "stops_at_frame": round(drive.stops_at * plan.fps),
                "frames": [
                    {"frame": item["frame"], "vehicle_box": item["vehicle_box"], "plate_box": item["plate_box"]}
                    for item in frames
                    if item["frame"] % _TRUTH_EVERY == 0
                ],
            }
        )
    return {
        "clip": clip,
        "gate": plan.gate.name,
        "width": plan.width,
        "height": plan.height,
        "fps": plan.fps,
        "frames": plan.frames,
        "start": plan.start.isoformat(),
        "seed": plan.seed,
        "night_from_frame": film.dusk_frame() if plan.daylight == "both" else (0 if plan.daylight == "night" else None),
        "rain": plan.rain,
        "passes": passes,
    }


def _as_text(truth: dict) -> str:
    """JSON with one line for each frame's boxes, so that it can be read and compared."""
    lines = json.dumps(truth, indent=1).split("\n")
    out: list[str] = []
    depth_to_join = None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if depth_to_join is None and line.strip() == "{" and indent >= 5:
            depth_to_join = indent
            out.append(line)
        elif depth_to_join is not None:
            out[-1] += line.strip() + (" " if line.strip().endswith(",") else "")
            if indent == depth_to_join and line.strip() in ("}", "},"):
                out[-1] = out[-1].rstrip()
                depth_to_join = None
        else:
            out.append(line)
    return "\n".join(out) + "\n"
