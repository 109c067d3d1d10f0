"""Dialogs: only for what cannot be undone, and for what went wrong."""
