"""What is seen across the apps: layers, tiles, the map page and exports."""
