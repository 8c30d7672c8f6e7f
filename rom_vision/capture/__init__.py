"""What the camera saw: frames, and the people in them."""
