"""How the portal is launched, served, measured and filled on a machine."""
