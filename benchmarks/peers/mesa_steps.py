"""The desk in plain Mesa 3: every resident and every worker is an agent with a step."""

from __future__ import annotations

from collections import deque

import mesa

from benchmarks.peers.desk import Desk
from benchmarks.peers.serving import answer


class Request:
    """One request of a resident, and the minutes it still takes."""

    __slots__ = ("minutes", "resident")

    def __init__(self, resident: Resident, minutes: float) -> None:
        self.resident, self.minutes = resident, minutes


class Resident(mesa.Agent):
    """Has needs, voices some, and judges by what becomes of them."""

    def __init__(self, model: DeskModel, queue: deque[Request]) -> None:
        super().__init__(model)
        self.queue, self.satisfaction = queue, model.desk.first_satisfaction

    def step(self) -> None:
        draw, desk = self.model.random.random, self.model.desk
        if draw() < desk.need_chance and draw() < desk.voiced_chance:
            self.model.raised += 1
            self.queue.append(Request(self, self.model.random.lognormvariate(*self.model.log_terms)))

    def judge(self) -> None:
        desk = self.model.desk
        performance = 1.0 if self.model.random.random() < desk.met_chance else 0.0
        self.satisfaction += desk.contact_weight * (performance - self.satisfaction)


class Worker(mesa.Agent):
    """Takes the oldest request of the community until the minutes of the day are over."""

    def __init__(self, model: DeskModel, queue: deque[Request]) -> None:
        super().__init__(model)
        self.queue = queue

    def step(self) -> None:
        minutes, queue = self.model.desk.worker_minutes, self.queue
        while queue and minutes >= queue[0].minutes:
            request = queue.popleft()
            minutes -= request.minutes
            request.resident.judge()
            self.model.closed += 1
        if queue:
            queue[0].minutes -= minutes


class DeskModel(mesa.Model):
    """Communities of residents and workers around one queue each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(seed=desk.seed)
        self.desk, self.log_terms = desk, desk.log_terms
        self.raised = self.closed = 0
        for n_residents, n_workers in zip(desk.residents, desk.workers, strict=True):
            queue: deque[Request] = deque()
            Resident.create_agents(self, n_residents, queue)
            Worker.create_agents(self, n_workers, queue)

    def step(self) -> None:
        self.agents_by_type[Resident].do("step")
        self.agents_by_type[Worker].shuffle_do("step")


def run(model: DeskModel) -> tuple[int, int, float]:
    """Run the year; return requests raised and closed, and mean satisfaction."""
    for _ in range(model.desk.days):
        model.step()
    residents = model.agents_by_type[Resident]
    return model.raised, model.closed, residents.agg("satisfaction", sum) / len(residents)


if __name__ == "__main__":
    answer(DeskModel, run)
