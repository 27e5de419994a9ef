"""Writes the small pictures of the tests that OpenCV cannot write: python make_pictures.py (needs Pillow)."""

from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
ROTATE_90_CLOCKWISE = 6
ORIENTATION = 0x0112


def main():
    red_left = Image.new("RGB", (32, 16), (0, 0, 255))
    red_left.paste((255, 0, 0), (0, 0, 16, 16))
    exif = Image.Exif()
    exif[ORIENTATION] = ROTATE_90_CLOCKWISE
    red_left.save(HERE / "rotated-by-exif.jpg", quality=95, exif=exif)
    red_left.convert("CMYK").save(HERE / "cmyk.jpg", quality=95)
    red_left.save(HERE / "progressive.jpg", quality=95, progressive=True)
    red_left.save(HERE / "lossy.webp", quality=95)


if __name__ == "__main__":
    main()
