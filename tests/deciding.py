"""What a department or the board would decide in a month, on tables of its own: nothing of the model is changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from govsim.institution.docket import docket_of
from govsim.kernels import choosing
from govsim.tables.state import records


def no_choices(n):
    """Return room for decisions on n matters."""
    return records(choosing.CHOICE, n)


def first_choices(department, key, month, brief):
    """Return what a department chooses before the board has heard anybody, and the fen that it commits."""
    docket, choices = docket_of((brief,)), no_choices(len(brief.matters))
    fen = choosing.choose(key, month, department.outlook, docket.terms[0], docket.matters, choices)
    return choices, float(fen)


def choose_again(department, key, month, brief, choices, committed=0.0):
    """Let a department choose again what was asked for and is not admitted; return the fen that are committed then."""
    docket = docket_of((brief,))
    outlook, terms = department.outlook, docket.terms[0]
    return float(choosing.choose_again(key, month, outlook, terms, docket.matters, choices, committed))


def heard(model, key, month, matters, strictness):
    """Return which of the matters get a permit from the board of a model when all ask for one."""
    docket = docket_of((replace(model.docket[0], matters=tuple(matters), strictness=strictness),))
    choices = no_choices(len(docket.matters))
    choices.asks = True
    choosing.hear(key, month, model.charter.settings[0], docket.matters, choices)
    return choices.is_admitted.tolist()


def decided(model, key, month):
    """Return what is decided in a month on all matters of a model, in the order of its docket."""
    docket, offices = docket_of(model.docket), model.state.work.offices[model.state.work.layout.n_streets :]
    choices, committed = no_choices(len(docket.matters)), np.zeros(len(docket.terms))
    settings = model.charter.settings[0]
    choosing.decide(key, month, settings, docket.matters, docket.terms, offices, choices, committed)
    return choices
