"""Every sentence with which a scenario is explained or set against another."""

from __future__ import annotations

from typing import Final

from govsim.language import Message

# The world and its run.
PLACE: Final = Message("Place")
SIZE: Final = Message(
    "{residents} residents in {settlements}; {communities} with {posts} posts; {streets}; {departments}"
)
CATALOGUE: Final = Message("{mandates} kinds of standing work and {requests} kinds of request")
HORIZON: Final = Message("{years}, from {first} to {last}, after {warm_up} of warm-up from {start}")
RULES: Final = Message("Rules")
RULE: Final = Message("{question}: {answer} ({name}: {value})")
NO_REFORM: Final = Message("No reform is in force.")

# A reform.
REFORM: Final = Message("Reform '{id}': {title} ({use})")
WHEN: Final = Message("When: {when}")
FROM: Final = Message("from {start}")
UNTIL: Final = Message("from {start} until the month before {end}")
AT_ONCE: Final = Message("{when}, at once")
PHASED: Final = Message("{when}, phased in over {months}")
WEAKER: Final = Message("{when}, with strength {strength}")
NEVER: Final = Message("{when}; not in force in this run")
WHERE: Final = Message("Where: {where}")
REFUSED: Final = Message("Refused, in every run, by the cooperatives of: {places}")
EVERYWHERE: Final = Message("everywhere, {communities}")
IN_PLACES: Final = Message("{places}; {communities}")
NOWHERE: Final = Message("nowhere")
SETTINGS: Final = Message("Settings:")
SETTING: Final = Message("{name} = {value}: {about}")
MONTHS: Final = Message("Month by month:")
STEP: Final = Message("{month}: dose {dose}, {communities}{joined}")
JOINED: Final = Message(" (new: {names})")
MORE_STEPS: Final = Message("... and {number} steps more")
ENDED: Final = Message("{month}: ended")
AND_MORE: Final = Message("{names} and {number} more")
CHANGES: Final = Message("What it changes alone, at dose {dose}:")
NO_CHANGES: Final = Message("What it changes alone: nothing")
COSTS: Final = Message("Costs: the district pays {sum} yuan a year {more} with every post filled ({parts})")
MORE: Final = Message("more")
LESS: Final = Message("less")
WAGES: Final = Message("wages {yuan}")
INSURANCES: Final = Message("insurances {yuan}")
OFFICES: Final = Message("office budgets {yuan}")
NO_COSTS: Final = Message("Costs: no direct cost in the model")
RESTS_ON: Final = Message("Rests on:")
NO_SOURCES: Final = Message("Rests on: no source is named")

# The graph.
VANISH: Final = Message("{relation}: gone {edges}, {sources} -> {targets}")
APPEAR: Final = Message("{relation}: new {edges}, {sources} -> {targets}")
CHANGE: Final = Message("{relation}: {sources} -> {targets}, {edges}: {terms}")
ONE_EDGE: Final = Message("1 edge")
EDGES: Final = Message("{n} edges")
TERM: Final = Message("{term} {before} -> {after}")
RANGE: Final = Message("{low} to {high}")
BECOME: Final = Message("{before} become {after}")
NODES_APPEAR: Final = Message("new: {nodes}")
NODES_VANISH: Final = Message("gone: {nodes}")
NEXT_TERM: Final = Message(", ")

# Reforms together.
TOGETHER: Final = Message("Reforms together")
NOTHING_SHARED: Final = Message("no two reforms touch the same thing in the same place and month")
OVERLAP: Final = Message(
    "'{first}' and '{second}' both touch {relation}: {term}, from {month}, in {communities}: {rule}{values}"
)
REDRAWN: Final = Message(
    "'{first}' and '{second}' meet in {communities} from {month}: first it is settled who serves whom, then terms "
    "change on the edges that are left"
)
MULTIPLY: Final = Message("they multiply")
ADD: Final = Message("they add up")
STRICTER: Final = Message("the stricter counts")
IN_TURN: Final = Message("limits first, then sums, then products")
VALUES: Final = Message("; {before} -> {after}")
AT_THE_END: Final = Message("In force in {month}, the last month of the run")

# Evidence.
EVIDENCE: Final = Message("Parameters")
GRADES: Final = Message("{guesses} of {parameters} parameters are guesses; by grade: {grades}")
GRADE: Final = Message("{grade} {n}")
PARAMETER: Final = Message(
    "{path} = {value} {unit}, set in this scenario (usual {usual}; {low} to {high}; {grade}): {about}"
)

# Values that surprise.
SURPRISES: Final = Message("Values as YAML 1.2 reads them")
SURPRISE: Final = Message("{place}: {path}: {written} is read as {read}")

# Two scenarios.
SAME: Final = Message("nothing that decides a number is different")
HEAD: Final = Message("{first} -> {second}")
RUN: Final = Message("Run")
DIFFERENT: Final = Message("{name}: {before} -> {after}")
WORLD: Final = Message("World")
ONLY_FIRST: Final = Message("{places} only in the first: {names}")
ONLY_SECOND: Final = Message("{places} only in the second: {names}")
OTHER_VALUES: Final = Message("{places} with other values: {names}")
WORK: Final = Message("Catalogue of work")
PARAMETERS: Final = Message("Parameters that differ")
REFORMS: Final = Message("Reforms")
ONLY_IN_FIRST: Final = Message("'{id}' ({use}) only in the first")
ONLY_IN_SECOND: Final = Message("'{id}' ({use}) only in the second")
OF_REFORM: Final = Message("'{id}': {name}: {before} -> {after}")
GRAPH_AT_THE_END: Final = Message("Graph in the last month")
