"""Places with no network: the gazetteer of communes, positions, tile archives."""
