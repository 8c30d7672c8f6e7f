"""What people see: one file a page, no arithmetic in them."""
