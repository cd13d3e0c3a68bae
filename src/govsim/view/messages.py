"""Every sentence of the view, in one place."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from govsim.language import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

SAME_PLACE: Final = Message("two places are called {id}: {first} and {second}; name one of them differently.")

# The page.
TITLE: Final = Message("govsim: what would change?")
HEADING: Final = Message("What would change, and why?")
CAVEAT: Final = Message(
    "Synthetic. Under the assumptions of this model; no finding about any real office. {guesses} of {parameters} "
    "parameters are guesses."
)
SKIP: Final = Message("Skip to the answer")
CHOOSE: Final = Message("Choose place, reforms and assumptions")
LANGUAGE: Final = Message("Language")
PLACE: Final = Message("Place")
REFORMS: Final = Message("Reforms")
WORLD: Final = Message("World and runs")
ASSUMPTIONS: Final = Message("Assumptions that matter most")
OF_KIND: Final = Message("{title} ({id})")
SETTINGS: Final = Message("settings and sources")
SETTINGS_OF: Final = Message("Settings: {title}")
RESIDENTS: Final = Message("number of residents")
YEARS: Final = Message("years that are reported")
SEEDS: Final = Message("number of paired worlds")
STREETS: Final = Message("streets in which it holds")
EVERYWHERE: Final = Message("everywhere")
RANGE: Final = Message("{low} to {high} {unit}; usually {usual}")
GRADE: Final = Message("{grade}: {source}")
REPORT: Final = Message("Download the report (HTML)")
NOTHING_YET: Final = Message("There is no answer yet.")
NOT_A_SCENARIO: Final = Message("{file}: {reason}")
ELSEWHERE: Final = Message("it is of another place, '{id}'; this view has {known}.")
NOT_ALL_OF_IT: Final = Message(
    "this view cannot set all that it says, only residents, years, parameters and the reforms of this place, each "
    "kind as often as the place has it; govsim compare runs it as it is."
)
CHANGED: Final = Message("{file} no longer says what it said when this view began; start govsim view again.")
NO_SUCH_REFORM: Final = Message("this place has no reform of the kind {given}; it has {known}.")
DOWNLOAD: Final = Message("Download the scenario (YAML)")
OPEN: Final = Message("Open a scenario")
SHARE: Final = Message("The address of this page says all that is chosen: copy it to share.")

# How far the work is.
COMPUTING: Final = Message("Computing: {done} of {wanted} runs")
WAITING: Final = Message("Computing")
ANSWERED: Final = Message("{seeds} paired worlds in {seconds} s")
SURER: Final = Message("{seeds} paired worlds so far, {all} in the end: {done} of {wanted} runs")
CANCEL: Final = Message("Stop")
STOPPED: Final = Message("Stopped.")
FAILED: Final = Message("It could not be computed: {reason}")

# What is shown.
SHOW_OF: Final = Message("what to look at")
TAB_ANSWER: Final = Message("Answer")
TAB_SERIES: Final = Message("Over time")
TAB_GROUPS: Final = Message("Winners and losers")
TAB_MONEY: Final = Message("Money")
TAB_WHY: Final = Message("Why")
TAB_ONE: Final = Message("Follow one")
TAB_OUTCOMES: Final = Message("All outcomes")
NO_REFORM: Final = Message("Switch a reform on to see what it changes. Without one, both worlds are the same.")
IN_ONE_SENTENCE: Final = Message("In words")
WENT: Final = Message("Where the hours went")
OUTCOME: Final = Message("outcome")
BAND: Final = Message("what the band shows")
BAND_WORLDS: Final = Message("spread of worlds")
BAND_MEAN: Final = Message("uncertainty of the mean")
GROUPED_BY: Final = Message("grouped by")
GROUPINGS: Final = {
    "resident_group": Message("groups of residents"),
    "community": Message("communities"),
    "settlement": Message("settlements"),
}
PLAY: Final = Message("play")
WHO_PAYS: Final = Message("Who pays, and whom")
CLICK: Final = Message("Click an office to see its queue, hours, workers and money.")
OFFICE_ROWS: Final = {
    "offered_hours": Message("work that came, hours"),
    "request_hours": Message("of it from residents, hours"),
    "capacity_hours": Message("working time that there is, hours"),
    "overtime_hours": Message("overtime, hours"),
    "queue_hours": Message("work that waits, hours"),
    "workers": Message("people"),
    "yuan": Message("money, yuan"),
}
QUANTITY: Final = Message("in an average month")
GRAPH: Final = Message("Offices and the flow of work")
THREADS: Final = Message("A thousand threads, one needle")
LEDGER: Final = Message("The ledger of hours")
MONTH: Final = Message("month")
WHOLE: Final = Message("all reported months")
SHOW: Final = Message("show")
BEFORE: Final = Message("before")
AFTER: Final = Message("after")
DIFFERENCE: Final = Message("difference")
COMMUNITY: Final = Message("community")
EFFECT: Final = Message("effect to be explained")
CHAIN: Final = Message("The chain of mechanisms behind it")
FOLLOWED: Final = Message("who or what is followed")
SINCE: Final = Message("month in which it begins")
ANOTHER: Final = Message("Another one")
NOBODY: Final = Message("In this month nothing of this kind comes up; choose another month or kind.")
ONE_WORLD: Final = Message(
    "One of the paired worlds (replicate 0), as an example: the same draws without the reform and with it. One life is "
    "no evidence of an effect."
)
WITHOUT: Final = Message("Without the reform")
WITH: Final = Message("With the reform")
WHO: Final = {
    "job": Message("a job from above"),
    "job_sent_up": Message("a job that is sent up"),
    "job_returned": Message("a job that is returned"),
    "request": Message("a request of a resident"),
    "request_sent_up": Message("a request that is sent up"),
    "request_returned": Message("a request that is returned"),
    "worker": Message("a worker"),
    "resident": Message("a resident"),
}

# Values of the settings of reforms.
VALUES: Final = {
    "single": Message("one village, one community"),
    "merged": Message("several made one"),
    "federated": Message("several kept under one"),
    "assumed": Message("all agree"),
    "asked": Message("each is asked"),
    "kept": Message("each keeps its own"),
    "pooled": Message("one fund for all"),
}

# Walls and server.
PORT_IN_USE: Final = Message("--port {port}: another program listens there; choose another, or leave --port out.")
PORT_REFUSED: Final = Message("--port {port}: cannot listen there: {reason}.")
TRY_AGAIN: Final = Message("Load this page again")

REFUSALS: Final[Mapping[int, Message]] = MappingProxyType(
    {
        HTTPStatus.BAD_REQUEST: Message("This is no request that the page of govsim makes."),
        HTTPStatus.FORBIDDEN: Message(
            "This page belongs to whoever started it. Open the whole address that govsim view has printed, from http "
            "to the end of the token; if you did, load this page again."
        ),
        HTTPStatus.NOT_FOUND: Message("There is nothing here."),
        HTTPStatus.METHOD_NOT_ALLOWED: Message("This address is not asked in that way."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Message("That is more than this page takes."),
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Message("This page takes JSON and nothing else."),
    }
)
