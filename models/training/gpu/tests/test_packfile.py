"""A pack gives back what was put in, and the same input gives the same bytes."""

import pytest

pytest.importorskip("cv2")
pytest.importorskip("torch")

import numpy as np

from gpu.duplicates import SeenPictures
from gpu.packfile import photo_entry, read_pack, sample_entry, write_pack
from plateflow_training.detectors.photos import LabelledPhoto
from plateflow_training.reader.samples import drawn_plate


def scenery(seed, height=90, width=140):
    """Smooth shapes, as photos have them: what noise would lose in compression they keep."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    waves = [np.sin(x * a + y * b + c) for a, b, c in rng.uniform(-0.12, 0.12, (3, 3)) * (1, 1, 50)]
    return (np.stack(waves, 2) * 100 + 128).astype(np.uint8)


def entries():
    photo = LabelledPhoto("a", "galaxy", scenery(1), np.array([[3.0, 4.0, 50.5, 60.0]], np.float32), np.array([1]))
    plate = drawn_plate(np.random.default_rng(5), country="ID")
    drawn = drawn_plate(np.random.default_rng(6), grey=False)
    return [
        photo_entry(photo, True, 90),
        sample_entry("crop", plate, False, 90),
        sample_entry("plate", drawn, False, 90),
    ]


def test_round_trip(tmp_path):
    size = write_pack(tmp_path / "p.bin", {"galaxy": {"told": ["Licence: none"]}}, entries())
    pack = read_pack(tmp_path / "p.bin")
    assert size == (tmp_path / "p.bin").stat().st_size
    assert pack.sources == {"galaxy": {"told": ["Licence: none"]}}
    photo = pack.photos[True][0]
    assert (photo.name, photo.collection, photo.classes.tolist()) == ("a", "galaxy", [1])
    np.testing.assert_allclose(photo.boxes, [[3.0, 4.0, 50.5, 60.0]])
    assert np.abs(photo.pixels.astype(int) - scenery(1)).mean() < 3
    plate, before = pack.crops[False][0], drawn_plate(np.random.default_rng(5), country="ID")
    assert (plate.lines, plate.date, plate.country) == (before.lines, before.date, before.country)
    assert plate.image.shape == before.image.shape
    assert [p.character for p in plate.places] == [p.character for p in before.places]
    np.testing.assert_allclose([p.left for p in plate.places], [p.left for p in before.places], atol=0.01)
    assert pack.plates[0].drawn
    assert pack.plates[0].image.shape[2] == 3


def test_the_same_entries_give_the_same_bytes(tmp_path):
    write_pack(tmp_path / "a.bin", {}, entries())
    write_pack(tmp_path / "b.bin", {}, entries())
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()


def test_a_pack_that_was_cut_off_is_refused(tmp_path):
    write_pack(tmp_path / "p.bin", {}, entries())
    (tmp_path / "cut.bin").write_bytes((tmp_path / "p.bin").read_bytes()[:-100])
    with pytest.raises(ValueError, match="cut off"):
        read_pack(tmp_path / "cut.bin")
    (tmp_path / "other.bin").write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"gpu\.pack has written"):
        read_pack(tmp_path / "other.bin")


def test_a_picture_is_known_again_smaller_and_mirrored():
    import cv2

    seen = SeenPictures()
    seen.add(scenery(2))
    assert seen.has(cv2.resize(scenery(2), (100, 64), interpolation=cv2.INTER_AREA))
    assert seen.has(scenery(2)[:, ::-1])
    assert not seen.has(scenery(3))
