"""What follows on the CPU: exports what came back as the product's models, in 8 bits, and measures them.

    python -m gpu.finish --results RESULTS --data DATA --work WORK --out MODELS

MODELS receives the four networks beside copies of everything else of the product's models, so that it can be measured
by evaluate_detectors, evaluate_reader and, copied over ../src/main/resources/models, by scripts/bench accuracy. A
network that did not come back stays the shipped one.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

MODULE = "plateflow_training"
NETWORKS = ("vehicle", "plate", "reader", "second")


def command(name: str, options) -> list:
    """What exports one network."""
    results, data, out = options.results, options.data, options.out
    if name in ("vehicle", "plate"):
        folders = ["--data", data / "train", "--work", options.work, "--out", out / name]
        return ["export_detectors", name, "--checkpoint", results / f"{name}.pt", *folders]
    common = ["--data", data, "--weights", results / f"{name}.pt", "--out", out / "reader"]
    if name == "reader":
        return ["export_reader", *common, "--dates", options.weights / "dates.pt"]
    # Levelled by the first reader that it will stand beside.
    first = results / "reader.pt"
    first = first if first.exists() else options.weights / "reader.pt"
    return ["export_reader", *common, "--first", first, "--width", "288", "--name", "second"]


def measures(options) -> list[list]:
    detectors = ["evaluate_detectors", "--data", options.data, "--work", options.work, "--models", options.out]
    reader = ["evaluate_reader", "--model", options.out / "reader" / "reader.onnx", "--data", options.data]
    return [detectors, [*reader, "--margins", "0.03", "0.1"]]


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--results", type=Path, required=True, help="folder with the NAME.pt that gpu.train has written"
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/ and measure/")
    parser.add_argument("--work", type=Path, required=True, help="folder for decoded photos, outside the repository")
    parser.add_argument("--out", type=Path, required=True, help="folder for the exported models")
    parser.add_argument(
        "--weights", type=Path, default=Path("weights"), help="folder with dates.pt (default %(default)s)"
    )
    parser.add_argument(
        "--shipped", type=Path, default=Path("../src/main/resources/models"), help="the product's models"
    )
    parser.add_argument("--export-only", action="store_true", help="do not measure")
    options = parser.parse_args(arguments)
    came_back = [name for name in NETWORKS if (options.results / f"{name}.pt").exists()]
    if not came_back:
        parser.error(f"--results {options.results}: found none of {', '.join(f'{name}.pt' for name in NETWORKS)}")
    shutil.copytree(options.shipped, options.out, dirs_exist_ok=True)
    todo = [command(name, options) for name in came_back]
    for module, *rest in todo + ([] if options.export_only else measures(options)):
        print(f"== {module} {' '.join(str(part) for part in rest)}", flush=True)
        subprocess.run([sys.executable, "-m", f"{MODULE}.{module}", *map(str, rest)], check=True)
    print(
        f"exported {', '.join(came_back)}; copy {options.out}/* over {options.shipped} and run scripts/bench accuracy"
    )


if __name__ == "__main__":
    main()
