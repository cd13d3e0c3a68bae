"""Comparisons in a tiny district, as users make them: from files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from govsim.experiments import compare

FILES = Path(__file__).parent / "scenarios" / "compared"
HOSTILE = "</script><script>window.stolen = 1</script>"


def named(name):
    return str(FILES / f"{name}.yaml")


@cache
def two_reforms():
    """Return a permit and a pay rise beside the district as it was, in four pairs."""
    return compare(named("baseline"), [named("permit"), named("rise")], seeds=4, recordings=4)


@cache
def one_pair():
    """Return a permit in a single pair, which has no interval."""
    return compare(named("baseline"), [named("permit")], seeds=1)


@cache
def hostile_files():
    """Return a comparison of files whose title and sources try to become part of a page."""
    return compare(named("hostile"), [named("rise")], seeds=2)


def hostile_names():
    """Return a comparison whose names and settings try the same."""
    found = hostile_files()
    arms = (replace(found.arms[0], scenario=HOSTILE),)
    return replace(found, baseline=HOSTILE, arms=arms, settings=(HOSTILE,))


def with_effect(comparison, name, effect, arm=0):
    """Return the comparison with another effect of an arm on an outcome."""
    arms = list(comparison.arms)
    arms[arm] = replace(arms[arm], outcomes=arms[arm].outcomes | {name: effect})
    return replace(comparison, arms=tuple(arms))


def with_hours(comparison, arm=0, **hours):
    """Return the comparison with other hours of an arm on these accounts."""
    arms = list(comparison.arms)
    accounts = replace(arms[arm].displacement, hours=arms[arm].displacement.hours | hours)
    arms[arm] = replace(arms[arm], displacement=accounts)
    return replace(comparison, arms=tuple(arms))


def of_many_arms(comparison, n):
    """Return the comparison with its arms repeated until there are ``n``."""
    chosen = [index % len(comparison.arms) for index in range(n)]

    def repeated(rows):
        return rows and (rows[0], *(rows[1 + index] for index in chosen))

    return replace(
        comparison,
        arms=tuple(comparison.arms[index] for index in chosen),
        digests=repeated(comparison.digests),
        scenarios=repeated(comparison.scenarios),
        recordings=repeated(comparison.recordings),
    )
