"""The submodels of the ODD page, in the order in which they run."""

from typing import Final

from govsim.processes.community_life import pay_out, reach_entitled, renew_stock, settle_opinion
from govsim.processes.delivery import receive
from govsim.processes.exhaustion import build_strain, count_day
from govsim.processes.joining import join_communities
from govsim.processes.mandates import issue_jobs, schedule_jobs
from govsim.processes.needs import foresee_needs, raise_requests
from govsim.processes.overdue import drop_overdue
from govsim.processes.phase import Phase, Situation
from govsim.processes.routes import choose_routes
from govsim.processes.serving import note_loads, serve_communities, serve_departments, serve_rest_day, serve_streets
from govsim.processes.staffing import assign_duties, leave_and_hire, set_pay

PHASES: Final[tuple[Phase, ...]] = (
    join_communities,
    set_pay,
    assign_duties,
    foresee_needs,
    choose_routes,
    schedule_jobs,
    receive,
    raise_requests,
    issue_jobs,
    drop_overdue,
    serve_communities,
    serve_streets,
    serve_departments,
    serve_rest_day,
    build_strain,
    count_day,
    leave_and_hire,
    renew_stock,
    reach_entitled,
    settle_opinion,
    pay_out,
    note_loads,
)

__all__ = ["PHASES", "Phase", "Situation"]
