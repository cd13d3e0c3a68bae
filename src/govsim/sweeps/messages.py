"""Every sentence about plans and their stores, in one place."""

from __future__ import annotations

from typing import Final

from govsim.language import Message

FACTOR_NEEDS: Final = Message("a factor has either a list of values or 'from' and 'to', and here is {given}.")
BOTH_KINDS: Final = Message("both")
NEITHER_KIND: Final = Message("neither")
HALF_A_SPAN: Final = Message("only one end")
ENDS_IN_ORDER: Final = Message("'from' must lie below 'to', but {low} does not lie below {high}.")
WHOLE_ENDS: Final = Message("a span of whole numbers begins and ends at whole numbers, but {given} is none.")
WHOLE_OF_LIST: Final = Message("'whole' belongs to a span; the values of a list are taken as they are.")
SAME_VALUE: Final = Message("the value {given} stands twice.")
GRID_OF_SPANS: Final = Message(
    "a grid combines lists of values, and this is a span; list the values, or choose the design 'latin_hypercube' "
    "or 'sobol'."
)
SAMPLE_OF_LISTS: Final = Message(
    "the design '{kind}' draws from spans, and this is a list; write 'from' and 'to', or choose the design 'grid'."
)
FACTORS_ELSEWHERE: Final = Message("the design '{kind}' brings its own values; remove the factors.")
KEY_OF_KIND: Final = Message("'{key}' belongs to the design '{of}', not to '{kind}'.")
KEY_NEEDED: Final = Message("the design '{kind}' needs '{key}'.")
NO_FACTORS: Final = Message("the design '{kind}' needs factors.")
POWER_OF_TWO: Final = Message(
    "a Sobol' sequence is balanced after 2, 4, 8 ... samples only; choose {below} or {above} instead of {given}."
)
OTHER_FACTORS: Final = Message("every sample sets the same factors; this one sets {given}, the first one {first}.")
ROW_LENGTH: Final = Message("this row has {given} cells, and the head has {wanted}.")
EMPTY_CELL: Final = Message("the cell of '{factor}' is empty.")
NO_ROWS: Final = Message("the table has a head and no rows.")
HEAD_TWICE: Final = Message("the column '{factor}' stands twice.")
TOO_MANY_SAMPLES: Final = Message("{given} samples are more than the most, {most}; vary less or draw samples.")
SET_AND_FACTOR: Final = Message("'{path}' is set and varied; only one of both can hold.")
REFORM_FOR_ALL: Final = Message(
    "'{path}' is of one reform; set it in the arms that have the reform, or vary it as a factor."
)
SAME_ARM: Final = Message("the id {given} stands twice; give each arm its own.")
BASELINE_ID: Final = Message("the id 'baseline' is that of the baseline; give this arm another.")
UNKNOWN_OUTCOME: Final = Message("there is no outcome {given}.{hint}")
TALLIES_OF_A_YEAR: Final = Message(
    "tallies are those of one reported year, and arm '{arm}' reports {years}; set horizon.years to 1."
)
NO_ARM_TAKES: Final = Message("no scenario of the plan has the reform of '{path}'.")

# A sample as a comparison.
NO_SAMPLE: Final = Message("there is no sample {given}; samples count from 0, and the last is {last}.")
KEEPS_TOO_LITTLE: Final = Message(
    "the plan '{plan}' does not keep what a comparison is made of; write 'keep: {{outcomes: all, ledger: true}}' and "
    "run it into another folder."
)

