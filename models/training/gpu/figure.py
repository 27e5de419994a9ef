"""A figure of a run as SVG: loss and held-out score of every network over its time. Needs no library."""

WIDTH, HEIGHT, MARGIN = 460, 250, 44
LOSS, SCORE = "#1f6fb4", "#c0392b"


def drawn_figure(lines: list[dict]) -> str:
    """One panel for each network in the log's lines."""
    networks = list(dict.fromkeys(line["network"] for line in lines))
    panels = [
        _panel(name, [line for line in lines if line["network"] == name], index) for index, name in enumerate(networks)
    ]
    height = HEIGHT * ((len(networks) + 1) // 2)
    size = f'width="{WIDTH * 2}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">'
    return "\n".join((head, '<rect width="100%" height="100%" fill="white"/>', *panels, "</svg>", ""))


def _panel(name: str, lines: list[dict], index: int) -> str:
    losses = [
        (line["seconds"], line["loss"]) for line in lines if line.get("loss") == line.get("loss") and "loss" in line
    ]
    scores = [(line["seconds"], line["score"]) for line in lines if "score" in line]
    longest = max([seconds for seconds, _ in (*losses, *scores)], default=0) or 1
    parts = [
        f'<g transform="translate({index % 2 * WIDTH},{index // 2 * HEIGHT})">',
        f'<text x="{WIDTH / 2}" y="16" text-anchor="middle" font-size="13">{name}</text>',
        f'<rect x="{MARGIN}" y="24" width="{WIDTH - 2 * MARGIN}" height="{HEIGHT - 24 - MARGIN}"',
        'fill="none" stroke="#999"/>',
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">seconds of training, up to {longest:.0f}</text>',
        *_curve(losses, longest, LOSS, "loss", MARGIN - 4, "end"),
        *_curve(scores, longest, SCORE, "held out", WIDTH - MARGIN + 4, "start"),
        "</g>",
    ]
    return "\n".join(parts)


def _curve(points: list, longest: float, colour: str, label: str, x: float, anchor: str) -> list[str]:
    if not points:
        return []
    values = [value for _, value in points]
    low, high = min(values), max(values)
    span = high - low or 1.0
    bottom, tall, wide = HEIGHT - MARGIN, HEIGHT - 24 - MARGIN, WIDTH - 2 * MARGIN
    places = " ".join(
        f"{MARGIN + seconds / longest * wide:.1f},{bottom - (value - low) / span * tall:.1f}"
        for seconds, value in points
    )

    def text(y, words):
        return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{words}</text>'

    return [
        f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
        text(34, f"{high:.3g}"),
        text(48, label),
        text(bottom, f"{low:.3g}"),
    ]
