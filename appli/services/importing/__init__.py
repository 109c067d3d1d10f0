"""Importing lists: file, columns (`mapping`), rows as drafts (`drafting`), plan (`planning`), apply (`applying`)."""
