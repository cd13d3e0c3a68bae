"""What a page asks and is answered; each call says all that it wants, and nothing is kept of the page that asked."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from dash import no_update

from govsim.errors import ScenarioError
from govsim.language import using
from govsim.scenarios.resolved_file import resolved_text
from govsim.view import messages as m
from govsim.view.choice import query_of
from govsim.view.controls import usual_values
from govsim.view.looks import WHOLE, Look, options_of, reported_months, usual_since
from govsim.view.opening import check_whole, query_of_file
from govsim.view.page import page_of
from govsim.view.panels import panel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govsim.experiments.comparison import Comparison
    from govsim.scenarios import Scenario
    from govsim.view.bench import Job
    from govsim.view.desk import Desk

    Report = Callable[[Comparison, str, Sequence[Scenario], str], str]

# A page that has just been changed waits for its first answer; one that gets surer asks again.
FIRST_WAIT_SECONDS: Final = 1.5
NEXT_WAIT_SECONDS: Final = 0.7


class Answering:
    """Answers the callbacks of all pages.

    Parameters
    ----------
    desk
        Places and work.
    report
        What makes a page for a director of a comparison, or None.
    """

    def __init__(self, desk: Desk, report: Report | None = None) -> None:
        self.desk = desk
        self.report_of = report
        self._n_pages = 0

    # ------------------------------------------------------ what is chosen
    def page(self, search: str | None, chosen: str | None) -> tuple[Any, Any]:
        """Make the page that an address asks for, unless it is the one that is there, and say what is chosen on it."""
        query = (search or "").removeprefix("?")
        if chosen is not None and query == chosen:
            return no_update, no_update
        self._n_pages += 1
        choice = self.desk.choice(query)
        return page_of(choice, self.desk.places, self._n_pages), choice.to_query()

    def gather(  # noqa: PLR0913 the controls of a page
        self,
        lang: str,
        place: str,
        seeds: int,
        switches: list[list[str] | None],
        values: list[Any],
        ids: list[dict[str, str]],
        search: str | None,
    ) -> tuple[Any, str]:
        """Write what the controls say into the address, beside what it sets that has no control.

        Another place or language makes the page anew.
        """
        before, found = self.desk.choice((search or "").removeprefix("?")), self.desk.places[place]
        if before.place != place:
            return None, "?" + query_of(found, lang, before.seeds, found.on, {})
        usual = usual_values(found)
        given = {each["setting"]: value for each, value in zip(ids, values, strict=True)}
        own: dict[str, Any] = {path: text for path, text in before.settings.items() if path not in usual}
        own |= {path: value for path, value in given.items() if value is not None and not _same(value, usual.get(path))}
        on = [id_ for each in switches for id_ in each or ()]
        query = query_of(found, lang, seeds, on, own)
        return (query if before.lang == lang else None), f"?{query}"

    def months(self, years: int | None, month: int, since: int, search: str | None) -> tuple[Any, ...]:
        """Return the months that a run of so many years has, and those to be looked at: as before, if it has them."""
        if years is None:
            return (no_update,) * 4
        choice = self.desk.choice((search or "").removeprefix("?"))
        place = self.desk.places[choice.place]
        named = reported_months(place, years)
        with using(choice.lang):
            options = options_of({WHOLE: str(m.WHOLE), **named})
        usual = usual_since(place.scenario.calendar)
        return options, month if month in named else WHOLE, options_of(named), since if since in named else usual

    def opened(
        self, content: str | None, file: str | None, lang: str, seeds: int, place: str = ""
    ) -> tuple[Any, Any, Any]:
        """Read a file into the address; what is wrong with it is said."""
        if content is None:
            return no_update, no_update, no_update
        with using(lang):
            try:
                query = query_of_file(content, self.desk.places, lang, seeds, place)
                check_whole(content, self.desk.checked(query))
            except ScenarioError as error:
                return no_update, no_update, m.NOT_A_SCENARIO.format(file=file, reason=error)
        return None, f"?{query}", no_update

    # ---------------------------------------------------- how far it is
    def follow(
        self, chosen: str | None, news: dict[str, Any], stopped: str, page: int, ticks: int | None = None
    ) -> tuple[Any, ...]:
        """Say how far the answer is; the last two are whether to ask no more, and whether there is nothing to stop."""
        del ticks  # they make a page ask
        if chosen is None:
            return no_update, no_update, no_update, no_update
        with using(self.desk.choice(chosen).lang):
            try:
                return self._followed(chosen, news, stopped, str(page))
            except ScenarioError as error:
                return {"query": chosen, "seeds": 0, "failure": str(error)}, str(error), True, True

    def _followed(self, chosen: str, news: dict[str, Any], stopped: str, page: str) -> tuple[Any, ...]:
        checked = self.desk.checked(chosen)
        if not checked.choice.on:
            return {"query": chosen, "seeds": 0, "failure": ""}, str(m.NO_REFORM), True, True
        if stopped == chosen:
            self.desk.bench.forget(page)
            return {"query": chosen, "seeds": news.get("seeds", 0)}, str(m.STOPPED), True, True
        job = self.desk.job(checked, page)
        is_new = news.get("query") != chosen
        known = 0 if is_new else news.get("seeds", 0)
        self.desk.bench.wait(job, known, FIRST_WAIT_SECONDS if is_new else NEXT_WAIT_SECONDS)
        told = {"query": chosen, "seeds": job.n_seeds}
        if job.failure:
            return told | {"failure": job.failure}, m.FAILED.format(reason=job.failure), True, True
        return told, _status(job), job.is_done, job.is_done

    # ------------------------------------------------------ what is shown
    def show(self, news: dict[str, Any], tab: str, look: dict[str, Any], shown: dict[str, Any]) -> tuple[Any, ...]:
        """Return the panel of the latest answer, what it shows, and which controls it has a use for."""
        query, name = news.get("query"), f"look look-{tab}"
        if query is None:
            return no_update, no_update, name
        if not news.get("seeds"):
            return ([], {"query": query}, name) if "failure" in news else (no_update, no_update, name)
        checked = self.desk.checked(query)
        # Months may still be those of a longer run, of which the page has not been told yet.
        seen = Look(**look).within(checked.baseline.scenario.calendar)
        now = {"query": query, "seeds": news["seeds"], "tab": tab, "look": asdict(seen)}
        answer = self.desk.bench.answer(checked.names)
        if now == shown or answer is None:
            return no_update, no_update, name
        with using(checked.choice.lang):
            return panel(tab, checked, answer, seen), now, name

    # ------------------------------------------------------------- files
    def scenario_file(self, chosen: str) -> tuple[Any, Any]:
        """Return the scenario of a choice as a file that means the same, for the folder of its baseline, or why not."""
        with using(self.desk.choice(chosen).lang):
            try:
                checked = self.desk.checked(chosen)
            except ScenarioError as error:
                return no_update, str(error)
            text = resolved_text(checked.reform)
        return {"content": text, "filename": f"{checked.place.id}-view.yaml", "type": "application/yaml"}, ""

    def report_file(self, chosen: str) -> tuple[Any, Any]:
        """Return the report of the answer that there is, or why there is none."""
        lang = self.desk.choice(chosen).lang
        with using(lang):
            try:
                checked = self.desk.checked(chosen)
            except ScenarioError as error:
                return no_update, str(error)
            answer = self.desk.bench.answer(checked.names)
            if answer is None or self.report_of is None:
                return no_update, str(m.NOTHING_YET)
        scenarios = [checked.baseline.scenario, checked.reform.scenario]
        content = self.report_of(answer.comparison, lang, scenarios, chosen)
        return {"content": content, "filename": f"{checked.place.id}-report.html", "type": "text/html"}, ""


def _status(job: Job) -> str:
    if job.answer is None:
        return m.COMPUTING.format(done=job.done, wanted=job.wanted) if job.wanted else str(m.WAITING)
    if not job.is_done:
        return m.SURER.format(seeds=job.n_seeds, done=job.done, wanted=job.wanted, all=job.seeds)
    return m.ANSWERED.format(seeds=job.n_seeds, seconds=f"{job.answer.seconds:.1f}")


def _same(value: Any, usual: Any) -> bool:
    """Return whether a control says what is usual; lists and tuples of the same are the same."""
    return list(value) == list(usual) if isinstance(usual, tuple) else value == usual
