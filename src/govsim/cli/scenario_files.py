"""The commands that read and write scenario files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from govsim.cli import messages as m
from govsim.cli.apps import command, scenario_app
from govsim.cli.manners import (
    BAD_INPUT,
    complain,
    mention,
    patience,
    say_written,
    show,
    show_json,
    show_schema,
    writing,
)
from govsim.cli.options import AsJson, File, Quiet, Settings
from govsim.errors import ScenarioError
from govsim.language import in_force, marked

if TYPE_CHECKING:
    from govsim.scenarios import Scenario
    from govsim.scenarios.listing import Listed

USUAL_FOLDER: Final = Path("scenarios")

Reforms = Annotated[
    list[str] | None,
    typer.Option("--reform", metavar="NAME", help=marked("A kind of reform; may be repeated.")),
]


@scenario_app.callback()
def _scenario() -> None:
    pass


@command("list", marked("Name the scenario files below a folder, and those in the package."), of=scenario_app)
def list_command(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help=marked("Where to look; without one, in scenarios and in the package.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Name scenario files with place, title and reforms."""
    from govsim.scenarios.listing import DEMO, list_scenarios

    if folder is not None and not folder.is_dir():
        raise ScenarioError(m.NOT_A_FOLDER.format(folder=folder))
    own = folder if folder is not None else USUAL_FOLDER
    found = list(list_scenarios(own)) if own.is_dir() else []
    of_package = list(list_scenarios(DEMO)) if folder is None and DEMO.is_dir() else []
    if as_json:
        from dataclasses import asdict

        show_json([asdict(each) for each in [*found, *of_package]])
        return
    show("\n".join(_listed(each) for each in found) or m.NO_SCENARIOS.format(folder=own))
    if of_package:
        show("\n".join([str(m.OF_DEMO), *map(_listed, of_package)]))


@command("show", marked("Print a scenario with nothing extended and every setting written in."), of=scenario_app)
def show_command(file: File, settings: Settings = None, as_json: AsJson = False) -> None:
    """Print the resolved scenario as YAML."""
    from govsim.scenarios.loader import resolve_scenario
    from govsim.scenarios.resolved_file import resolved_content, resolved_text

    resolved = resolve_scenario(file, settings or ())
    if as_json:
        show_json({"fingerprint": resolved.scenario.fingerprint(), "scenario": resolved_content(resolved)})
        return
    typer.echo(resolved_text(resolved), nl=False)


@command("check", marked("Say whether scenario files can be used, or what is wrong with them."), of=scenario_app)
def check_command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=marked("Scenario files, one or more."))],
    settings: Settings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say whether scenario files can be used, or what is wrong with them."""
    results = [_checked(file, settings or (), say=not as_json, quiet=quiet) for file in files]
    if as_json:
        show_json(results)
    if not all(result["ok"] for result in results):
        raise typer.Exit(BAD_INPUT)


@command(
    "explain", marked("Say in words what a scenario is: what changes, when, where, and at what cost."), of=scenario_app
)
def explain_command(file: File, settings: Settings = None, as_json: AsJson = False) -> None:
    """Explain a scenario."""
    from govsim.scenarios.explaining.explanation import explain
    from govsim.scenarios.explaining.pages import page
    from govsim.scenarios.explaining.plain import plain_explanation
    from govsim.scenarios.loader import resolve_scenario

    with patience():
        explanation = explain(resolve_scenario(file, settings or ()))
    if as_json:
        show_json(plain_explanation(explanation))
    else:
        show(page(explanation))


@command("diff", marked("Say what is different between two scenarios."), of=scenario_app)
def diff_command(
    first: Annotated[str, typer.Argument(metavar="FIRST", help=marked("A scenario file."))],
    second: Annotated[str, typer.Argument(metavar="SECOND", help=marked("Another scenario file."))],
    as_json: AsJson = False,
) -> None:
    """Say what is different between two scenarios."""
    from govsim.scenarios import load_scenario
    from govsim.scenarios.explaining.comparing import compare_scenarios
    from govsim.scenarios.explaining.difference_page import difference_page
    from govsim.scenarios.explaining.plain import plain

    with patience():
        scenarios = load_scenario(first), load_scenario(second)
        changes = compare_scenarios(*scenarios)
    if as_json:
        show_json({"first": first, "second": second, "is_same": not changes, **plain(changes)})
    else:
        show(difference_page(*scenarios, changes))


@command(
    "new", marked("Write a scenario file with comments that loads as it is; nothing is overwritten."), of=scenario_app
)
def new_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=marked("The file to write."))],
    extends: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=marked("What it builds on; else baseline.yaml beside it, or the demo's.")),
    ] = None,
    reforms: Reforms = None,
    quiet: Quiet = False,
) -> None:
    """Write a scenario file that extends another."""
    from govsim.scenarios.new_file import write_new

    with writing(file):
        written = write_new(file, extends, reforms or ())
    say_written(written, quiet)


@command("schema", marked("Print a JSON Schema of scenario files, for editors."), of=scenario_app)
def schema_command(
    reforms: Reforms = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=marked("Write it into this file instead.")),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Print a JSON Schema."""
    from govsim.scenarios.json_schema import scenario_schema
    from govsim.scenarios.new_file import check_reform_names

    check_reform_names(reforms or ())
    show_schema(scenario_schema(reforms or ()), out, quiet)


def _listed(listed: Listed) -> str:
    if listed.problem:
        return f"{listed.path}\n  {listed.problem}"
    title = listed.title_zh if in_force() == "zh" else listed.title_en
    reforms = str(m.NEXT).join(listed.reforms) or m.NO_REFORMS
    return f"{listed.path}\n  {title}\n  {m.LISTED.format(place=listed.place, reforms=reforms)}"


def _checked(file: str, settings: Any, *, say: bool, quiet: bool) -> dict[str, Any]:
    from govsim.scenarios import load_scenario

    try:
        scenario = load_scenario(file, settings)
    except ScenarioError as error:
        if say:
            complain(str(error))
        problems = [
            {"file": place.file, "line": place.line, "column": place.column, "message": sentence}
            for place, sentence in error.findings
        ]
        return {"file": file, "ok": False, "problems": problems}
    if say:
        mention([scenario], quiet)
        typer.echo(_usable(file, scenario))
    return {"file": file, "ok": True, "fingerprint": scenario.fingerprint(), "notices": list(scenario.notices)}


def _usable(file: str, scenario: Scenario) -> str:
    places, calendar = scenario.institution.places, scenario.calendar
    return m.USABLE.format(
        file=file,
        residents=places.n_residents,
        communities=len(places.communities),
        streets=len(places.street_offices),
        months=calendar.n_months,
        warm_up=calendar.warm_up_months,
        reforms=len(scenario.reforms),
    )
