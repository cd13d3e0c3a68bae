"""Samples made of keyed draws, so that a study of coverage gives the same answer every time."""

from __future__ import annotations

import numpy as np

from govsim.randomness import run_key, u

_KEY = run_key(1954, 0)


def uniforms(study: int, repeats: int, n: int) -> np.ndarray:
    """Return uniform numbers of shape (repeats, n), others for each number of a study."""
    numbers = [u(_KEY, study, repeat, index, 0) for repeat in range(repeats) for index in range(n)]
    return np.array(numbers).reshape(repeats, n)
