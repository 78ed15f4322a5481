"""Runs every measurement anew and fills the tables of README.md: python -m benchmarks.tagging [NAME …]."""

import subprocess
import sys

ALL = ("peers", "retraining", "learning_curve", "ablation", "evidence", "speed", "scale")

if __name__ == "__main__":
    for name in sys.argv[1:] or ALL:
        subprocess.run([sys.executable, "-m", f"benchmarks.tagging.{name}"], check=True)
