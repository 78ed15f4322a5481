"""Scores, splits and agreement for multi-label coding."""
