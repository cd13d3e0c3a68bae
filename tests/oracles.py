"""Exact queueing and renewal theory, from the textbooks; shares no code and no library with the software.

Rates are per unit of time, ``load`` is the arrival rate over the service rate of one server (erlangs). Nothing is
imported but ``math``. Values of the published tables stand in ``tests/theory/test_oracles.py``.
"""

from __future__ import annotations

import math

TAIL = 1e-12


# --- Queues in continuous time ---------------------------------------------------------------------------


def erlang_b(servers: int, load: float) -> float:
    """Return the chance of finding all servers busy when nobody may wait (Erlang 1917)."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Return the chance of having to wait in M/M/c."""
    blocked = erlang_b(servers, load)
    return servers * blocked / (servers - load * (1 - blocked))


def wait_mmc(arrivals: float, servers: int) -> float:
    """Return the mean wait before service in M/M/c with mean service 1."""
    return erlang_c(servers, arrivals) / (servers - arrivals)


def wait_mg1(arrivals: float, cv_squared: float) -> float:
    """Return the mean wait before service in M/G/1 with mean service 1 (Pollaczek and Khinchine)."""
    return arrivals * (1 + cv_squared) / (2 * (1 - arrivals))


def waits_by_class(arrivals: list[float], cv_squared: float = 1.0) -> list[float]:
    """Return the mean wait of each class, most urgent first, in M/G/1 with mean service 1 (Cobham 1954).

    Service is not interrupted.
    """
    in_service = sum(arrivals) * (1 + cv_squared) / 2
    waits = []
    before = 0.0
    for rate in arrivals:
        waits.append(in_service / ((1 - before) * (1 - before - rate)))
        before += rate
    return waits


def abandoning(arrivals: float, servers: int, impatience: float, *, also_in_service: bool) -> tuple[float, float]:
    """Return (share that abandons, mean number in system) of M/M/c+M with mean service 1, by birth-death balance.

    Erlang A (Palm 1946) has patience end when service begins; ``also_in_service`` lets it run to the end of service.
    """
    weights = [1.0]
    while weights[-1] > TAIL * max(weights) or len(weights) < servers + arrivals:
        n = len(weights)
        impatient = n if also_in_service else max(0, n - servers)
        weights.append(weights[-1] * arrivals / (min(n, servers) + impatience * impatient))
    total = sum(weights)
    in_system = sum(n * weight for n, weight in enumerate(weights)) / total
    busy = sum(min(n, servers) * weight for n, weight in enumerate(weights)) / total
    return 1 - busy / arrivals, in_system


# --- The working day as a Markov chain ---------------------------------------------------------------------


def poisson(mean: float) -> list[float]:
    """Return the chances of 0, 1, 2, ... up to where the rest is negligible."""
    chances = [math.exp(-mean)]
    while len(chances) < mean or chances[-1] > TAIL * TAIL:
        chances.append(chances[-1] * mean / len(chances))
    return chances


def stationary(chances: list[list[float]]) -> list[float]:
    """Solve for the stationary distribution by the elimination of Grassmann, Taksar and Heyman (1985)."""
    p = [row[:] for row in chances]
    for last in range(len(p) - 1, 0, -1):
        leaving = sum(p[last][:last])
        onward = p[last]
        for row in p[:last]:
            if row[last] > 0.0:
                row[last] /= leaving
                share = row[last]
                row[:last] = [a + share * b for a, b in zip(row, onward[:last], strict=False)]
    weights = [1.0]
    for state in range(1, len(p)):
        weights.append(sum(weight * p[i][state] for i, weight in enumerate(weights)))
    total = sum(weights)
    return [weight / total for weight in weights]


def mean_number(chances: list[list[float]]) -> float:
    """Return the mean of a chain whose states are 0, 1, 2, ..."""
    return sum(n * weight for n, weight in enumerate(stationary(chances)))


