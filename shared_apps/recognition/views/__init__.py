"""Pages of certificates: public ones on the portal, those of training units on their tenant."""
