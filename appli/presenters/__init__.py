"""Pure-Python state of each screen, speaking to a typed View protocol."""