def truncated(rows: list[list[float]], size: int) -> list[list[float]]:
    """Cut a chain to its first states; what would leave them stays in the last."""
    return [[*row[: size - 1], sum(row[size - 1 :])] for row in (r + [0.0] * size for r in rows[:size])]


def day_of_whole_items(arrivals: float, served: int, size: int = 80, *, serve_first: bool = False) -> float:
    """Return the mean number left at the end of a day that can end ``served`` items (Lindley's recursion).

    Arrivals are Poisson a day and come before service, or after it with ``serve_first``.
    """
    batch = poisson(arrivals)
    rows = []
    for n in range(size):
        row = [0.0] * (size + len(batch))
        for a, chance in enumerate(batch):
            left = max(0, n - served) + a if serve_first else max(0, n + a - served)
            row[left] += chance
        rows.append(row)
    return mean_number(truncated(rows, size))


def day_of_fixed_sizes(arrivals: float, servers: int, item_shifts: int, day_shifts: int, most: int) -> float:
    """Return the mean number left when each item takes ``item_shifts`` and each server has ``day_shifts`` a day.

    Unfinished work is finished first, by whoever is free. A state is the number not begun and the shifts that each
    begun item still needs; ``most`` bounds the number not begun.
    """
    batch = poisson(arrivals)
    rank: dict[tuple[int, tuple[int, ...]], int] = {(0, ()): 0}
    order = [(0, ())]
    rows: list[dict[int, float]] = []
    while len(rows) < len(order):
        waiting, begun = order[len(rows)]
        row: dict[int, float] = {}
        for a, chance in enumerate(batch):
            after = _evening(min(most, waiting + a), begun, servers, item_shifts, day_shifts)
            if after not in rank:
                rank[after] = len(order)
                order.append(after)
            row[rank[after]] = row.get(rank[after], 0.0) + chance
        rows.append(row)
    chances = [[row.get(j, 0.0) for j in range(len(order))] for row in rows]
    weights = stationary(chances)
    return sum(weight * (waiting + len(begun)) for weight, (waiting, begun) in zip(weights, order, strict=True))


def _evening(
    waiting: int, begun: tuple[int, ...], servers: int, item_shifts: int, day_shifts: int
) -> tuple[int, tuple[int, ...]]:
    """Return what is left of a day: each server in turn takes the next item at the moment at which he is free."""
    queue = list(begun) + [item_shifts] * waiting
    free_at = [0] * servers
    unfinished = []
    while queue and min(free_at) < day_shifts:
        now = min(free_at)
        server = free_at.index(now)
        need = queue.pop(0)
        free_at[server] = min(day_shifts, now + need)
        if now + need > day_shifts:
            unfinished.append(now + need - day_shifts)
    return len(queue), tuple(sorted(unfinished))


def day_of_memoryless_sizes(
    arrivals: float, servers: int, served_per_day: float, size: int, staying: float = 1.0
) -> float:
    """Return the mean number left at the end of a day when sizes are exponential.

    In the morning each item from the day before stays with chance ``staying``; then a Poisson batch arrives; then up
    to ``servers`` items are worked on, each of which ends at rate ``served_per_day``.
    """
    batch = poisson(arrivals)
    top = size + len(batch)
    evening = _deaths_of_a_day(top, servers, served_per_day)
    rows = []
    for n in range(size):
        morning = [0.0] * top
        for stayed, chance in enumerate(binomial(n, staying)):
            for a, more in enumerate(batch):
                morning[min(top - 1, stayed + a)] += chance * more
        row = [0.0] * top
        for start, chance in enumerate(morning):
            if chance > 0.0:
                row = [x + chance * y for x, y in zip(row, evening[start], strict=True)]
        rows.append(row)
    return mean_number(truncated(rows, size))


