"""Pages of text to articles: decode, give each line its role, rejoin broken paragraphs, part the articles."""

from govnlp.reading.articles import read_file, read_page_roles, read_text, roles_of_file

__all__ = ["read_file", "read_page_roles", "read_text", "roles_of_file"]
