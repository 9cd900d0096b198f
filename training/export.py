"""What a model has learnt, in the file that the recogniser reads."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kg.people.recognizer.weights import COMBINATIONS, FORBIDDEN, OFFSETS, combined
from training.npz import write_npz

_FEATURE = re.compile(r"(-?\d)(.*)", re.DOTALL)
_COMBINATION = re.compile(rf"([{''.join(COMBINATIONS)}])(\d+(?:,\d+)+)")
LEAST = 0.004
"""Smaller weights are dropped."""


class Learnt(NamedTuple):
    """The weights of a CRF by attribute and label, and by two labels in a row.

    An attribute is a distance and a feature (`-1w=Kanzlerin`), or a triple of categories (`K3,17,4`).
    """

    states: dict[tuple[str, str], float]
    transitions: dict[tuple[str, str], float]


def export(model: Learnt, target: Path) -> int:
    """Write the weights of `model` to `target`; the number of weights kept is returned."""
    kinds = sorted({label[2:] for _, label in model.states if label != "O"})
    labels = ["O", *(f"{mark}-{kind}" for mark in "BI" for kind in kinds)]
    features: dict[str, list[tuple[int, float]]] = defaultdict(list)
    combinations: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for (attribute, label), weight in model.states.items():
        if abs(weight) < LEAST:
            continue
        if found := _COMBINATION.fullmatch(attribute):
            number = combined([int(category) for category in found[2].split(",")])
            combinations[list(COMBINATIONS).index(found[1]), number].append((labels.index(label), weight))
        else:
            offset, feature = _parts(attribute)
            column = OFFSETS.index(offset) * len(labels) + labels.index(label)
            features[feature].append((column, weight))
    transition = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (before, after), weight in model.transitions.items():
        transition[labels.index(before), labels.index(after)] = weight
    for after in labels:
        if after.startswith("I-"):
            wrong = [row for row, before in enumerate(labels) if before[2:] != after[2:]]
            transition[wrong, labels.index(after)] = FORBIDDEN
    arrays: dict[str, Any] = {
        "labels": _text(labels),
        "features": _text(sorted(features)),
        "transition": transition,
    }
    arrays |= _sparse("", [sorted(features[name]) for name in sorted(features)])
    keys = sorted(combinations)
    arrays["combination_kind"] = np.array([kind for kind, _ in keys], dtype=np.uint8)
    arrays["combination"] = np.array([number for _, number in keys], dtype=np.uint32)
    arrays |= _sparse("combination_", [sorted(combinations[key]) for key in keys])
    write_npz(target, arrays)
    return len(arrays["value"]) + len(arrays["combination_value"])


def _parts(attribute: str) -> tuple[int, str]:
    found = _FEATURE.fullmatch(attribute)
    if found is None:
        raise ValueError(f"no distance before the feature: {attribute}")
    return int(found[1]), found[2]


def _sparse(prefix: str, rows: list[list[tuple[int, float]]]) -> dict[str, Any]:
    flat = [weight for row in rows for weight in row]
    return {
        f"{prefix}count": np.array([len(row) for row in rows], dtype=np.uint8),
        f"{prefix}column": np.array([column for column, _ in flat], dtype=np.uint8),
        f"{prefix}value": np.array([value for _, value in flat], dtype=np.float16),
    }


def _text(lines: list[str]) -> Any:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
