"""The difference of two organisational graphs, grouped and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govsim.institution.organisation import Graph

    Edge = tuple[str, str, str]

# Where edges change in more ways than these, their terms are given as ranges.
MOST_WAYS: Final = 4


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term of edges before and after; two numbers each, the least and the greatest."""

    term: str
    before: tuple[float, float]
    after: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Change:
    """Edges of one relation between nodes of two kinds that appear, vanish or get other terms."""

    relation: str
    how: Literal["vanish", "appear", "change"]
    source_kind: str
    target_kind: str
    n_sources: int
    n_targets: int
    n_edges: int
    terms: tuple[TermChange, ...] = ()


@dataclass(frozen=True, slots=True)
class KindChange:
    """Nodes that are of another kind afterwards; ``None`` stands for nodes that are not there."""

    before: str | None
    after: str | None
    n_nodes: int


@dataclass(frozen=True, slots=True)
class GraphDifference:
    """What is different in a graph."""

    nodes: tuple[KindChange, ...]
    edges: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.nodes or self.edges)


def difference(before: Graph, after: Graph) -> GraphDifference:
    """Return what has to happen to one graph so that it becomes the other."""
    old, new = _edges(before), _edges(after)
    vanished = _counted("vanish", [edge for edge in old if edge not in new], before)
    appeared = _counted("appear", [edge for edge in new if edge not in old], after)
    changed = [edge for edge in old if edge in new and old[edge] != new[edge]]
    changes = [*vanished, *appeared, *_changed(changed, old, new, before)]
    return GraphDifference(_kinds(before, after), tuple(sorted(changes, key=_order)))


def _edges(graph: Graph) -> dict[Edge, dict[str, Any]]:
    return {(source, target, key): dict(terms) for source, target, key, terms in graph.edges(keys=True, data=True)}


def _order(change: Change) -> tuple[Any, ...]:
    return change.relation, change.how, change.source_kind, change.target_kind, -change.n_edges


def _kinds(before: Graph, after: Graph) -> tuple[KindChange, ...]:
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for node in sorted({*before.nodes, *after.nodes}):
        kinds = (_kind(before, node), _kind(after, node))
        counts[kinds] += kinds[0] != kinds[1]
    return tuple(KindChange(*kinds, number) for kinds, number in counts.items() if number)


def _kind(graph: Graph, node: str) -> str | None:
    return str(graph.nodes[node]["kind"]) if node in graph else None


def _by_kinds(edges: list[Edge], graph: Graph) -> Mapping[tuple[str, str, str], list[Edge]]:
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for source, target, relation in edges:
        kinds = (relation, str(_kind(graph, source)), str(_kind(graph, target)))
        groups[kinds].append((source, target, relation))
    return groups


def _counted(how: Literal["vanish", "appear", "change"], edges: list[Edge], graph: Graph) -> Iterator[Change]:
    for kinds, group in _by_kinds(edges, graph).items():
        yield _change(how, kinds, group)


def _changed(
    edges: list[Edge], old: Mapping[Edge, dict[str, Any]], new: Mapping[Edge, dict[str, Any]], graph: Graph
) -> Iterator[Change]:
    for kinds, group in _by_kinds(edges, graph).items():
        ways: dict[tuple[TermChange, ...], list[Edge]] = defaultdict(list)
        by_terms: dict[tuple[str, ...], list[tuple[TermChange, ...]]] = defaultdict(list)
        for edge in group:
            terms = _terms(old[edge], new[edge])
            ways[terms].append(edge)
            by_terms[tuple(each.term for each in terms)].append(terms)
        if len(ways) <= MOST_WAYS:
            for terms, same in ways.items():
                yield _change("change", kinds, same, terms)
            continue
        for names, several in by_terms.items():
            same = [
                edge for terms, some in ways.items() if tuple(each.term for each in terms) == names for edge in some
            ]
            yield _change("change", kinds, same, tuple(map(_range, zip(*several, strict=True))))


def _terms(old: dict[str, Any], new: dict[str, Any]) -> tuple[TermChange, ...]:
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    pairs = [(name, float(old.get(name, 0.0)), float(new.get(name, 0.0))) for name in names]
    return tuple(TermChange(name, (before, before), (after, after)) for name, before, after in pairs)


def _range(changes: tuple[TermChange, ...]) -> TermChange:
    before, after = [each.before[0] for each in changes], [each.after[0] for each in changes]
    return TermChange(changes[0].term, (min(before), max(before)), (min(after), max(after)))


def _change(
    how: Literal["vanish", "appear", "change"],
    kinds: tuple[str, str, str],
    edges: list[Edge],
    terms: tuple[TermChange, ...] = (),
) -> Change:
    sources, targets = {source for source, _, _ in edges}, {target for _, target, _ in edges}
    return Change(kinds[0], how, kinds[1], kinds[2], len(sources), len(targets), len(edges), terms)
