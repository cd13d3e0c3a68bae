"""The monthly outcomes behind the method names that users of Mesa's ``DataCollector`` expect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.recording.tables import monthly

if TYPE_CHECKING:
    import pandas as pd

    from govsim.recording.recorder import Recording


@dataclass(frozen=True, slots=True)
class MonthlySeries:
    """Read-only: what was collected is the recording of the model."""

    recording: Recording

    def get_model_vars_dataframe(self) -> pd.DataFrame:
        """Return every outcome of every month, one row a month."""
        return monthly(self.recording)
