"""Many draws at once: the same numbers as one by one, several in each instruction of the processor."""

from __future__ import annotations

from typing import Final

from govsim.compilation import separate_kernel
from govsim.randomness import identity, u

BATCH: Final = 256

# Rows of ``batch.numbers``: what is drawn for, and whole numbers that were drawn.
ROW: Final = 0
ENTITY: Final = 1
TICK: Final = 2
INDEX: Final = 3
ORDER: Final = 4
NOUGHT: Final = 5
GROUP: Final = 6
SATISFACTION: Final = 7
EXPECTATION: Final = 8
OWNER: Final = 9
COUNT: Final = 10
LEFT: Final = 11
SKIPPED: Final = 12
FRONT: Final = 13
KEY: Final = 14
SHARE: Final = 15
N_NUMBERS: Final = 16

# Rows of ``batch.uniforms``: what was drawn.
FIRST: Final = 0
SIZE: Final = 1
CHANNEL: Final = 2
KIND: Final = 3
DESK: Final = 4
PATIENCE: Final = 5
VOICED: Final = 6
N_UNIFORMS: Final = 7

# The same rows when a district is founded.
AGE: Final = 0
DISABLED: Final = 1
LOW_INCOME: Final = 2
LEVEL: Final = 3
HOPE: Final = 4


@separate_kernel
def draw_uniforms(key, decision, entities, ticks, indices, n, uniforms):
    """Fill ``uniforms`` with the draws of one decision for n entities."""
    for i in range(n):
        uniforms[i] = u(key, decision, entities[i], ticks[i], indices[i])


@separate_kernel
def draw_identities(key, decision, entities, ticks, indices, n, identities):
    """Fill ``identities`` with what n entities cause by one decision; it may be ``entities`` itself."""
    for i in range(n):
        identities[i] = identity(key, decision, entities[i], ticks[i], indices[i])
