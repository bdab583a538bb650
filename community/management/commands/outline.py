"""Draws `world.svg` anew from Natural Earth's land at 1:110m, as TopoJSON (`land-110m.json` of world-atlas)."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from community.members.mapping import BOTTOM_LATITUDE, HEIGHT, WIDTH, on_map

TARGET = Path("community/static/community/world.svg")
SMALLEST = 1.5  # units: islets smaller than that are a speck
HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
    "<!-- Land, 1:110m. Made with Natural Earth (naturalearthdata.com), which is in the public domain; through\n"
    "     world-atlas 2.0.2 (ISC). Equal Earth projection. Drawn by `manage.py outline`. -->\n"
)
Point = tuple[float, float]


class Command(BaseCommand):
    help = "Draw the outline of the world map from a TopoJSON file of Natural Earth's land."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path)

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        rings = [drawn(ring) for ring in rings_of(json.loads(source.read_text()))]
        path = "".join(ring for ring in rings if ring)
        target = Path(settings.BASE_DIR) / TARGET
        target.write_text(f'{HEAD}<path id="land" d="{path}"/>\n</svg>\n')
        self.stdout.write(f"{target}: {target.stat().st_size} bytes")


def rings_of(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Closed lines of longitude and latitude. An arc's points are steps; a negative arc runs backwards."""
    (stretch_x, stretch_y), (from_x, from_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * stretch_x + from_x, y * stretch_y + from_y))
        arcs.append(points)
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"]:
            for ring in polygon:
                joined = [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
                yield from halves(unbroken(joined))


def unbroken(ring: list[Point]) -> list[Point]:
    """Across the date line longitudes go on beyond 180 degrees: no line may run back around the world."""
    turns, line = 0, [ring[0]]
    for (before, _), (longitude, latitude) in pairwise(ring):
        if abs(longitude - before) > 180:
            turns += 1 if longitude < before else -1
        line.append((longitude + 360 * turns, latitude))
    return line


def halves(ring: list[Point]) -> Iterator[list[Point]]:
    """A ring that goes on beyond the date line is cut there: each part stands at its own edge of the map."""
    for turn in (-360, 0, 360):
        moved = [(longitude + turn, latitude) for longitude, latitude in ring]
        if inside := cut(cut(moved, at=-180, side=1), at=180, side=-1):
            yield inside


def cut(ring: list[Point], *, at: float, side: int) -> list[Point]:
    """The ring's part east (1) or west (-1) of a meridian. After Sutherland and Hodgman."""
    kept: list[Point] = []
    for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        is_inside, is_next_inside = (x - at) * side >= 0, (next_x - at) * side >= 0
        if is_inside:
            kept.append((x, y))
        if is_inside != is_next_inside:
            kept.append((at, y + (next_y - y) * (at - x) / (next_x - x)))
    return kept


def drawn(ring: list[Point]) -> str:
    """Relative steps in whole tenths of a unit; what lies south of the map is left out."""
    if max(latitude for _, latitude in ring) < BOTTOM_LATITUDE:
        return ""
    points = [on_map(latitude, longitude) for longitude, latitude in ring]
    spread = max(max(axis) - min(axis) for axis in zip(*points, strict=True))
    if spread < SMALLEST:
        return ""
    at, steps = points[0], [f"M{points[0][0]:g},{points[0][1]:g}l"]
    for point in points[1:]:
        step = (round(point[0] - at[0], 1), round(point[1] - at[1], 1))
        if step != (0, 0):
            steps.append(f"{step[0]:g},{step[1]:g} ")
            at = (at[0] + step[0], at[1] + step[1])
    return "".join(steps).rstrip() + "z"
