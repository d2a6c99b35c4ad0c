"""Copytaster: reads any pile of news pages, on one laptop."""
