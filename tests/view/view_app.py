"""The view over the places of a folder, with a page more that says how its work stands."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from govsim.report import report_html
from govsim.scenarios.listing import DEMO
from govsim.view.app import make_app


def view_app(folder):
    """Return the view of each ``baseline.yaml`` one folder down; ``/bench`` tells of its jobs."""

    def report(comparison, lang, scenarios, query):
        return report_html(comparison, lang, scenarios=scenarios, command=query)

    app = make_app(sorted(folder.glob("*/baseline.yaml")), 2, "en", report)

    @app.server.route("/bench")
    def bench():
        return json.dumps(
            [
                {"seeds": job.seeds, "n_seeds": job.n_seeds, "is_wanted": job.is_wanted, "is_done": job.is_done}
                for job in app.bench._jobs.values()
            ]
        )

    return app


def copy_of_demo(folder, title=None):
    """Write the place of the package into a folder, with another title if one is given."""
    folder.mkdir(parents=True)
    for path in Path(DEMO).iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    if title is not None:
        file, quoted = folder / "baseline.yaml", title.replace("'", "''")
        said = f"title: {{en: '{quoted}', zh: '{quoted}'}}"
        text = re.sub(r"(?m)^title:\n.*\n.*$", lambda _: said, file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")


def rename(table, names, **cells):
    """Write other names into a table of places, English ones and then Chinese ones, and other cells into each row."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        row |= cells
        row["en"], row["zh"] = names[number % len(names)], names[(number + len(rows)) % len(names)]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
