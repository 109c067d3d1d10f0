"""The live map. Importing this loads no web engine; importing `ui.map.view` does."""
