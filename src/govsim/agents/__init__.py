"""The actors as Mesa agents: identity, post and place, with properties that look into the tables."""

from govsim.agents.agents_by_type import AgentsByType
from govsim.agents.community import Community
from govsim.agents.department import Department
from govsim.agents.district import District
from govsim.agents.district_model import DistrictModel
from govsim.agents.mesa_wall import mesa
from govsim.agents.resident import Resident, Residents
from govsim.agents.street_office import StreetOffice
from govsim.agents.worker import Worker

__all__ = [
    "AgentsByType",
    "Community",
    "Department",
    "District",
    "DistrictModel",
    "Resident",
    "Residents",
    "StreetOffice",
    "Worker",
    "mesa",
]
