"""What a page consists of: its blocks with their roles, which pieces go on in which, and the article of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from govnlp.reading import cues
from govnlp.reading.blocks import Block, split_blocks, squash
from govnlp.reading.copies import set_copies_apart
from govnlp.reading.heads import Head, find_heads
from govnlp.reading.layout import Settled, settle_articles
from govnlp.reading.roles import assign_roles
from govnlp.reading.stitch import Piece, join_pieces


@dataclass(frozen=True)
class Page:
    """A page after all decisions.

    Attributes:
        blocks: its blocks in page order.
        heads: what begins its articles.
        articles: for each block, the head that it belongs to.
        links: for the pieces that go on, the block that they go on in.
        repeated: where blocks begin that the page prints more than once.
    """

    blocks: tuple[Block, ...]
    heads: tuple[Head, ...]
    articles: tuple[int, ...]
    links: dict[int, int]
    repeated: frozenset[int]


def lay_out(text: str, start: int, end: int) -> Page:
    """Return what is decided about the page text[start:end]; its places count in the whole text."""
    blocks = assign_roles(text, split_blocks(text, start, end))
    blocks, repeated = set_copies_apart(text, blocks)
    heads = find_heads(blocks) or [Head((), 0)]
    guess = settle_articles(blocks, heads)
    links = _stitch(blocks, heads, guess)
    chains = [follow(links, first) for first in sorted(links.keys() - set(links.values()))]
    articles = list(settle_articles(blocks, heads, chains, guess).articles)
    for chain in chains:
        weight = Counter[int]()
        for i in chain:
            weight[articles[i]] += len(blocks[i].text)
        for i in chain:
            articles[i] = weight.most_common(1)[0][0]
    return Page(tuple(blocks), tuple(heads), tuple(articles), links, repeated)


def _stitch(blocks: Sequence[Block], heads: Sequence[Head], guess: Settled) -> dict[int, int]:
    pieces = _pieces(blocks, heads, guess)
    if not pieces:
        return {}
    links = join_pieces(pieces, "\n".join(p.text for p in pieces))
    return {pieces[upper].position: pieces[lower].position for upper, lower in links.items()}


def _pieces(blocks: Sequence[Block], heads: Sequence[Head], guess: Settled) -> list[Piece]:
    names = tuple(name for head in heads for name in head.names)
    found: list[Piece] = []
    headings = 0
    ranks = Counter[int]()
    marked = False
    for i, block in enumerate(blocks):
        if block.role in ("headline", "heading"):
            headings += 1
        if block.role == "marker" and cues.points_onward(block.text) and found:
            found[-1] = replace(found[-1], leaves=True)
        marked = marked or (block.role == "marker" and not cues.points_onward(block.text))
        if block.role == "paragraph":
            text = squash(block.text)
            article = guess.articles[i]
            found.append(
                Piece(
                    text,
                    len(found),
                    i,
                    ranks[article],
                    headings,
                    placed=text.startswith(names),
                    article=article,
                    sure=guess.sure[i],
                    continues=marked,
                )
            )
            ranks[article] += 1
            marked = False
    return found


def follow(links: dict[int, int], first: int) -> list[int]:
    """Return a piece and those that it goes on in, one behind the other."""
    chain = [first]
    while chain[-1] in links:
        chain.append(links[chain[-1]])
    return chain
