"""The desk in Starsim: a module with states of all residents as arrays, and whole arrays moved each day."""

from __future__ import annotations

import numpy as np
import starsim as ss

from benchmarks.peers.desk import Desk
from benchmarks.peers.serving import answer


class DeskModule(ss.Module):
    """Needs, requests in order of arrival, workers' minutes by community, and what closing leaves with residents."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="desk")
        self.define_pars(
            need=ss.bernoulli(p=desk.need_chance),
            voiced=ss.bernoulli(p=desk.voiced_chance),
            met=ss.bernoulli(p=desk.met_chance),
            minutes=ss.lognorm_ex(mean=desk.minutes_mean, std=desk.minutes_mean * desk.minutes_cv),
        )
        self.define_states(ss.FloatArr("satisfaction", default=desk.first_satisfaction))
        self.desk = desk
        self.community = np.array(desk.communities())
        self.capacity = np.array(desk.workers) * desk.worker_minutes
        # The queue, in order of community and then of arrival.
        self.asking, self.left = ss.uids(), np.zeros(0)

    def init_results(self) -> None:
        super().init_results()
        self.define_results(ss.Result("raised", dtype=int), ss.Result("closed", dtype=int))

    def step(self) -> None:
        needy = self.pars.need.filter()
        asking = self.pars.voiced.filter(needy)
        self.results.raised[self.ti] = len(asking)
        asked = ss.uids(np.concatenate([self.asking, asking]))
        left = np.concatenate([self.left, self.pars.minutes.rvs(asking)])
        order = np.argsort(self.community[asked], kind="stable")
        self.serve(asked[order], left[order])

    def serve(self, asked: ss.uids, left: np.ndarray) -> None:
        """Spend the minutes of each community on its requests, oldest first."""
        community = self.community[asked]
        spent = np.cumsum(left)
        firsts = np.searchsorted(community, np.arange(len(self.capacity)))
        before = np.concatenate([[0.0], spent])[firsts]
        beyond = spent - before[community] - self.capacity[community]
        self.judge(asked[beyond <= 0.0])
        kept = beyond > 0.0
        self.asking, self.left = asked[kept], np.minimum(left, beyond)[kept]

    def judge(self, closed: ss.uids) -> None:
        """Move the satisfaction of those whose requests were closed."""
        self.results.closed[self.ti] = len(closed)
        performance = self.pars.met.rvs(closed)
        level = self.satisfaction[closed]
        self.satisfaction[closed] = level + self.desk.contact_weight * (performance - level)


def build(desk: Desk) -> ss.Sim:
    """Return the simulation, initialised."""
    sim = ss.Sim(
        n_agents=desk.n_residents,
        start=ss.days(0),
        dur=ss.days(desk.days - 1),  # Starsim counts the first day and the last
        dt=ss.days(1),
        modules=DeskModule(desk),
        people_results=False,
        rand_seed=desk.seed,
        verbose=0,
    )
    sim.init()
    return sim


def run(sim: ss.Sim) -> tuple[int, int, float]:
    """Run the year; return requests raised and closed, and mean satisfaction."""
    sim.run()
    module = sim.custom.desk
    return module.results.raised.sum(), module.results.closed.sum(), module.satisfaction.mean()


if __name__ == "__main__":
    answer(build, run)
