"""Labelled paragraphs in and out."""
