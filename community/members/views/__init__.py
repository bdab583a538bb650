"""Pages of accounts, members and cities."""
