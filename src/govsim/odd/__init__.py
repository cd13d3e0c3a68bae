"""The tables of the ODD page, written from the model itself and from one line of words for each thing in it."""

from govsim.odd.files import pages, write

__all__ = ["pages", "write"]
