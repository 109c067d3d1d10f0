"""Exchanging packets with other PCs: making one, looking at one that came, receiving it, taking it back."""