def tandem_of_whole_items(
    arrivals: float, served: tuple[int, int], share_on: float, sizes: tuple[int, int] = (24, 24), days: int = 400
) -> tuple[float, float]:
    """Return the mean numbers left at the end of a day at two offices in a row that end whole items.

    Arrivals are Poisson a day; what the first office ends goes on to the second with chance ``share_on`` and arrives
    there on a later day, so that the second is served from what came on earlier days. The joint chain is iterated
    from the empty state until it is at rest.
    """
    moves = _moves_of_first_office(arrivals, served[0], share_on, sizes[0])
    now = [[0.0] * sizes[1] for _ in range(sizes[0])]
    now[0][0] = 1.0
    for _ in range(days):
        nxt = [[0.0] * sizes[1] for _ in range(sizes[0])]
        for n, row in enumerate(now):
            for m, weight in enumerate(row):
                if weight > TAIL:
                    for (after, more), chance in moves[n].items():
                        left = min(sizes[1] - 1, max(0, m + more - served[1]))
                        nxt[after][left] += weight * chance
        now = nxt
    first = sum(n * sum(row) for n, row in enumerate(now))
    return first, sum(m * weight for row in now for m, weight in enumerate(row))


def _moves_of_first_office(
    arrivals: float, served: int, share_on: float, size: int
) -> list[dict[tuple[int, int], float]]:
    """Return, by the number there in the evening, the chances of (number next evening, items sent on)."""
    moves: list[dict[tuple[int, int], float]] = []
    for n in range(size):
        row: dict[tuple[int, int], float] = {}
        for a, chance in enumerate(poisson(arrivals)):
            ended = min(n + a, served)
            for more, part in enumerate(binomial(ended, share_on)):
                move = (min(size - 1, n + a - ended), more)
                row[move] = row.get(move, 0.0) + chance * part
        moves.append(row)
    return moves


def traffic(arrivals: float, return_share: float, department_share: float, most_returns: int) -> tuple[float, float]:
    """Return the mean passes of a street and visits to a department that cases make a day, returns counted (O9).

    The traffic equations of a network in which a case may be returned at either office, at most so many times. A
    case that needs a department needs it at every pass.
    """
    passes = dict.fromkeys((False, True), 0.0)
    visits = 0.0
    for needs in passes:
        share = 1.0
        for returns in range(most_returns + 1):
            back = return_share if returns < most_returns else 0.0
            onward = 1.0 - back if needs else 0.0
            passes[needs] += share
            visits += share * onward * department_share
            share *= back + onward * back
    mean_passes = (1.0 - department_share) * passes[False] + department_share * passes[True]
    return arrivals * mean_passes, arrivals * visits


def _deaths_of_a_day(top: int, servers: int, rate: float) -> list[list[float]]:
    """Return the chances of m left at the end of a day that began with n, by uniformisation."""
    events = poisson(servers * rate)
    table = []
    for n in range(top):
        now = [0.0] * (n + 1)
        now[n] = 1.0
        total = [0.0] * top
        for chance in events:
            for m, weight in enumerate(now):
                total[m] += chance * weight
            nxt = [0.0] * (n + 1)
            for m, weight in enumerate(now):
                ends = min(m, servers) / servers
                nxt[m] += weight * (1 - ends)
                if m:
                    nxt[m - 1] += weight * ends
            now = nxt
        table.append(total)
    return table


# --- Lives and seats ---------------------------------------------------------------------------------------


def binomial(n: int, chance: float) -> list[float]:
    """Return the chances of 0 to n successes."""
    return [math.comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(n + 1)]


def survivors(n: int, leaving_a_year: float, years: float) -> tuple[float, float]:
    """Return mean and standard deviation of those left of n, when a share leaves in each year at a constant hazard."""
    stays = (1 - leaving_a_year) ** years
    return n * stays, math.sqrt(n * stays * (1 - stays))


def seats_filled(leave: float, refill: float, months: int | None) -> float:
    """Return the chance that a seat, filled at the start, is filled after some months, or in the long run."""
    share = refill / (refill + leave)
    return share if months is None else share + (1 - share) * (1 - refill - leave) ** months
