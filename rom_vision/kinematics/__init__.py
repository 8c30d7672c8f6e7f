"""What the body did: angles over time, and the repetitions in them."""
