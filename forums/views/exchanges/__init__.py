"""Pages of exchanges between cities."""
