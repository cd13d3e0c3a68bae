"""How Sphinx builds these pages; nothing is fetched from another place while it does."""

from importlib.metadata import version as installed_version

project = "govsim"
author = "The govsim authors"
copyright = author
release = installed_version("govsim")
version = release
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "odd/*", "performance/*.md"]  # these tables are included in odd.md and performance.md
nitpicky = True

myst_heading_anchors = 3

html_theme = "pydata_sphinx_theme"
html_title = f"govsim {release}"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["odd.css"]
html_sidebars = {"odd": [], "performance": []}  # their tables need the room
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": False, "secondary_sidebar_items": ["page-toc"]}
