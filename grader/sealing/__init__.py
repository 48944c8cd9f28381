"""What is sealed: hidden tests that may lie in public, and receipts that nobody can write but who holds the key."""
