"""The contract's JSON shapes as JSON Schemas."""

from __future__ import annotations

from typing import Any

from govnlp import load_codebook

IDS = list(load_codebook().ids)
TEXT: dict[str, Any] = {"type": ["string", "null"]}
SPANS = {
    "type": "array",
    "items": {"type": "array", "prefixItems": [{"type": "integer"}] * 2, "minItems": 2, "maxItems": 2},
}
REPAIRS = {"type": "array", "items": {"enum": ["split", "repeated", "displaced", "incomplete", "garbled"]}}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


LOCALITY = {
    "anyOf": [
        {"type": "null"},
        closed(
            {
                "name": {"type": "string"},
                "adcode": {"type": ["string", "null"], "pattern": r"^\d{6}$"},
                "level": {"enum": ["province", "city", "county", None]},
                "province": TEXT,
                "city": TEXT,
                "county": TEXT,
                "candidates": {"type": "array", "items": {"type": "string"}},
            }
        ),
    ]
}
PARAGRAPH = closed({"id": {"type": "string"}, "text": {"type": "string"}, "spans": SPANS, "repairs": REPAIRS})
ARTICLE = closed(
    {
        "id": {"type": "string"},
        "source": {"type": "string"},
        "genre": {"enum": ["report", "news", "commentary", "note"]},
        "headline": TEXT,
        "kicker": TEXT,
        "date": TEXT,
        "newspaper": TEXT,
        "page": TEXT,
        "locality": LOCALITY,
        "unit": TEXT,
        "reporter": TEXT,
        "sections": {
            "type": "array",
            "items": closed({"heading": TEXT, "paragraphs": {"type": "array", "items": PARAGRAPH}}),
        },
        "captions": {"type": "array", "items": closed({"text": {"type": "string"}, "spans": SPANS})},
    }
)
ROLE = {"enum": ["headline", "kicker", "byline", "heading", "paragraph", "caption", "marker", "duplicate", "noise"]}
PAGE_ROLES = closed(
    {
        "source": {"type": "string"},
        "text": {"type": "string"},
        "roles": {
            "type": "array",
            "items": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}, ROLE], "items": False},
        },
    }
)
LABELS = {"type": "array", "items": {"enum": IDS}, "uniqueItems": True}
PART = {
    "type": "array",
    "prefixItems": [{"type": "string"}, {"type": "integer"}, {"type": "integer"}, {"type": "number"}],
    "minItems": 4,
    "items": False,
}
TAGGED_PROPERTIES = {
    "id": {"type": ["string", "integer"]},
    "article_id": TEXT,
    "source": TEXT,
    "headline": TEXT,
    "locality": TEXT,
    "adcode": TEXT,
    "heading": TEXT,
    "text": {"type": "string"},
    "labels": LABELS,
    "unsure": LABELS,
    "scores": closed({label: {"type": "number", "minimum": 0, "maximum": 1} for label in IDS}),
    "evidence": {
        "type": "object",
        "propertyNames": {"enum": IDS},
        "additionalProperties": {"type": "array", "items": PART, "maxItems": 5},
    },
    "coder": {"type": "string", "pattern": "^model:[0-9a-f]{12}$"},
}
TAGGED = closed(TAGGED_PROPERTIES)
TAGGED_TABLE = {**TAGGED, "additionalProperties": True}
NUMBER = {"type": ["number", "null"]}
FIGURE = closed(
    {
        "id": TEXT,
        "text": {"type": "string"},
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "kind": {"enum": ["count", "money", "percent", "area", "length", "weight", "duration", "ratio", "other"]},
        "value": {"type": "number"},
        "unit": {"type": "string"},
        "what": TEXT,
        "hedge": TEXT,
        "from": NUMBER,
        "min": NUMBER,
        "max": NUMBER,
        "per": TEXT,
        "flag": TEXT,
    }
)
CANDIDATE = closed(
    {
        "term": {"type": "string", "minLength": 2},
        "score": {"type": "number", "exclusiveMinimum": 0},
        "count": {"type": "integer", "minimum": 2},
        "texts": {"type": "integer", "minimum": 1},
        "cohesion": {"type": "number"},
        "left_entropy": {"type": "number", "minimum": 0},
        "right_entropy": {"type": "number", "minimum": 0},
        "quoted": {"type": "number", "minimum": 0, "maximum": 1},
        "known": {"type": "boolean"},
        "source": {"type": "string"},
        "id": {"type": "string"},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer"},
        "example": {"type": "string"},
    }
)
PRACTICE = closed(
    {
        "id": TEXT,
        "name": {"type": "string"},
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "kind": {"enum": ["method", "brand", "campaign", "platform", "place"]},
        "expansion": TEXT,
    }
)
BULLET = closed(
    {
        "text": {"type": "string"},
        "id": {"type": "string"},
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "mechanisms": LABELS,
        "figures": {"type": "array", "items": FIGURE},
    }
)
SUMMARY = closed(
    {
        "article_id": {"type": "string"},
        "source": {"type": "string"},
        "headline": TEXT,
        "locality": LOCALITY,
        "bullets": {"type": "array", "items": BULLET},
        "practices": {"type": "array", "items": PRACTICE},
    }
)
UNSUPPORTED = closed(
    {
        "line": {"type": "integer", "minimum": 1},
        "text": {"type": "string"},
        "kind": {"enum": ["figure", "number", "quotation"]},
        "reason": {"type": "string"},
    }
)
