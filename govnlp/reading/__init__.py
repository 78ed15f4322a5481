"""Pages to articles: decode, give each line its role, rejoin broken paragraphs, part the articles."""

from govnlp.reading.articles import read_file, read_page_roles, read_text, roles_of_file
from govnlp.reading.continued import OpenEnds

__all__ = ["OpenEnds", "read_file", "read_page_roles", "read_text", "roles_of_file"]
