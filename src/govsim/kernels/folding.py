"""Folding tables into a few words, for a digest that does not depend on where a row happens to lie."""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim.compilation import kernel
from govsim.kernels.queueing import NONE

_A: Final = np.uint64(0xBF58476D1CE4E5B9)
_B: Final = np.uint64(0x94D049BB133111EB)
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
ONE: Final = 1_000_000_000
_LOW: Final = np.uint64(0xFFFFFFFF)
_LEFT_STEP: Final = np.uint64(0x9E3779B9)
_RIGHT_STEP: Final = np.uint64(0x85EBCA6B)
_S30: Final = np.uint64(30)
_S27: Final = np.uint64(27)
_S31: Final = np.uint64(31)


@kernel
def mix(word):
    """Return a bijective scramble of 64 bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    word = (word ^ (word >> _S30)) * _A
    word = (word ^ (word >> _S27)) * _B
    return word ^ (word >> _S31)


@kernel
def fold_words(words):
    """Return one word for an array of uint32 in its order; its length is even.

    Notes
    -----
    Pairs of words are multiplied with keys that depend on their place, as in the NH hash of UMAC (Black,
    Halevi, Krawczyk, Krovetz and Rogaway 1999): one multiplication for eight bytes.
    """
    total = np.uint64(0)
    left = np.uint64(0)
    right = np.uint64(0)
    for i in range(len(words) // 2):
        left = (left + _LEFT_STEP) & _LOW
        right = (right + _RIGHT_STEP) & _LOW
        total += ((words[2 * i] + left) & _LOW) * ((words[2 * i + 1] + right) & _LOW)
    return total


@kernel
def fold_item(item):
    """Return one word for an open item, whatever slot it lies in."""
    word = np.uint64(item.entity)
    for value in (
        item.tick,
        item.index,
        item.matter,
        item.remaining,
        item.triage_left,
        item.away_left,
        item.size_minutes,
        item.given,
        item.arrived_on_day,
        item.created_on_day,
        item.raised_on_day,
        item.first_raised_on_day,
        item.due_on_day,
        item.tray,
        item.own_class,
        item.n_returned,
        item.blocks_line,
        item.by_hotline,
    ):
        word = mix(word + _STEP) ^ np.uint64(np.int64(value) + 1)
    return mix(word)


@kernel
def fold_open_work(work):
    """Return one word for all open work; the order of slots and trays does not matter."""
    total = np.uint64(0)
    for tray in range(len(work.trays)):
        slot = work.trays[tray].first
        while slot != NONE:
            total = total + fold_item(work.items[slot])
            slot = work.items[slot].next
    return total


@kernel
def witness_open_work(work, class_of_matter, line_of_matter, day, seen):
    """Count all open work once more, item by item, as a witness for the sums that are kept.

    ``seen`` has remaining minutes by community and class and, of jobs, by origin; ages of items in days by community;
    returned jobs that hold up a line, by community and line; and minutes that cases in the trays of offices still take.
    """
    layout = work.layout
    for tray in range(len(work.trays)):
        slot = work.trays[tray].first
        while slot != NONE:
            item = work.items[slot]
            line = line_of_matter[item.matter]
            seen.minutes[item.community, class_of_matter[item.matter]] += item.remaining
            seen.ages[item.community] += day - item.created_on_day
            if item.resident == NONE:
                seen.by_origin[line] += item.remaining
            if item.blocks_line:
                seen.returned[item.community, line] += 1
            if layout.n_posts <= tray < layout.first_arriving:
                seen.in_trays[tray - layout.n_posts] += item.away_left
            slot = item.next


@kernel
def levels_in_range(residents):
    """Return whether satisfaction and expectation of every resident lie between 0 and 1."""
    lowest, highest = np.int32(0), np.int32(0)
    for row in range(len(residents)):
        resident = residents[row]
        lowest = min(lowest, resident.satisfaction, resident.expectation)
        highest = max(highest, resident.satisfaction, resident.expectation)
    return lowest >= 0 and highest <= ONE
