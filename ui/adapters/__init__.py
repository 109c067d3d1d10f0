"""Qt models over presenters, written once."""
