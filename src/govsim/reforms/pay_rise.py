"""Pay rise and social insurance for community workers (提薪, 三保), source R3."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field

from govsim.institution.institution import RaiseTerm, ScaleTerm
from govsim.reforms.reform import Reform

if TYPE_CHECKING:
    from govsim.institution.institution import Edit, Institution


class PayRise(Reform):
    """The district pays each post more and may pay more into the workers' insurances.

    Relative pay, recruitment, comparison with peers and public cost follow from the pay; what communities add from
    their own funds stays as it was. Trap: where only some communities are covered, or the rise meets heavy load,
    comparison with peers or exhaustion can outweigh it.
    """

    title_en: ClassVar[str] = "Pay rise for community workers"
    title_zh: ClassVar[str] = "提高社区工作者待遇"

    use: Literal["pay_rise"] = "pay_rise"
    rise_share: float = Field(default=0.3, ge=0.0, le=2.0, description="rise of public pay, share of it")
    insurance_rise_share: float = Field(default=0.0, ge=0.0, le=0.5, description="more insurance, share of pay")

    def amend(self, institution: Institution, dose: float) -> tuple[Edit, ...]:
        """Return the edits of the edges by which the district funds communities."""
        where = self.communities(institution)
        return (
            ScaleTerm(self.id, "funds", "pay_factor", 1.0 + self.rise_share * dose, where),
            RaiseTerm(self.id, "funds", "insurance_share", self.insurance_rise_share * dose, where),
        )

    def neutral(self) -> Self:
        """Return a rise of nothing."""
        return self.model_copy(update={"rise_share": 0.0, "insurance_rise_share": 0.0})
