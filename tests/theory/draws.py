"""Published vectors of Philox4x32-10 and examples of keyed draws, for compiled and uncompiled code alike."""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim import randomness

ONES: Final = 0xFFFFFFFF
# Random123, kat_vectors: counter, key, words.
PUBLISHED: Final = (
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)
EXAMPLES: Final = 2000


def philox_words(counter: tuple[int, ...], key: tuple[int, ...]) -> list[int]:
    """Return the four words that the software computes."""
    return [int(word) for word in randomness.philox(*(np.uint64(word) for word in (*counter, *key)))]


def keys_of_examples(n: int) -> list[tuple[int, int, int, int, int]]:
    """Return run key, decision, entity, tick and index of n draws, spread over their ranges."""
    keys = []
    state = 1
    for _ in range(n):
        numbers = []
        for bits in (64, 15, 63, 31, 16):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64  # Knuth, MMIX
            numbers.append(state >> (64 - bits))
        keys.append(tuple(numbers))
    return keys


def examples_of_bits(n: int) -> list[int]:
    """Return the random bits of n examples."""
    return [
        int(randomness.bits(np.uint64(key), decision, entity, tick, index))
        for key, decision, entity, tick, index in keys_of_examples(n)
    ]
