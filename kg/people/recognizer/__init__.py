"""Persons, organisations and places in German newspaper text.

>>> from kg.people.recognizer import Recognizer
>>> [span.label for span in Recognizer.load().spans("Der Schriftsteller Heinrich Böll lebte in Köln.")]
['person', 'place']
"""

from kg.people.recognizer.recognizer import Recognizer, Span

__all__ = ["Recognizer", "Span"]
