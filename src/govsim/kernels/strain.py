"""Exhaustion: what a day adds beyond what does not tire, and what recovers."""

from __future__ import annotations

from govsim.compilation import kernel
from govsim.randomness import billionths, clip


@kernel
def exhaustion_after(settings, post, tenure_days):
    """Return a worker's exhaustion in billionths after a day.

    Notes
    -----
    Effort and recovery (Meijman and Mulder 1998; job demands-resources, Demerouti et al. 2001; Homer 1985).
    """
    x = post.exhaustion * 1e-9
    novelty = settings.strain_novelty if tenure_days < settings.efficiency_novice_days else 0.0
    lines = max(0.0, post.n_lines - settings.efficiency_reference_lines)
    load = (
        (post.worked_minutes + settings.strain_emotional_weight * post.emotional_minutes)
        / settings.strain_reference_minutes
        * (1.0 + settings.strain_per_line * lines + novelty)
    )
    susceptibility = post.susceptibility_permille / 1000.0
    gain = settings.strain_gain_per_day * susceptibility * max(0.0, load - 1.0) * (1.0 - x)
    return billionths(clip(x + gain - x / settings.strain_recovery_days * (post.motivation * 1e-9), 0.0, 1.0))


@kernel
def build_strain(day, charter, people):
    """Move the exhaustion of every worker by one day."""
    settings = charter.settings[0]
    for p in range(len(people.posts)):
        post = people.posts[p]
        if post.is_filled:
            post.exhaustion = exhaustion_after(settings, post, day - post.since_day)
