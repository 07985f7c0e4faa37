"""Medspiller: the platform with which Norwegian municipalities work with carers (pårørende)."""

__version__ = "0.1.0"
