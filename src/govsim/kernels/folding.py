"""Folding tables into a few words, for a digest that does not depend on where a row happens to lie."""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim.compilation import kernel, separate_kernel
from govsim.kernels.queueing import NONE

_A: Final = np.uint64(0xBF58476D1CE4E5B9)
_B: Final = np.uint64(0x94D049BB133111EB)
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
ONE: Final = 1_000_000_000
STRETCH: Final = 512
PAIR_BYTES: Final = 8
_LOW: Final = np.uint64(0xFFFFFFFF)
_LEFT_STEP: Final = np.uint64(0x9E3779B9)
_RIGHT_STEP: Final = np.uint64(0x85EBCA6B)
_S30: Final = np.uint64(30)
_S27: Final = np.uint64(27)
_S31: Final = np.uint64(31)
_S32: Final = np.uint64(32)


@kernel
def mix(word):
    """Return a bijective scramble of 64 bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    word = (word ^ (word >> _S30)) * _A
    word = (word ^ (word >> _S27)) * _B
    return word ^ (word >> _S31)


@separate_kernel
def fold_pairs(pairs, first):
    """Return one word for pairs of 32-bit words, of which ``first`` stand before them, by values and places.

    Notes
    -----
    Pairs of words are multiplied with keys that depend on their place, as in the NH hash of UMAC (Black,
    Halevi, Krawczyk, Krovetz and Rogaway 1999): one multiplication for eight bytes. The sum over stretches is
    the word of the whole.
    """
    total = np.uint64(0)
    for i in range(len(pairs)):
        place, pair = np.uint64(first + i + 1), pairs[i]
        # Only the last 32 bits of a sum count, so neither part of it needs to be cut to them.
        left, right = pair + place * _LEFT_STEP, (pair >> _S32) + place * _RIGHT_STEP
        total += (left & _LOW) * (right & _LOW)
    return total


@separate_kernel
def largest_level(residents):
    """Return the largest satisfaction or expectation; as unsigned numbers, those below 0 lie above all others."""
    largest = np.uint32(0)
    for row in range(len(residents)):
        resident = residents[row]
        largest = max(largest, np.uint32(resident.satisfaction), np.uint32(resident.expectation))
    return largest


@kernel
def fold_residents(residents, pairs):
    """Return one word for all residents, whose table ``pairs`` is as uint64, and whether their levels are in range.

    Both in one pass: the table is larger than the processor's cache. A last odd word is left to the caller.
    """
    total, largest = np.uint64(0), np.uint32(0)
    n_pairs = STRETCH * residents.itemsize // PAIR_BYTES
    for k in range(-(-len(residents) // STRETCH)):
        total += fold_pairs(pairs[k * n_pairs : (k + 1) * n_pairs], k * n_pairs)
        largest = max(largest, largest_level(residents[k * STRETCH : (k + 1) * STRETCH]))
    return total, largest <= ONE


@kernel
def fold_item(item):
    """Return one word for an open item, whatever slot it lies in."""
    word = np.uint64(item.entity)
    for value in (
        np.int64(item.tick),
        np.int64(item.index),
        np.int64(item.matter),
        np.int64(item.remaining),
        np.int64(item.triage_left),
        np.int64(item.away_left),
        np.int64(item.size_minutes),
        np.int64(item.given),
        np.int64(item.arrived_on_day),
        np.int64(item.created_on_day),
        np.int64(item.raised_on_day),
        np.int64(item.first_raised_on_day),
        np.int64(item.due_on_day),
        np.int64(item.tray),
        np.int64(item.own_class),
        np.int64(item.n_returned),
        np.int64(item.blocks_line),
        np.int64(item.by_hotline),
    ):
        word = mix(word + _STEP) ^ np.uint64(value + 1)
    return mix(word)


@kernel
def fold_open_work(work):
    """Return one word for all open work; the order of slots and trays does not matter."""
    total = np.uint64(0)
    for tray in range(len(work.trays)):
        slot = np.int64(work.trays[tray].first)
        while slot != NONE:
            total = total + fold_item(work.items[slot])
            slot = np.int64(work.items[slot].next)
    return total


@kernel
def witness_open_work(work, class_of_matter, line_of_matter, day, seen):
    """Count all open work once more, item by item, as a witness for the sums that are kept.

    ``seen`` has remaining minutes by community and class and, of jobs, by origin; ages of items in days by community;
    returned jobs that hold up a line, by community and line; and minutes that cases in the trays of offices still take.
    """
    layout = work.layout
    for tray in range(len(work.trays)):
        slot = np.int64(work.trays[tray].first)
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
            slot = np.int64(item.next)
