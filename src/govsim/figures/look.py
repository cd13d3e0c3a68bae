"""The colours of pages, and of figures on them by day and night: the same in the report and the view."""

from __future__ import annotations

from importlib.resources import files


def look() -> str:
    """Return the style sheet that names the colours and lends them to figures."""
    return (files("govsim.figures") / "look.css").read_text(encoding="utf-8")