# Pages.
NEXT: Final = Message(", ")
PLAN: Final = Message("Plan {id}")
ARMS: Final = Message("{number} arms: {arms}")
SAMPLES: Final = Message("{number} samples of {factors}")
NOTHING_VARIES: Final = Message("nothing varies but the arms")
REPLICATES: Final = Message("{number} replicates of root seed {seed}, the same in all arms and samples")
RUNS: Final = Message("{number} runs in {files} files")
RUNS_SHARED: Final = Message("{number} runs in {files} files; {shared} more are the same as one of these")
TIME: Final = Message("{days} working days to simulate: about {time} in {processes} processes")
DISK: Final = Message("about {size} on the disk")
SECONDS: Final = Message("{number} s")
MINUTES: Final = Message("{number} min")
HOURS: Final = Message("{number} h")
STATUS: Final = Message("Sweep {id}: {done} of {planned} runs are there ({share})")
FILES: Final = Message("{files} files, {size}")
FAILED_RUNS: Final = Message("{failed} runs failed; 'govsim sweep resume --retry-failed' makes them once more")
DAMAGED_FILE: Final = Message("damaged: {name}: {reason}")
VERIFIED: Final = Message("{files} files are whole; {present} of {planned} runs are there")
FOREIGN_RUNS: Final = Message("{number} runs are there that the plan does not ask for")
REPEATED: Final = Message("{number} runs were made again, and {same} came out the same")
DIFFERENT: Final = Message("run {run} had the digest {digest}, and has {again} now")

# The store.
NO_STORE: Final = Message("{folder} holds no sweep: there is no record.json in it.")
OTHER_SCHEMA: Final = Message("{path} is of the schema '{given}', and this version reads '{wanted}'.")
UNREADABLE: Final = Message("{path} cannot be read: {reason}.")
BROKEN_RECORD: Final = Message("{path} is no record of a sweep; set it aside, and run the plan again.")
OTHER_PLAN: Final = Message("{folder} holds the plan '{before}', not '{given}'; choose another folder with --out.")
OTHER_MODEL: Final = Message(
    "{folder} was made by the model {before}, and this is {given}, whose numbers may differ; choose another folder."
)
CHANGED_PLAN: Final = Message(
    "{folder} holds the plan '{id}' with other contents: {keys}. More replicates, samples and arms may be added at the "
    "end; for other changes choose another folder."
)
NO_LINKS: Final = Message(
    "files cannot be published safely in {folder}: its file system has no hard links; choose another folder."
)
FOREIGN_FILE: Final = Message("not a file of a sweep")
NO_ORDINARY_FILE: Final = Message("not an ordinary file")
OTHER_BYTES: Final = Message("its bytes have changed since it was sealed")
OTHER_RUNS: Final = Message("its runs are not those of its name")
NOT_DETERMINISTIC: Final = Message(
    "NONDETERMINISM: the run {run} came out differently in {first} and {second}; nothing of this sweep can be trusted."
)

# Engines.
NO_DASK: Final = Message("Dask is not installed: pip install 'govsim[dask]'.")
NO_SCHEDULER: Final = Message("no Dask scheduler answers at {address}.")

# Results.
DAMAGED: Final = Message(
    "{number} files of {folder} are damaged, {name} first ({reason}); 'govsim sweep resume' sets them aside and makes "
    "their runs again."
)
INCOMPLETE: Final = Message(
    "{folder} has {done} of {planned} runs, {failed} failed; what is left would be a selection of runs. Go on with "
    "'govsim sweep resume', with --retry-failed for those that failed, or open it with allow_partial=True."
)
NOT_KEPT: Final = Message("'{given}' is no outcome that was kept of this sweep; there are {known}.{hint}")
NO_ARM: Final = Message("'{given}' is no arm of this sweep; there are {known}.{hint}")
NO_BETTER: Final = Message("of '{given}' neither less nor more is better, so no unit of improvement of it has a price.")
MODEL_FOR_VERIFYING: Final = Message(
    "these runs were made by the model {before}, and this is {given}; their files can be checked here, but runs can be "
    "repeated only by the model that made them."
)

# Workers.
MODEL_OF_WORKER: Final = Message(
    "a worker has the model {given}, and the plan was read with {wanted}; install the same."
)
SCENARIO_CHANGED: Final = Message(
    "the scenario of the arm '{arm}' ({file}) has changed since the plan was read; nothing was made of it."
)
