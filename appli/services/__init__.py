"""One function per user intent; each opens one unit of work and returns plain values."""
