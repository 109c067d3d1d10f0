"""The services from a terminal; verbs, JSON keys and exit codes are a contract (DESIGN, « The command line »)."""
