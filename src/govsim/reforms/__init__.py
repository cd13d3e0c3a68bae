"""The catalogue of reforms, by hand: the name in a scenario file and the class that is its schema."""

from govsim.reforms.inspection_cut import InspectionCut
from govsim.reforms.pay_rise import PayRise
from govsim.reforms.reform import Reform
from govsim.reforms.task_permit import TaskPermit
from govsim.reforms.village_merger import VillageMerger

REFORMS: dict[str, type[Reform]] = {
    "inspection_cut": InspectionCut,
    "pay_rise": PayRise,
    "task_permit": TaskPermit,
    "village_merger": VillageMerger,
}

__all__ = ["REFORMS", "InspectionCut", "PayRise", "Reform", "TaskPermit", "VillageMerger"]
