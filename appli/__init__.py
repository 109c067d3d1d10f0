"""Maillage without a window: everything the program knows and does. Imports no Qt, ever."""
