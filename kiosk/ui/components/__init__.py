"""Parts of screens that know what a listing, a slip or a worker is."""
