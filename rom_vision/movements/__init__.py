"""What is tested: the catalogue of movement tests."""
