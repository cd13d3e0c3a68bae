"""What the command line itself says; what it prints of scenarios and results is said where that is made."""

from __future__ import annotations

from typing import Final

from govsim.language import Message

# Languages.
NO_LANGUAGE: Final = Message("{name}: the language must be en or zh, but is '{given}'.")

# Commands, options and arguments.
NO_COMMAND: Final = Message("there is no command '{given}'.{hint}{see}")
NO_SUCH_OPTION: Final = Message("there is no option '{given}' here.{hint}{see}")
MISSING: Final = Message("{name} is missing.{see}")
NO_COMMAND_GIVEN: Final = Message("a command is missing.{see}")
NEEDS_VALUE: Final = Message("the option '{given}' needs a value.{see}")
TAKES_NO_VALUE: Final = Message("the option '{given}' takes no value.{see}")
TOO_MUCH: Final = Message("'{given}' is more than this command takes.{see}")
BAD_VALUE: Final = Message("{path}: {sentence}")
OTHER: Final = Message("the command line cannot be understood.{see}")
SEE_HELP: Final = Message(" See '{command} --help'.")
WHOLE_FROM: Final = Message("must be a whole number, {low} or more, but is '{given}'.")
NO_JOBS: Final = Message("must be 1 or more, or -1 for every core, but is '{given}'.")

# Help pages.
USAGE: Final = Message("Usage: {line}")
OPTIONS: Final = Message("[OPTIONS]")
COMMAND: Final = Message("COMMAND")
ARGUMENTS_TITLE: Final = Message("Arguments")
OPTIONS_TITLE: Final = Message("Options")
COMMANDS_TITLE: Final = Message("Commands")
DEFAULT: Final = Message(" (default: {value})")
LANG_HELP: Final = Message("Language; else GOVSIM_LANG, else the locale's.")
HELP_HELP: Final = Message("Show this page and end.")

# Scenario files.
NO_SCENARIOS: Final = Message("no scenario file below {folder}")
OF_DEMO: Final = Message("In the package:")
LISTED: Final = Message("place {place}; reforms: {reforms}")
NO_REFORMS: Final = Message("none")
NEXT: Final = Message(", ")
NOT_A_FOLDER: Final = Message("{folder}: there is no such folder.")
USABLE: Final = Message(
    "{file}: ok: {residents} residents, {communities} communities, {streets} street offices, {months} months with "
    "{warm_up} of warm-up, reforms: {reforms}"
)

# Running.
RUN_FAILED: Final = Message("a run failed, so there is no result; please report it: {reason}")

NO_ROOM: Final = Message(
    "{residents} residents in {processes} processes at once need about {needed} GiB of memory, and {free} GiB are "
    "free; "
    "lower world.residents or --n-jobs, or set {variable} to what may be used."
)
NO_NUMBER_OF_GIB: Final = Message("{variable}: must be a number of GiB, such as 4, but is '{given}'.")

# Writing.
CANNOT_WRITE: Final = Message("{place}: cannot write here: {reason}.")
WRITTEN: Final = Message("written: {files}")
BASELINE_HAS_REFORMS: Final = Message(
    "{baseline}: the baseline has reforms of its own ({reforms}); effects are what the other files change beside them."
)

# Sweeps.
NO_PART: Final = Message("must be a part such as 2/8, the second of eight, but is '{given}'.")
NO_EXECUTOR: Final = Message("--executor: must be local or dask, but is '{given}'.")
SCHEDULER_NEEDED: Final = Message(
    "--executor dask needs --scheduler; 'dask scheduler' and 'dask worker' start a cluster on this machine."
)
SCHEDULER_FOR_DASK: Final = Message("--scheduler belongs to --executor dask.")
SWEPT: Final = Message("{folder}: {done} of {planned} runs are there, {new} of them new")
RUNS_A_SECOND: Final = Message("{number} runs/s")
RUNS_A_MINUTE: Final = Message("{number} runs/min")
STOPPED: Final = Message("stopped; what is sealed in {folder} stays, and the same command goes on")
RUNS_FAILED: Final = Message(
    "{failed} runs failed; why stands beside them: govsim.open_results('{folder}', allow_partial=True).failures(). "
    "--retry-failed makes them once more."
)

# Reports of folders.
SWEEP_NEEDS_PLAN: Final = Message("{folder}: this is a sweep, whose scenarios are named by its plan: add --plan PLAN.")
NO_SWEEP_HERE: Final = Message("{folder}: --plan and --sample belong to a sweep, and there is none here.")
NOT_AT_HAND: Final = Message(
    "{folder}: its scenario files are not at hand as they were compared, so the report is without months and offices; "
    "begin where the comparison was made."
)

# The view.
NO_PORT: Final = Message("must be a port from 1 to {highest}, but is '{given}'.")
NO_VIEW: Final = Message("the view needs Dash and waitress, which are not installed: pip install 'govsim[view]'.")
HOW_TO_STOP: Final = Message("Open this address, which is yours alone; Ctrl-C stops the view.")
