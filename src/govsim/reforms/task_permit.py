"""The task permit (准入), source R1."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field

from govsim.institution.institution import AtLeastTerm
from govsim.reforms.reform import Reform

if TYPE_CHECKING:
    from govsim.institution.institution import Edit, Institution


class TaskPermit(Reform):
    """A task may enter a community only if the board has listed it or admits it for the month.

    What is refused comes back to its department, which does it, buys it, lets it be, or sends it all the same. Trap:
    where evasion is seldom found out, departments learn to send ad hoc what they may not send by the list; where
    they have staff to spare, the burden moves to them; where neither, it goes.
    """

    title_en: ClassVar[str] = "Task permit"
    title_zh: ClassVar[str] = "社区工作事项准入"

    use: Literal["task_permit"] = "task_permit"
    strictness: float = Field(default=1.0, ge=0.0, le=20.0, description="odds of refusal over those of a usual board")
    approval_days: int = Field(default=15, ge=0, le=60, description="working days that an admitted task waits")
    audit_share: float = Field(default=0.1, ge=0.0, le=1.0, description="share of ad hoc tasks that are found out")

    def amend(self, institution: Institution, dose: float) -> tuple[Edit, ...]:
        """Return the edits of the edges by which departments assign work to the communities covered."""
        where = self.nested_communities(institution, dose)
        return tuple(
            AtLeastTerm(self.id, "assigns", term, value, where)
            for term, value in (
                ("permit", 1.0),
                ("strictness", self.strictness),
                ("approval_days", float(self.approval_days)),
                ("audit_share", self.audit_share),
            )
        )

    def neutral(self) -> Self:
        """Return a permit whose board lists everything."""
        return self.model_copy(update={"strictness": 0.0})
