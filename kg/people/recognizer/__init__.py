"""Persons, organisations and places in German newspaper text."""
