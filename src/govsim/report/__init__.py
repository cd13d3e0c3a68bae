"""One page that a comparison can be handed on as: it needs no network, no server and no other file."""

from govsim.report.page import report_html, write_report

__all__ = ["report_html", "write_report"]
