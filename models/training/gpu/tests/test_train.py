"""The whole command on a CPU, on pictures drawn here: every network learns on from its shipped weights, and resumes."""

import json
from pathlib import Path

import pytest

pytest.importorskip("cv2")
pytest.importorskip("onnxruntime")
torch = pytest.importorskip("torch")

import numpy as np

from gpu import train
from gpu.packfile import photo_entry, sample_entry, write_pack
from plateflow_training.detectors.drawn import drawn_scene
from plateflow_training.detectors.photos import PLATE_CLASS, LabelledPhoto
from plateflow_training.detectors.trainer import load_averaged
from plateflow_training.reader.network import load_reader
from plateflow_training.reader.samples import drawn_plate

WEIGHTS = Path(__file__).parents[2] / "weights"
NETWORKS = ("vehicle", "plate", "reader", "second")


@pytest.fixture
def pack(tmp_path):
    scenes = [scene for scene in map(drawn_scene, range(6)) if PLATE_CLASS in scene[3] and 0 in scene[3]][:2]
    entries = [
        photo_entry(LabelledPhoto(name, collection, pixels, boxes, classes), held_out, 80)
        for collection in ("galaxy", "id_plates", "id_vehicles")
        for (name, pixels, boxes, classes), held_out in zip(scenes, (False, True))
    ]
    for index in range(6):
        rng = np.random.default_rng(index)
        plate = drawn_plate(rng, country="ID")
        crop = type(plate)(plate.image, plate.corners, plate.lines, plate.date, plate.country, "id_plates", str(index))
        entries.append(sample_entry("crop", crop, index % 2 == 1, 80))
        entries.append(sample_entry("plate", drawn_plate(rng, grey=False), False, 80))
    write_pack(tmp_path / "pack.bin", {}, entries)
    return tmp_path / "pack.bin"


def test_all_networks_are_trained_and_go_on(tmp_path, pack, monkeypatch):
    monkeypatch.setattr(train, "SPARE_SECONDS", 0)
    out = tmp_path / "out"
    common = ["--pack", pack, "--out", out, "--weights", WEIGHTS, "--device", "cpu", "--batch", "2", "--workers", "0"]
    common = [str(part) for part in common]
    train.main([*common, "--minutes", "0.08"])
    assert load_averaged(out / "vehicle.pt")[1]["samples"] > 0
    assert load_averaged(out / "plate.pt")[0].shape.classes == 1
    for name in ("reader", "second"):
        before, after = load_reader(WEIGHTS / f"{name}.pt"), load_reader(out / f"{name}.pt")
        moved = [not torch.equal(a, b) for a, b in zip(before.parameters(), after.parameters())]
        assert any(moved)
        assert all(torch.isfinite(value).all() for value in after.parameters())
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    assert {line["network"] for line in lines if "score" in line} == set(NETWORKS)

    # All but the last are done: only that one goes on.
    state = torch.load(out / "states" / "second.state")
    state["budget"] = state["seconds"] + 1
    torch.save(state, out / "states" / "second.state")
    done = (out / "reader.pt").read_bytes()
    train.main([*common, "--minutes", "0.05", "--resume"])
    assert (out / "reader.pt").read_bytes() == done
    assert torch.load(out / "second.pt")["step"] > state["step"]
