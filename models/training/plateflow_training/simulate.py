"""Command of scripts/simulate: makes the demo clips of a parking gate with their ground truth."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path

import cv2
import numpy as np

from .scene.clip import ClipPlan, Film, film_clip
from .scene.gate import ENTRY, EXIT
from .scene.traffic import cast, earlier_arrivals, schedule

_JAKARTA = datetime.timezone(datetime.timedelta(hours=7))
_START = datetime.datetime(2026, 8, 17, 7, 0, 0, tzinfo=_JAKARTA)
_INSIDE = datetime.timedelta(minutes=20)
# Of the default cast, in the order in which they leave; the others stay inside.
_LEAVERS = (2, 1, 4, 3, 7, 6, 9)


def plans(seed: int, seconds: float, vehicles: int, fps: int, daylight: str, rain: bool) -> list[ClipPlan]:
    """The entry, and 20 minutes later the exit of most of the same vehicles."""
    came = cast(vehicles, seed)
    by_id = {vehicle.id: vehicle for vehicle in came}
    leaving = [by_id[number] for number in _LEAVERS if number in by_id]
    earlier = earlier_arrivals(len(came) + 1, seed)
    if vehicles > 6:
        leaving = leaving[:3] + earlier[:1] + leaving[3:5] + earlier[1:] + leaving[5:]
    frames = round(seconds * fps)
    return [
        ClipPlan(ENTRY, schedule(ENTRY, came, seconds, seed), frames, fps, _START, seed, daylight, rain),
        ClipPlan(EXIT, schedule(EXIT, leaving, seconds, seed), frames, fps, _START + _INSIDE, seed, daylight, rain),
    ]


def check(folder: Path) -> int:
    """Draw the truth's boxes onto frames of the clips, for looking at; returns the exit status."""
    import av

    truths = sorted(folder.glob("gate-*.json"))
    if not truths:
        print(f"No gate-*.json in {folder}: make the clips first", file=sys.stderr)
        return 1
    out = folder / "check"
    out.mkdir(exist_ok=True)
    for truth_path in truths:
        truth = json.loads(truth_path.read_text())
        boxes: dict[int, list] = {}
        for one in truth["passes"]:
            for frame in one["frames"]:
                boxes.setdefault(frame["frame"], []).append((one, frame))
        with av.open(str(folder / truth["clip"])) as container:
            for number, frame in enumerate(container.decode(video=0)):
                if number not in boxes or number % 10:
                    continue
                picture = frame.to_ndarray(format="bgr24")
                for one, item in boxes[number]:
                    _box(picture, item["vehicle_box"], (0, 220, 0), f"{one['id']} {one['vehicle_class']}")
                    if item["plate_box"]:
                        _box(picture, item["plate_box"], (0, 0, 240), one["plate_text"])
                cv2.imwrite(str(out / f"{truth_path.stem}-{number:04d}.png"), picture)
        print(f"{truth_path.name}: {len(truth['passes'])} passes, frames with boxes in {out}")
    return 0


def _box(picture: np.ndarray, box, colour, text: str) -> None:
    x1, y1, x2, y2 = (round(v) for v in box)
    cv2.rectangle(picture, (x1, y1), (x2, y2), colour, 2)
    cv2.putText(picture, text, (x1, max(y1 - 6, 14)), cv2.FONT_HERSHEY_SIMPLEX, 0.6, colour, 2, cv2.LINE_AA)


def _arguments(argv) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/simulate",
        description="Draw a parking gate with cars and motorcycles that carry correct Indonesian plates, "
        "and write two clips, "
        "gate-entry.mp4 and gate-exit.mp4, each with its ground truth in JSON beside it. "
        "The same seed gives the same frames.",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the clips; made when it is missing")
    parser.add_argument("--seed", type=int, default=1, help="varies plates' wear, riders and timing (default 1)")
    parser.add_argument("--seconds", type=float, default=60, help="length of each clip (default 60)")
    parser.add_argument("--vehicles", type=int, default=12, help="vehicles that come in (default 12)")
    parser.add_argument("--fps", type=int, default=10, help="frames per second (default 10)")
    light = parser.add_mutually_exclusive_group()
    light.add_argument("--day", dest="daylight", action="store_const", const="day", help="daylight only")
    light.add_argument("--night", dest="daylight", action="store_const", const="night", help="night only")
    light.add_argument(
        "--both", dest="daylight", action="store_const", const="both", help="day, then night (the default)"
    )
    parser.add_argument("--rain", action="store_true", help="an overcast day, wet road and falling rain")
    parser.add_argument(
        "--check", action="store_true", help="only draw the truth's boxes onto the clips in --out, into --out/check"
    )
    parser.add_argument(
        "--still",
        type=int,
        action="append",
        default=[],
        metavar="FRAME",
        help="write this frame as PNG instead of clips (repeatable)",
    )
    parser.set_defaults(daylight="both")
    arguments = parser.parse_args(argv)
    problems = []
    if not 4 <= arguments.seconds <= 3600:
        problems.append(f"--seconds {arguments.seconds}: expected 4 to 3600")
    if not 1 <= arguments.vehicles <= 400:
        problems.append(f"--vehicles {arguments.vehicles}: expected 1 to 400")
    if not 1 <= arguments.fps <= 60:
        problems.append(f"--fps {arguments.fps}: expected 1 to 60")
    most = int((arguments.seconds - 1.5) / 3.5)
    if not problems and arguments.vehicles > most:
        problems.append(
            f"--vehicles {arguments.vehicles}: expected at most {most} in {arguments.seconds:g} seconds, "
            "or they drive into each other"
        )
    if problems:
        parser.error("; ".join(problems))
    return arguments


def main(argv=None) -> int:
    arguments = _arguments(argv)
    if arguments.check:
        return check(arguments.out)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for plan in plans(
        arguments.seed, arguments.seconds, arguments.vehicles, arguments.fps, arguments.daylight, arguments.rain
    ):
        path = arguments.out / f"gate-{plan.gate.name}.mp4"
        if arguments.still:
            film = Film(plan)
            for number in arguments.still:
                if 0 <= number < plan.frames:
                    cv2.imwrite(str(path.with_name(f"{path.stem}-{number:04d}.png")), film.frame(number)[0])
            continue

        def progress(done, total, name=path.name, fps=plan.fps):
            if done % (fps * 5) == 0 or done == total:
                print(
                    f"\r{name}: frame {done} of {total}", end="" if done < total else "\n", file=sys.stderr, flush=True
                )

        truth = film_clip(plan, path, progress=progress)
        print(f"{path} ({path.stat().st_size / 1e6:.2f} MB), {truth}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
