"""Stories over HTTP, socket and worker, on servers as they run."""
