"""The desk in Mesa 3 with its event scheduler: a resident is woken when a need comes up, and only then."""

from __future__ import annotations

import math
from collections import deque

import mesa
from mesa.experimental.devs import ABMSimulator, Priority

from benchmarks.peers.desk import Desk
from benchmarks.peers.mesa_steps import Request, Worker
from benchmarks.peers.mesa_steps import Resident as SteppingResident
from benchmarks.peers.serving import answer


class Resident(SteppingResident):
    """Knows the day of the next need, which is geometric, and sleeps until then."""

    def __init__(self, model: DeskModel, queue: deque[Request]) -> None:
        super().__init__(model, queue)
        self.await_need()

    def await_need(self) -> None:
        """Schedule the next need."""
        wait = math.floor(math.log(1.0 - self.model.random.random()) / self.model.log_no_need)
        self.model.simulator.schedule_event_relative(self.need, 1 + wait, priority=Priority.HIGH)

    def need(self) -> None:
        """Voice the need, or not, and go on to the next one."""
        if self.model.random.random() < self.model.desk.voiced_chance:
            self.model.raised += 1
            self.queue.append(Request(self, self.model.random.lognormvariate(*self.model.log_terms)))
        self.await_need()


class DeskModel(mesa.Model):
    """Communities of residents who are woken and workers who step, around one queue each."""

    def __init__(self, desk: Desk, simulator: ABMSimulator) -> None:
        super().__init__(seed=desk.seed)
        self.simulator = simulator
        simulator.setup(self)
        self.desk, self.log_terms = desk, desk.log_terms
        self.log_no_need = math.log(1.0 - desk.need_chance)
        self.raised = self.closed = 0
        for n_residents, n_workers in zip(desk.residents, desk.workers, strict=True):
            queue: deque[Request] = deque()
            Resident.create_agents(self, n_residents, queue)
            Worker.create_agents(self, n_workers, queue)

    def step(self) -> None:
        self.agents_by_type[Worker].shuffle_do("step")


def build(desk: Desk) -> DeskModel:
    """Return the model with its simulator."""
    return DeskModel(desk, ABMSimulator())


def run(model: DeskModel) -> tuple[int, int, float]:
    """Run the year; return requests raised and closed, and mean satisfaction."""
    model.simulator.run_for(model.desk.days)
    residents = model.agents_by_type[Resident]
    return model.raised, model.closed, residents.agg("satisfaction", sum) / len(residents)


if __name__ == "__main__":
    answer(build, run)
