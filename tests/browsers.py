"""Finds a Chromium for the browser tests. `python -m tests.browsers` also installs one where it may.

Prints the executable's path, or nothing; what it does meanwhile is said on stderr.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The shell has the same engine and no windows: it opens a page in a third of the time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")


def find_browser() -> str:
    """The path named by CHROMIUM, else one found on PATH, else Playwright's own; empty where there is none."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = next(filter(None, map(shutil.which, NAMES)), "")
    return found or playwrights_own()


def playwrights_own() -> str:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""


def install_browser() -> None:
    """From Debian where we may, else Playwright's. Failing is no error: the tests say that they were skipped."""
    say("Installing a browser for the tests (once) …")
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quietly("apt-get", "update", "-qq")
        for package in (SHELL, "chromium"):
            if not find_browser():
                quietly(*APT, package)
    if not find_browser():
        quietly(sys.executable, "-m", "playwright", "install", "chromium-headless-shell", "chromium")


def quietly(*command: str) -> None:
    told = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    )
    if told.returncode:
        say(f"{command[0]}: {told.stderr.strip().splitlines()[-1:] or told.returncode}")


def say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    if not find_browser():
        install_browser()
    if browser := find_browser():
        print(browser)
    else:
        say("No browser could be had: the browser tests will say that they were skipped.")
