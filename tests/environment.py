"""Loaded before Django: the tests are a demonstration with data of its own."""

import atexit
import os
import re
import shutil
import tempfile

os.environ.setdefault("DEMONSTRATION", "1")
os.environ.setdefault("LOG_LEVEL", "ERROR")
if "DATA_DIR" not in os.environ:  # workers of one run inherit it
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="frontline-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
os.environ.setdefault("RUN_DIR", os.environ["DATA_DIR"])  # what the workers share is in there
worker = re.fullmatch(r"gw(\d+)", os.environ.get("PYTEST_XDIST_WORKER", ""))
if worker:
    os.environ["DATA_DIR"] = os.path.join(os.environ["RUN_DIR"], worker[0])
    os.makedirs(os.environ["DATA_DIR"], exist_ok=True)
# Each worker hears by names of its own, and counts and keeps in a database of its own (Redis has 16): one that is
# cleared is cleared whole, whatever its keys begin with.
os.environ["REDIS_PREFIX"] = f"{os.path.basename(os.environ['RUN_DIR'])}-{worker[0] if worker else 'alone'}"
if worker and (redis_url := os.environ.get("REDIS_URL")):
    os.environ["REDIS_URL"] = re.sub(r"(?<=[0-9a-z\]])(/\d*)?$", f"/{int(worker[1]) % 16}", redis_url, count=1)
