"""Bullets of an article: sentences, their rating, the choice among them, and briefs made of them."""
