"""Things composed for others to look at: the map page (folium); later, printed documents (Typst)."""
