"""A plan, the state of a sweep and what was found in verifying it, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.sweeps import messages as m

if TYPE_CHECKING:
    from govsim.sweeps.estimate import Estimate
    from govsim.sweeps.plan import Plan
    from govsim.sweeps.status import Status
    from govsim.sweeps.verifying import Verification

_KIB = 1024.0
_MINUTE = 60.0


def plan_content(plan: Plan, size: Estimate, n_processes: int) -> dict[str, Any]:
    """Return what a plan asks for, for machines."""
    return {
        "plan": plan.id,
        "arms": [arm.id for arm in plan.arms],
        "factors": list(plan.factors),
        "samples": len(plan.samples),
        "replicates": plan.replicates,
        "seed": plan.seed,
        "runs": size.runs,
        "files": size.shards,
        "days": size.days,
        "seconds": size.seconds_of(n_processes),
        "processes": n_processes,
        "bytes_on_disk": size.bytes_on_disk,
    }


def plan_page(plan: Plan, size: Estimate, n_processes: int) -> str:
    """Return what a plan asks for and what it will take."""
    arms = str(m.NEXT).join(arm.id for arm in plan.arms)
    lines = [
        m.PLAN.format(id=plan.id),
        m.ARMS.format(number=len(plan.arms), arms=arms),
        _samples(plan),
        m.REPLICATES.format(number=plan.replicates, seed=plan.seed),
        _runs(plan, size),
        m.TIME.format(days=f"{size.days:,}", time=in_words(size.seconds_of(n_processes)), processes=n_processes),
        m.DISK.format(size=size_in_words(size.bytes_on_disk)),
    ]
    return "\n".join(lines)


def _runs(plan: Plan, size: Estimate) -> str:
    counts = {"number": f"{size.runs:,}", "files": f"{size.shards:,}"}
    shared = plan.n_cells - size.runs
    return m.RUNS_SHARED.format(**counts, shared=f"{shared:,}") if shared else m.RUNS.format(**counts)


def _samples(plan: Plan) -> str:
    if not plan.factors:
        return str(m.NOTHING_VARIES)
    return m.SAMPLES.format(number=f"{len(plan.samples):,}", factors=str(m.NEXT).join(plan.factors))


def status_page(status: Status) -> str:
    """Return how far a sweep has come."""
    share = status.done / status.planned
    lines = [
        m.STATUS.format(id=status.plan, done=f"{status.done:,}", planned=f"{status.planned:,}", share=f"{share:.0%}"),
        m.FILES.format(files=f"{status.files:,}", size=size_in_words(status.bytes_on_disk)),
    ]
    if status.failed:
        lines.append(m.FAILED_RUNS.format(failed=f"{status.failed:,}"))
    return "\n".join([*lines, *_damaged(status.damaged)])


def verification_page(found: Verification) -> str:
    """Return what was found."""
    lines = [m.VERIFIED.format(files=f"{found.files:,}", present=f"{found.present:,}", planned=f"{found.planned:,}")]
    lines += _damaged(found.damaged)
    if found.foreign:
        lines.append(m.FOREIGN_RUNS.format(number=found.foreign))
    if found.repeated:
        lines.append(m.REPEATED.format(number=len(found.repeated), same=len(found.repeated) - len(found.different)))
    lines += [m.DIFFERENT.format(run=run, digest=pair[0], again=pair[1]) for run, pair in found.different.items()]
    return "\n".join(lines)


def _damaged(damaged: dict[str, str]) -> list[str]:
    return [m.DAMAGED_FILE.format(name=name, reason=reason) for name, reason in sorted(damaged.items())]


def in_words(seconds: float) -> str:
    """Return a length of time, roughly."""
    if seconds < _MINUTE:
        return m.SECONDS.format(number=max(1, round(seconds)))
    if seconds < _MINUTE * _MINUTE:
        return m.MINUTES.format(number=round(seconds / _MINUTE))
    return m.HOURS.format(number=f"{seconds / _MINUTE**2:.1f}")


def size_in_words(n_bytes: int) -> str:
    """Return a size on a disk."""
    return f"{n_bytes / _KIB:,.0f} KiB" if n_bytes < _KIB**2 else f"{n_bytes / _KIB**2:,.1f} MiB"
