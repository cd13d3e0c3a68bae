"""Options of a list to choose from, whose words a user has written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

if TYPE_CHECKING:
    from collections.abc import Mapping


def named_options(names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return options by value, each shown as its name.

    Dash puts every word of a label into an index that lies in an object of JavaScript, where the word ``__proto__``
    means something else and breaks the whole page. It indexes no label that is an element, but what is to be searched
    instead of it, in which the word cannot come about.
    """
    return [
        {"label": html.Span(name), "value": value, "search": name.replace("_", " ")} for value, name in names.items()
    ]
