"""The forward-backward algorithm of the training, held against all paths one by one."""

from itertools import pairwise, product

import numpy as np
import pytest

from training.chain import LABELS, NO_START, NO_STEP, chains, expected

LENGTHS = np.array([4, 2, 2, 1])
COUNT = len(LABELS)


@pytest.mark.parametrize("partial", [False, True])
def test_probabilities_are_those_of_all_paths(partial: bool) -> None:
    draw = np.random.default_rng(7)
    emission = draw.normal(size=(LENGTHS.sum(), COUNT))
    transition = draw.normal(size=(COUNT, COUNT))
    allowed = draw.random(emission.shape) < 0.4 if partial else np.ones(emission.shape, dtype=np.bool_)
    allowed[:, 0] = True
    weight = np.repeat([1.0, 0.5, 2.0, 1.0], LENGTHS)
    found = expected(emission, transition, chains(LENGTHS), weight, allowed if partial else None)
    steps = np.zeros((COUNT, COUNT))
    start = 0
    for number, length in enumerate(LENGTHS.tolist()):
        chances: dict[tuple[int, ...], float] = {}
        for path in product(range(COUNT), repeat=length):
            pairs = list(pairwise(path))
            if NO_START[path[0]] or any(NO_STEP[pair] for pair in pairs):
                continue
            if all(allowed[start + place, label] for place, label in enumerate(path)):
                score = sum(emission[start + place, label] for place, label in enumerate(path))
                chances[path] = float(np.exp(score + sum(transition[pair] for pair in pairs)))
        total = sum(chances.values())
        assert found.log_sum[number] == pytest.approx(np.log(total))
        labels = np.zeros((length, COUNT))
        for path, chance in chances.items():
            labels[np.arange(length), path] += chance / total
            for pair in pairwise(path):
                steps[pair] += weight[start] * chance / total
        assert found.labels[start : start + length] == pytest.approx(labels)
        start += length
    assert found.steps == pytest.approx(steps)


def test_what_goes_on_begins_after_its_like_alone() -> None:
    begins, goes_on = LABELS.index("B-PER"), LABELS.index("I-PER")
    assert not NO_STEP[begins, goes_on]
    assert not NO_STEP[goes_on, goes_on]
    assert NO_STEP[LABELS.index("B-ORG"), goes_on]
    assert NO_STEP[0, goes_on]
    assert NO_START.tolist() == [label[0] == "I" for label in LABELS]
