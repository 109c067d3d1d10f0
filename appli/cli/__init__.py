"""The services from a terminal; its names, JSON keys and exit codes are a contract."""
