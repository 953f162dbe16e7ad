"""What tenants announce of their classes, and the people whom other agencies propose for them."""
