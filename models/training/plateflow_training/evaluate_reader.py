"""Exact-match figures of an exported reader, greedy and with the grammar, on held-out photographs and the measure sets.

python -m plateflow_training.evaluate_reader --model reader/reader.onnx --data DATA [--misses FILE]
"""

import argparse
import ast
from functools import partial
from pathlib import Path

import onnxruntime

from .reader import evaluation, grammar
from .reader.network import load_reader
from .reader.samples import load_photographs, split

# The grammar of the place where a set was taken; a camera knows its country.
PLACES = {
    "id_ocr": ("ID",),
    "galaxy": ("ID",),
    "openalpr us": ("US",),
    "openalpr eu": ("EU", "GB"),
    "openalpr br": ("BR",),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--first", type=Path, help="weights of the first reader, where the model is a second one")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/ and measure/")
    parser.add_argument(
        "--margins",
        type=float,
        nargs="+",
        action="append",
        help="margins of the crops that are read together; repeat to compare",
    )
    parser.add_argument(
        "--illegal", type=float, default=grammar.ILLEGAL, help="price of a text that no pattern allows, in nats"
    )
    parser.add_argument("--misses", type=Path, help="write file, truth and reading of what was misread")
    parser.add_argument("--measure-only", action="store_true")
    options = parser.parse_args()
    session_options = onnxruntime.SessionOptions()
    session_options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(options.model), session_options, providers=["CPUExecutionProvider"])
    cases = evaluation.measure_cases(options.data)
    if not options.measure_only:
        cases += evaluation.held_out_cases(split(load_photographs(options.data))[1])
    if options.first:
        cases = evaluation.with_slopes(cases, load_reader(options.first))

    width = ast.literal_eval(session.get_modelmeta().custom_metadata_map["imgsz"])[1]

    def predict(images):
        return session.run(["text"], {"image": images})[0]

    def everywhere(lattices):
        return grammar.read(lattices, illegal=options.illegal)[0][0]

    def local(places, lattices):
        return grammar.read(lattices, places, illegal=options.illegal)[0][0]

    for margins in options.margins or [[evaluation.MARGIN]]:
        label = "+".join(f"{m:g}" for m in margins)
        for name, decode in (("greedy", evaluation.surest), ("grammar of all countries", everywhere)):
            figures, misses = evaluation.score(cases, predict, decode, margins, width)
            print(f"margin {label}, {name}: " + "  ".join(f"{g} {a}/{n}" for g, (a, n) in figures.items()), flush=True)
        parts, misses = [], []
        for group, places in PLACES.items():
            figures, missed = evaluation.score(
                [c for c in cases if c.group == group], predict, partial(local, places), margins, width
            )
            parts += [f"{g} {a}/{n}" for g, (a, n) in figures.items()]
            misses += missed
        print(f"margin {label}, grammar of the place: " + "  ".join(parts), flush=True)
    if options.misses:
        options.misses.write_text("".join(f"{c.group}\t{c.name}\t{c.truth}\t{r}\n" for c, r in misses))


if __name__ == "__main__":
    main()
