"""What leaves: overlay videos, pictures and tables."""
