"""The pages of the window, by the names of their presenters."""
