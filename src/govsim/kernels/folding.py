"""Folding tables into a few words, for a digest that does not depend on where a row happens to lie."""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim.compilation import kernel, separate_kernel
from govsim.kernels.prefetching import prefetch
from govsim.kernels.queueing import NONE

_A: Final = np.uint64(0xBF58476D1CE4E5B9)
_B: Final = np.uint64(0x94D049BB133111EB)
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
ONE: Final = 1_000_000_000
STRETCH: Final = 512
N_NOTED: Final = 19
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
def note_item(item, values, i):
    """Note what the digest covers of an open item, whatever slot it lies in, as column i of ``values``."""
    values[0, i] = item.entity
    values[1, i] = item.tick
    values[2, i] = item.index
    values[3, i] = item.matter
    values[4, i] = item.remaining
    values[5, i] = item.triage_left
    values[6, i] = item.away_left
    values[7, i] = item.size_minutes
    values[8, i] = item.given
    values[9, i] = item.arrived_on_day
    values[10, i] = item.created_on_day
    values[11, i] = item.raised_on_day
    values[12, i] = item.first_raised_on_day
    values[13, i] = item.due_on_day
    values[14, i] = item.tray
    values[15, i] = item.own_class
    values[16, i] = item.n_returned
    values[17, i] = item.blocks_line
    values[18, i] = item.by_hotline


@separate_kernel
def fold_items(values, words, n):
    """Return the sum of one word for each of n noted items; ``words`` is room for as many."""
    for i in range(n):
        words[i] = np.uint64(values[0, i])
    for field in range(1, N_NOTED):
        # Several items at once: each step of one item's word waits for the step before.
        column = values[field]
        for i in range(n):
            words[i] = mix(words[i] + _STEP) ^ np.uint64(column[i] + 1)
    total = np.uint64(0)
    for i in range(n):
        total += mix(words[i])
    return total


@kernel
def witness_open_work(work, class_of_matter, line_of_matter, day, seen):
    """Count all open work once more, item by item, as a witness for the sums that are kept; return one word for it.

    ``seen`` has remaining minutes by community and class and, of jobs, by origin; ages of items in days by community;
    returned jobs that hold up a line, by community and line; and minutes that cases in the trays of offices still take;
    then room for what is noted of items, shape (``N_NOTED``, n), and for their words. The order of slots and trays does
    not matter to the word.
    """
    layout = work.layout
    total, n = np.uint64(0), np.int64(0)
    for tray in range(len(work.trays)):
        slot = np.int64(work.trays[tray].first)
        while slot != NONE:
            item = work.items[slot]
            slot = np.int64(item.next)
            prefetch(work.items, max(0, slot))
            line = line_of_matter[item.matter]
            seen.minutes[item.community, class_of_matter[item.matter]] += item.remaining
            seen.ages[item.community] += day - item.created_on_day
            if item.resident == NONE:
                seen.by_origin[line] += item.remaining
            if item.blocks_line:
                seen.returned[item.community, line] += 1
            if layout.n_posts <= tray < layout.first_arriving:
                seen.in_trays[tray - layout.n_posts] += item.away_left
            note_item(item, seen.noted, n)
            n += 1
            if n == len(seen.words):
                total += fold_items(seen.noted, seen.words, n)
                n = np.int64(0)
    return total + fold_items(seen.noted, seen.words, n)
