"""The tagger measured: against others, part by part, by size, and by the clock."""

import os

for _library in (
    "OMP",
    "OPENBLAS",
    "MKL",
):  # one thread each: systems are compared on equal terms, and on busy machines
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
