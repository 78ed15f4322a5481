"""Mechanism labels for paragraphs: codebook, features, classifier, evidence."""
