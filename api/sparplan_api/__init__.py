"""HTTP service over sparplan (its own issue brings the routes)."""
