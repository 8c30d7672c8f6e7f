"""What stands before the pages: who is let in, and the plain pages on which one signs in."""
