"""Street offices and departments as far as work that needs another body goes: transit and capacity."""

from __future__ import annotations

import math

from govsim.compilation import kernel
from govsim.kernels.queueing import NONE, remove, send
from govsim.randomness import Decision, u


@kernel
def work_through(work, tray, minutes):
    """Spend minutes on the first item of an office; return minutes left, and the item if it is done, else NONE."""
    slot = work.trays[tray].first
    item = work.items[slot]
    spent = min(minutes, item.away_left)
    item.away_left -= spent
    if item.away_left > 0:
        return minutes - spent, NONE
    remove(work, slot)
    return minutes - spent, slot


@kernel
def serve_streets(key, day, charter, work):
    """Let each street work through its tray; some cases go on to a department, the others go back."""
    settings = charter.settings[0]
    layout = work.layout
    for street in range(layout.n_streets):
        minutes = charter.street_capacity[street]
        while minutes > 0 and work.trays[layout.n_posts + street].first != NONE:
            minutes, slot = work_through(work, layout.n_posts + street, minutes)
            if slot == NONE:
                break
            item = work.items[slot]
            goes_on = u(key, Decision.DEPARTMENT, item.entity, item.tick, item.index)
            if goes_on < settings.escalation_department_share:
                item.away_left = math.floor(settings.escalation_department_minutes)
                office = layout.n_communities + layout.n_streets + charter.matters[item.matter].line
                send(work, office, slot, day + math.floor(settings.escalation_department_transit_days))
            else:
                send(work, item.community, slot, day + 1)


@kernel
def serve_departments(day, charter, work):
    """Let each department work through its tray; what it decides goes back to the community."""
    layout = work.layout
    for department in range(len(charter.department_capacity)):
        tray = layout.n_posts + layout.n_streets + department
        minutes = charter.department_capacity[department]
        while minutes > 0 and work.trays[tray].first != NONE:
            minutes, slot = work_through(work, tray, minutes)
            if slot == NONE:
                break
            send(work, work.items[slot].community, slot, day + 1)
