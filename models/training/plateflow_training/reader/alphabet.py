"""Symbols of the reader's lattices. Index 0 is CTC's blank."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BLANK = 0
COUNTRIES = ("ID", "US", "EU", "GB", "BR", "VN")
INPUT_HEIGHT, INPUT_WIDTH = 64, 192  # a reader may be trained for wider crops
COLUMN_WIDTH = 4  # pixels of the input per lattice step
COLUMNS = INPUT_WIDTH // COLUMN_WIDTH  # lattice steps per line


def encode(text: str) -> list[int]:
    return [ALPHABET.index(c) + 1 for c in text]


def normalised(text: str) -> str:
    return "".join(c for c in text.upper() if c in ALPHABET)
