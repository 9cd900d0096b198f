"""The numbers of combinations of neighbouring categories."""

from kg.people.recognizer.categories import CATEGORIES
from kg.people.recognizer.weights import combined


def test_a_combination_is_numbered_by_its_categories() -> None:
    count = len(CATEGORIES)
    numbers = {combined([first, second]) for first in range(count) for second in range(count)}
    assert numbers == set(range(count**2))
    assert combined([1, 2, 3]) == (count + 2) * count + 3
