"""A community's day of work: who is present, who takes what, coping, triage, the rest-day shift."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import WORKING_DAY_MINUTES
from govsim.compilation import kernel
from govsim.kernels.batches import FRONT, LEFT, SKIPPED
from govsim.kernels.closing import close
from govsim.kernels.prefetching import prefetch
from govsim.kernels.queueing import BEGUN_CLASS, NONE, insert, order_key, remove, send
from govsim.kernels.rules import UNSEEN, choose_tray, coping_effort
from govsim.randomness import Decision, u

PERMILLE: Final = 1000
AWAY: Final = -1


@kernel
def backlog_days(community):
    """Return how many days of all filled posts lie in the trays of a community; 0 where a merger left no post."""
    posts = community.n_filled
    if posts == 0:
        posts = community.n_posts
    if posts == 0:
        return 0.0
    return community.backlog_minutes / (WORKING_DAY_MINUTES * posts)


@kernel
def overtime_minutes(settings, post, backlog):
    """Return the overtime a worker is ready for: the more backlog, the less exhausted, the more motivated."""
    wanted = (
        settings.service_overtime_cap_minutes
        * settings.service_overtime_willingness
        * (post.motivation * 1e-9)
        * (1.0 - post.exhaustion * 1e-9)
        * min(1.0, backlog / settings.service_overtime_full_at_days)
    )
    return min(math.floor(wanted), math.floor(settings.service_overtime_cap_minutes))


@kernel
def open_shift(post, clock_minutes):
    """Give a worker the minutes of a shift."""
    post.clock_minutes = clock_minutes
    post.work_minutes = clock_minutes * post.efficiency_permille // PERMILLE
    post.minutes_left = post.work_minutes
    post.is_serving = 1


@kernel
def used_minutes(post):
    """Return the clock minutes that the work of a shift took."""
    done = post.work_minutes - post.minutes_left
    if done == 0:
        return 0
    return min(post.clock_minutes, -(-done * PERMILLE // post.efficiency_permille))


@kernel
def begin(key, item, matter, community, settings, backlog, book):
    """Decide, when work on an item begins, how many of its minutes it is given and whether it needs triage."""
    effort = coping_effort(settings, backlog)
    red = item.size_minutes * matter.red_tape_permille // PERMILLE
    given_red = math.floor(red * max(settings.coping_least_red_tape, effort))
    given_rest = math.floor((item.size_minutes - red) * max(settings.coping_least_service, effort))
    item.given_red = given_red
    item.given = max(1, given_red + given_rest)
    item.remaining = item.given
    item.is_begun = 1
    waived = item.size_minutes - item.given
    book.communities[item.community].waived_minutes[matter.work_class] += waived
    if item.resident == NONE:
        book.origins[matter.line].waived_minutes += waived
    community.backlog_minutes -= waived
    if u(key, Decision.AUTHORITY, item.entity, item.tick, item.index) < matter.authority_share:
        item.triage_left = min(item.given, math.floor(settings.escalation_triage_minutes))


@kernel
def street_minutes(key, item, charter, street):
    """Return the minutes of a case at its street; some concern several organs, which coordinate."""
    settings = charter.settings[0]
    minutes = math.floor(settings.escalation_street_minutes)
    if u(key, Decision.COORDINATED, item.entity, item.tick, item.index) < settings.street_coordination_share:
        minutes += charter.offices[street].coordination_minutes
    return minutes


@kernel
def book_minutes(item, matter, minutes, post, people, book):
    """Book minutes worked on an item, for its community and, if it is a job, for its sender."""
    tally = book.communities[item.community]
    post.minutes_left -= minutes
    item.remaining -= minutes
    people.communities[item.community].backlog_minutes -= minutes
    tally.booked_minutes[matter.work_class] += minutes
    if item.resident == NONE:
        book.origins[matter.line].booked_minutes += minutes
    if matter.is_outreach:
        tally.outreach_minutes += minutes
    if matter.is_emotional:
        post.emotional_minutes += minutes
        tally.emotional_minutes += minutes


@kernel
def escalate(key, day, slot, charter, people, work):
    """Send an item whose triage is over to the street; it lies in no tray any more."""
    settings = charter.settings[0]
    item = work.items[slot]
    community = people.communities[item.community]
    community.backlog_minutes -= item.remaining
    community.blocked_minutes += item.remaining
    item.away_left = street_minutes(key, item, charter, community.street)
    transit = math.floor(settings.escalation_street_transit_days)
    send(work, work.layout.n_communities + community.street, slot, day + transit)


@kernel
def work_on(key, day, slot, post, backlog, charter, people, work, book):
    """Work on an item until its stage ends or the worker's minutes do; return whether it is unfinished."""
    item = work.items[slot]
    matter = charter.matters[item.matter]
    if not item.is_begun:
        begin(key, item, matter, people.communities[item.community], charter.settings[0], backlog, book)
    in_triage = item.triage_left > 0
    minutes = min(post.minutes_left, item.triage_left if in_triage else item.remaining)
    book_minutes(item, matter, minutes, post, people, book)
    if in_triage:
        item.triage_left -= minutes
        if item.triage_left > 0:
            return True
        escalate(key, day, slot, charter, people, work)
        return False
    if item.remaining > 0:
        return True
    close(key, day, slot, charter, people, work, book)
    return False


