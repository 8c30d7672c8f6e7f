"""What is kept: clients, sessions, measurements, curves, videos."""
