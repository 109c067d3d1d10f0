"""SQLite: engine, generated rows, the one write door, versions, index, backups. Rows never leave this package."""
