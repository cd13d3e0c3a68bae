"""Fewer inspections and appraisals (减检查考评), sources R20 and P3."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field

from govsim.institution.institution import AtLeastTerm, ScaleTerm
from govsim.reforms.reform import Reform

if TYPE_CHECKING:
    from govsim.institution.institution import Edit, Institution


class InspectionCut(Reform):
    """Only a share of the inspections by departments and streets may still be held.

    With them goes what inspection lends to a line: its tasks press less, and a community may decline what it is sent
    ad hoc. Trap: a visit under another name; work that only inspection drove is left; departments know less.
    """

    title_en: ClassVar[str] = "Fewer inspections"
    title_zh: ClassVar[str] = "减少检查考评"

    use: Literal["inspection_cut"] = "inspection_cut"
    cut_share: float = Field(default=0.85, ge=0.0, le=1.0, description="share of inspections that are abolished")
    audit_share: float = Field(default=0.1, ge=0.0, le=1.0, description="share of ad hoc visits that are found out")

    def amend(self, institution: Institution, dose: float) -> tuple[Edit, ...]:
        """Return the edits of the edges by which departments and streets inspect communities."""
        where = self.communities(institution)
        return (
            AtLeastTerm(self.id, "inspects", "audit_share", self.audit_share, where),
            ScaleTerm(self.id, "inspects", "kept_share", 1.0 - self.cut_share * dose, where),
        )

    def neutral(self) -> Self:
        """Return a cut of nothing."""
        return self.model_copy(update={"cut_share": 0.0})
