"""What phones of the demo sent: taken in, waiting for photos, and set aside."""
