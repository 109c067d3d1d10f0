"""What others read and write: CSV, spreadsheets, GeoJSON. Knows values, not records."""
