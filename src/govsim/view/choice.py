"""What somebody has chosen in a view, as the address bar says it: the settings of a command line, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from govsim.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govsim.view.places import ViewedPlace

FEW_SEEDS: Final = 10
USUAL_SEEDS: Final = 30
SEEDS: Final = (10, 30, 100)
RESIDENTS: Final = "world.residents"
YEARS: Final = "horizon.years"
_REFORM: Final = "reforms."
_MOST_LETTERS: Final = 4000
_MOST_DIGITS: Final = 18
# A horizon that cannot be is refused with a sentence, and the page that says so lists no more months than these.
MOST_LISTED_YEARS: Final = 100


@dataclass(frozen=True)
class Choice:
    """What somebody has chosen.

    Attributes
    ----------
    place
        Id of a place.
    on
        Ids of the reforms that are switched on, in the order of the place.
    settings
        What differs from the files, by path and as it is typed: ``reforms.<id>.<field>`` or that of a parameter.
    residents, years
        Of the world and of what is reported.
    seeds
        Replicates in the end; the first answer has ten.
    lang
        English (``en``) or Chinese (``zh``).
    """

    place: str
    residents: int
    years: int
    on: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    seeds: int = USUAL_SEEDS
    lang: str = "en"

    def to_query(self) -> str:
        """Return what stands in the address bar after the question mark."""
        pairs = [("place", self.place), ("on", ",".join(self.on)), (RESIDENTS, self.residents), (YEARS, self.years)]
        pairs += [("seeds", self.seeds), ("lang", self.lang)]
        pairs += sorted(self.settings.items())
        return urlencode(pairs, safe=",.:[]")

    @property
    def listed_years(self) -> int:
        """Years whose months a page lists."""
        return min(self.years, MOST_LISTED_YEARS)

    @property
    def settings_of_baseline(self) -> tuple[str, ...]:
        """``path=value`` each, those that both arms have."""
        own = {path: value for path, value in self.settings.items() if not path.startswith(_REFORM)}
        return _written({RESIDENTS: str(self.residents), YEARS: str(self.years)} | own)

    @property
    def settings_of_reforms(self) -> tuple[str, ...]:
        """``path=value`` each, those of the reforms that are switched on."""
        starts = tuple(f"{_REFORM}{id_}." for id_ in self.on)
        return _written({path: value for path, value in self.settings.items() if path.startswith(starts)})


def usual_choice(place: ViewedPlace, lang: str = "en") -> Choice:
    """Return what a place shows before anybody has chosen: the reforms that it begins with."""
    return Choice(place.id, place.usual_residents, place.usual_years, place.on, lang=lang)


def query_of(place: ViewedPlace, lang: str, seeds: int, on: Sequence[str], settings: Mapping[str, object]) -> str:
    """Return the query of what the controls of a page say; what is as usual is left out."""
    own = {path: _text(value) for path, value in settings.items()}
    usual = usual_choice(place, lang)
    residents, years = (
        _whole(own.pop(path, None), each) for path, each in ((RESIDENTS, usual.residents), (YEARS, usual.years))
    )
    chosen = tuple(id_ for id_ in place.reforms if id_ in on)
    return Choice(place.id, residents, years, chosen, own, seeds, lang).to_query()


def choice_of(query: str, places: Mapping[str, ViewedPlace], lang: str = "en") -> Choice:
    """Return what an address bar says; what it says wrongly or not at all is as usual.

    A link may come from anywhere, so nothing of it is believed: names are those of the places, and values are checked
    when the scenario is made.
    """
    given = dict(parse_qsl(query.removeprefix("?")[:_MOST_LETTERS], keep_blank_values=True))
    place = places.get(given.get("place", ""), next(iter(places.values())))
    usual = usual_choice(place, given["lang"] if given.get("lang") in LANGUAGES else lang)
    if given.get("place") != place.id:
        return usual
    chosen = given["on"].split(",") if "on" in given else list(usual.on)
    known = {*place.scenario.institution.parameters, *_paths_of_reforms(place)}
    return replace(
        usual,
        on=tuple(id_ for id_ in place.reforms if id_ in chosen),
        residents=_whole(given.get(RESIDENTS), usual.residents),
        years=_whole(given.get(YEARS), usual.years),
        seeds=next((n for n in SEEDS if given.get("seeds") == str(n)), usual.seeds),
        settings={path: text for path, text in given.items() if path in known},
    )


def _paths_of_reforms(place: ViewedPlace) -> set[str]:
    return {f"{_REFORM}{id_}.{name}" for id_, reform in place.reforms.items() for name in type(reform).model_fields}


def _whole(text: str | None, usual: int) -> int:
    is_whole = text is not None and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if text is not None and is_whole else usual


def _written(settings: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{path}={value}" for path, value in sorted(settings.items()))


def _text(value: object) -> str:
    """Return a value as a setting writes it; a list is one of names."""
    if isinstance(value, list | tuple):
        return f"[{','.join(map(str, value))}]"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