@kernel
def line_up(people, work, place):
    """Note the minutes that the workers of a community have left, or ``AWAY``, by their place on the roster.

    Nothing is known yet of their trays.
    """
    numbers = work.batch.numbers
    for i in range(place.n_posts):
        post = people.posts[people.roster[place.first_post + i]]
        numbers[LEFT, i] = post.minutes_left if post.is_serving else AWAY
        numbers[SKIPPED, i] = NONE
        numbers[FRONT, i] = UNSEEN


@kernel
def freest_worker(left, n_posts):
    """Return the place on the roster of the serving worker with most minutes left, the first on ties, or NONE."""
    best, most = NONE, AWAY
    for i in range(n_posts):
        if left[i] > most:
            best, most = i, left[i]
    return best


@kernel
def serve_shift(key, day, c, backlog, charter, people, work, book):
    """Let the serving workers of a community take work until nothing is left or all minutes are used."""
    place = people.communities[c]
    left, fronts = work.batch.numbers[LEFT], work.batch.numbers[FRONT]
    line_up(people, work, place)
    unfinished = np.int64(NONE)
    while True:
        best = freest_worker(left, place.n_posts)
        if best == NONE:
            break
        post = people.posts[people.roster[place.first_post + best]]
        taken = NONE
        if left[best] > 0:
            taken = choose_tray(charter, people, work, best, place)
        if taken == NONE:
            post.is_serving = 0
            left[best] = AWAY
            continue
        slot = fronts[taken]
        fronts[taken] = UNSEEN
        remove(work, slot)
        if work_on(key, day, slot, post, backlog, charter, people, work, book):
            work.items[slot].next = unfinished
            unfinished = slot
        left[best] = post.minutes_left
    while unfinished != NONE:
        item = work.items[unfinished]
        after = np.int64(item.next)
        item.key = order_key(BEGUN_CLASS, np.int64(item.arrived_on_day), item.order)
        insert(work, np.int64(item.tray), unfinished)
        unfinished = after


@kernel
def foresee_community(people, work, c):
    """Bring near the first items of the trays of a community that is served next."""
    place = people.communities[c]
    for position in range(place.first_post, place.first_post + place.n_posts):
        prefetch(work.items, max(0, work.trays[people.roster[position]].first))


@kernel
def serve_community(key, day, c, charter, people, work, book):
    """Serve the ordinary day of one community, overtime included."""
    settings = charter.settings[0]
    place = people.communities[c]
    tally = book.communities[c]
    backlog = backlog_days(place)
    for position in range(place.first_post, place.first_post + place.n_posts):
        post = people.posts[people.roster[position]]
        post.is_serving = 0
        post.worked_minutes = 0
        post.emotional_minutes = 0
        post.clock_minutes = 0
        tally.post_days += 1
        if not post.is_filled:
            continue
        tally.filled_post_days += 1
        holder = post.entity + post.holder
        if u(key, Decision.ABSENT, holder, day, 0) >= settings.service_absence_share:
            tally.present_days += 1
            tally.contracted_minutes += WORKING_DAY_MINUTES
            open_shift(post, WORKING_DAY_MINUTES + overtime_minutes(settings, post, backlog))
    serve_shift(key, day, c, backlog, charter, people, work, book)
    for position in range(place.first_post, place.first_post + place.n_posts):
        post = people.posts[people.roster[position]]
        if post.clock_minutes > 0:
            post.worked_minutes = used_minutes(post)
            tally.worked_minutes += post.worked_minutes
            tally.overtime_minutes += max(0, post.worked_minutes - WORKING_DAY_MINUTES)
            tally.idle_minutes += max(0, WORKING_DAY_MINUTES - post.worked_minutes)


@kernel
def serve_communities(key, day, charter, people, work, book):
    """Serve the ordinary day of every community."""
    for c in range(len(people.communities)):
        foresee_community(people, work, min(c + 1, len(people.communities) - 1))
        serve_community(key, day, c, charter, people, work, book)


@kernel
def serve_rest_day(key, day, charter, people, work, book):
    """Serve the rest-day shift (双休日上班) that follows the last working day of a week."""
    settings = charter.settings[0]
    clock_minutes = math.floor(settings.service_rest_shift_minutes)
    for c in range(len(people.communities)):
        place = people.communities[c]
        for position in range(place.first_post, place.first_post + place.n_posts):
            post = people.posts[people.roster[position]]
            post.is_serving = 0
            post.clock_minutes = 0
            holder = post.entity + post.holder
            if post.is_filled and u(key, Decision.REST_DAY_DUTY, holder, day, 0) < settings.service_rest_day_share:
                open_shift(post, clock_minutes)
        serve_shift(key, day, c, backlog_days(place), charter, people, work, book)
        for position in range(place.first_post, place.first_post + place.n_posts):
            post = people.posts[people.roster[position]]
            if post.clock_minutes > 0:
                minutes = used_minutes(post)
                post.worked_minutes += minutes
                book.communities[c].worked_minutes += minutes
                book.communities[c].overtime_minutes += minutes
