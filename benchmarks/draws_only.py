"""A bare loop of keyed draws, the floor under any run that makes as many."""

from govsim.compilation import kernel
from govsim.randomness import u


@kernel
def bare_draws(key, n):
    """Return the sum of n draws."""
    total = 0.0
    for i in range(n):
        total += u(key, 1, i, 0, 0)
    return total
