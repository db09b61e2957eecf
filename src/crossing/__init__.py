"""Crossing the Barrier: drug delivery past the blood-brain barrier, to explore. Illustrative, never clinical."""

import os as _os

__version__ = "0.1.0"

# Arrays here are small: threads of the linear-algebra library cost more in waiting (and memory) than they save. It reads
# this once, when numpy is first imported.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    _os.environ.setdefault(_name, "1")
