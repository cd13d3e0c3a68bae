"""The commands that read and write scenario files."""

from __future__ import annotations

from govsim.cli.apps import command, scenario_app
from govsim.cli.options import File, Settings
from govsim.language import marked


@scenario_app.callback()
def _scenario() -> None:
    pass


@command("check", marked("Say whether scenario files can be used, or what is wrong with them."), of=scenario_app)
def check_command(file: File, settings: Settings = None) -> None:
    """Say whether a scenario file can be used, or what is wrong with it."""
    from govsim.scenarios import load_scenario

    scenario = load_scenario(file, settings or ())
    places, calendar = scenario.institution.places, scenario.calendar
    print(
        f"ok: {places.n_residents} residents, {len(places.communities)} communities, "
        f"{len(places.street_offices)} street offices, "
        f"{calendar.n_months} months with {calendar.warm_up_months} of warm-up, "
        f"reforms: {len(scenario.reforms)}"
    )
