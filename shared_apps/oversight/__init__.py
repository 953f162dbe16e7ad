"""What LAN sees of all agencies."""
