"""`make bench`: CPU per request of the product, as a multiple of a bare Django view."""
