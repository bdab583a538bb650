"""Loaded before Django: the tests are a demonstration with data of its own."""

import os
import tempfile

os.environ.setdefault("DEMONSTRATION", "1")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="frontline-tests-"))
os.environ.setdefault("LOG_LEVEL", "ERROR")
