"""Figures and named practices of a text, each a verbatim span."""
