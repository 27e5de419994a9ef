"""The clock's schedule, and going on where a run was cut off."""

import json

import pytest

pytest.importorskip("cv2")
torch = pytest.importorskip("torch")

from gpu import loop
from gpu.held_out import Figures
from gpu.log import Log
from gpu.loop import Run, Training, rate_at, seconds_left, shared_out
from gpu.networks import Settings

SETTINGS = Settings(1.0, 8, 8, 0.05, 0.0, 1.0)


class Line:
    """Learns y = 2 x: small enough to be trained within a test."""

    def __init__(self):
        self.settings = SETTINGS
        torch.manual_seed(1)
        self.model = torch.nn.Linear(1, 1)
        self.broken_at = None

    def loss(self, count, seed, step, progress, autocast):
        x = torch.rand(count, 1, generator=torch.Generator().manual_seed(seed + step))
        loss = ((self.model(x) - 2 * x) ** 2).mean()
        return loss * float("nan") if step == self.broken_at else loss

    def exam(self, averaged):
        return Figures(float(averaged(torch.ones(1, 1))), {"one": "1/1"})

    def shipped(self, averaged, facts):
        return {"averaged": averaged, **facts}


def training(tmp_path, network, seconds, resume=False):
    run = Run("line", tmp_path, tmp_path, torch.device("cpu"), seconds, 3)
    made = Training(network, run, Log(tmp_path, resume))
    assert made.resume() == resume
    return made


def test_a_run_leaves_weights_a_log_and_a_figure(tmp_path):
    training(tmp_path, Line(), 1.0).train()
    state = torch.load(tmp_path / "line.pt")
    assert state["step"] > 10
    assert state["samples"] == state["step"] * 8
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert abs(lines[-1]["score"] - 2) < abs(lines[0]["score"] - 2)
    assert "<polyline" in (tmp_path / "figure.svg").read_text()


def test_a_cut_run_goes_on_where_it_was(tmp_path):
    first = training(tmp_path, Line(), 0.6)
    first.train()
    steps = torch.load(tmp_path / "line.pt")["step"]
    assert seconds_left(tmp_path, "line") == 0
    state = torch.load(tmp_path / "line.state")
    state["budget"] = state["seconds"] + 0.4
    torch.save(state, tmp_path / "line.state")
    assert seconds_left(tmp_path, "line") == pytest.approx(0.4)
    network = Line()
    second = training(tmp_path, network, 99, resume=True)
    assert torch.equal(network.model.weight, state["model"]["weight"])
    second.train()
    assert torch.load(tmp_path / "line.pt")["step"] > steps


def test_a_sick_batch_does_not_end_a_run(tmp_path, monkeypatch):
    monkeypatch.setattr(loop, "REPORT_SECONDS", 0)
    network = Line()
    network.broken_at = 5
    training(tmp_path, network, 0.5).train()
    state = torch.load(tmp_path / "line.pt")
    assert state["step"] > 6
    assert all(torch.isfinite(value).all() for value in state["averaged"].values())


def test_time_is_shared_among_what_is_not_done():
    shares = {"a": 0.5, "b": 0.25, "c": 0.25}
    assert shared_out(100, shares, {}) == {"a": 50, "b": 25, "c": 25}
    assert shared_out(95, shares, {"a": None, "b": 20.0, "c": None}) == {"a": 50, "b": 20.0, "c": 25}


def test_the_rate_warms_up_and_ends_near_nothing():
    assert rate_at(1.0, 0, 0.0) < 0.05
    assert rate_at(1.0, 500, 0.0) == pytest.approx(1.0)
    assert rate_at(1.0, 500, 1.0) == pytest.approx(0.01)
