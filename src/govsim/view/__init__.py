"""The interactive view: a page in a browser in which reforms are switched on, and what changes is shown with why."""
