"""The desk in AgentPy: lists of agents, and one call for all of a list."""

from __future__ import annotations

from collections import deque

import agentpy

from benchmarks.peers.desk import Desk
from benchmarks.peers.serving import answer


class Request:
    """One request of a resident, and the minutes it still takes."""

    __slots__ = ("minutes", "resident")

    def __init__(self, resident: Resident, minutes: float) -> None:
        self.resident, self.minutes = resident, minutes


class Resident(agentpy.Agent):
    """Has needs, voices some, and judges by what becomes of them."""

    def setup(self, queue: deque[Request]) -> None:
        self.queue, self.satisfaction = queue, self.p.desk.first_satisfaction

    def live(self) -> None:
        draw, desk = self.model.random.random, self.p.desk
        if draw() < desk.need_chance and draw() < desk.voiced_chance:
            self.model.raised += 1
            self.queue.append(Request(self, self.model.random.lognormvariate(*self.model.log_terms)))

    def judge(self) -> None:
        desk = self.p.desk
        performance = 1.0 if self.model.random.random() < desk.met_chance else 0.0
        self.satisfaction += desk.contact_weight * (performance - self.satisfaction)


class Worker(agentpy.Agent):
    """Takes the oldest request of the community until the minutes of the day are over."""

    def setup(self, queue: deque[Request]) -> None:
        self.queue = queue

    def serve(self) -> None:
        minutes, queue = self.p.desk.worker_minutes, self.queue
        while queue and minutes >= queue[0].minutes:
            request = queue.popleft()
            minutes -= request.minutes
            request.resident.judge()
            self.model.closed += 1
        if queue:
            queue[0].minutes -= minutes


class DeskModel(agentpy.Model):
    """Communities of residents and workers around one queue each."""

    def setup(self) -> None:
        desk = self.p.desk
        self.log_terms, self.raised, self.closed = desk.log_terms, 0, 0
        self.residents, self.workers = agentpy.AgentList(self), agentpy.AgentList(self)
        for n_residents, n_workers in zip(desk.residents, desk.workers, strict=True):
            queue: deque[Request] = deque()
            self.residents.extend(agentpy.AgentList(self, n_residents, Resident, queue=queue))
            self.workers.extend(agentpy.AgentList(self, n_workers, Worker, queue=queue))

    def step(self) -> None:
        self.residents.live()
        self.workers.shuffle().serve()


def build(desk: Desk) -> DeskModel:
    """Return the model, set up."""
    model = DeskModel({"desk": desk, "steps": desk.days, "seed": desk.seed, "report_seed": False})
    model.sim_setup()
    return model


def run(model: DeskModel) -> tuple[int, int, float]:
    """Run the year; return requests raised and closed, and mean satisfaction."""
    while model.running:
        model.sim_step()
    return model.raised, model.closed, sum(model.residents.satisfaction) / len(model.residents)


if __name__ == "__main__":
    answer(build, run)
