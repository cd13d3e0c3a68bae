"""Killed at any step of writing, a sweep loses nothing, makes nothing twice and holds nothing half-written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govsim.sweeps import store as store_module
from govsim.sweeps.running import run_sweep
from tests.sweeps.small_plans import HEAD, contents

EIGHT_RUNS = HEAD + "arms: [{id: second, scenario: ../valid/derived.yaml}]\nreplicates: 4\nruns_per_shard: 4\n"
# The system calls of the protocol, in the modules that make them.
STEPS = ("link", "fsync", "open")


class Killed(BaseException):
    """The process is gone: nothing after this happens, not even tidying up."""


class Guillotine:
    """Ends the process before or after its n-th step."""

    def __init__(self, monkeypatch, at, after):
        self.count = 0
        self.at = at
        self.after = after
        self.is_dead = False
        for name in STEPS:
            monkeypatch.setattr(os, name, self.wrapped(getattr(os, name)))
        monkeypatch.setattr(Path, "unlink", self.wrapped(Path.unlink))
        monkeypatch.setattr(store_module, "write_shard", self.wrapped(store_module.write_shard))
        monkeypatch.setattr(store_module, "write_atomically", self.wrapped(store_module.write_atomically))

    def wrapped(self, step):
        def call(*arguments, **settings):
            if self.is_dead:
                raise Killed
            mine = self.count == self.at
            self.count += 1
            if mine and not self.after:
                self.is_dead = True
                raise Killed
            try:
                return step(*arguments, **settings)
            finally:  # whatever came of the step, nobody is there to hear of it
                if mine:
                    self.is_dead = True
                    raise Killed

        return call


def n_steps(place):
    """Return how many steps a sweep takes; what is only done once in a process has been done before."""
    place.swept(EIGHT_RUNS, name="before")
    with pytest.MonkeyPatch.context() as patched:
        guillotine = Guillotine(patched, at=-1, after=False)
        place.swept(EIGHT_RUNS, name="counted")
    return guillotine.count


@pytest.mark.nightly
def test_killed_before_and_after_every_step_a_sweep_goes_on_to_the_same_content(place):
    steps = n_steps(place)
    assert steps > 20
    plan = place.plan(EIGHT_RUNS)
    expected = contents(place.store("before"))
    assert len(expected["digests"]) == 8
    for at in range(steps):
        for after in (False, True):
            name = f"store-{at}-{after}"
            with pytest.MonkeyPatch.context() as patched:
                Guillotine(patched, at, after)
                with pytest.raises(Killed):
                    place.swept(EIGHT_RUNS, name=name)
            store = place.store(name)
            if store.folder.exists():
                assert store.sealed().damaged == {}
            had = len(store.sealed().digests)
            reached = run_sweep(plan, place.folder / "plans", store)
            assert reached.new == len(expected["digests"]) - had
            assert contents(store) == expected
