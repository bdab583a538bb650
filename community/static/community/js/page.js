/* The one module every page loads; what a page does not use is not fetched. */
