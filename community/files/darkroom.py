"""Pictures made anew, in a process of its own that holds no secret and is stopped where it takes too much.

`python -m community.files.darkroom FILE FOLDER LIMITS`; it answers one line of JSON. What it writes holds pixels and
nothing else: no place, no date, no camera, no profile. Of a picture that moves the first frame is kept.
"""

import json
import resource
import sys
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MEMORY_BYTES = 2 * 1024**3
PROCESSOR_SECONDS = 20
QUALITY, FLAT_QUALITY = 82, 90  # of photographs, and of drawings, whose edges show more
LONGEST_SIDE = 16_000  # pixels: WebP itself holds 16,383


def main() -> None:
    source, folder, limits = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    print(json.dumps(developed(Path(source), Path(folder), **json.loads(limits))))  # noqa: T201 - its answer


def developed(source: Path, folder: Path, *, pixels: int, widths: list[int], square: bool) -> dict[str, Any]:
    """Params: pixels, the most that a picture may have; widths, of the copies; square, cut to one from the middle."""
    Image.MAX_IMAGE_PIXELS = None  # we count for ourselves, by the header alone
    try:
        with Image.open(source, formats=FORMATS) as opened:
            if opened.width * opened.height > pixels or max(opened.size) > LONGEST_SIDE:
                return {"refused": "pixels"}
            kind, picture = opened.format, plain(opened, wanted=max(widths))
            return {"copies": list(copies(picture, folder, widths, square=square, kind=kind))}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, TypeError):
        return {"refused": "broken"}


def plain(opened: Image.Image, *, wanted: int) -> Image.Image:
    """Upright, in sRGB, 8 bits a colour, with nothing beside the pixels."""
    opened.draft("RGB", (wanted, wanted))  # a JPEG is decoded no larger than needed
    profile = opened.info.get("icc_profile")
    upright = ImageOps.exif_transpose(in_8_bits(opened))
    mode = "RGBA" if upright.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in opened.info else "RGB"
    picture = in_srgb(upright, profile) if profile and upright.mode == "RGB" else upright
    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    return bare


def in_8_bits(picture: Image.Image) -> Image.Image:
    """Scans in grey may have 16 bits; Pillow would make white of all that is brighter than the 256th part."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda grey: grey / 256).convert("L")


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        return ImageCms.profileToProfile(picture, BytesIO(profile), ImageCms.createProfile("sRGB")) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def copies(picture: Image.Image, folder: Path, widths: list[int], *, square: bool, kind: str | None) -> Any:
    """Each of these widths that the picture has, and its own where that is less than the largest."""
    if square:
        side = min(picture.size)
        picture = ImageOps.fit(picture, (side, side))
    quality = FLAT_QUALITY if kind in ("PNG", "GIF") else QUALITY
    shown = sorted({min(width, picture.width) for width in widths})
    for width in shown:
        height = max(1, round(picture.height * width / picture.width))
        copy = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        path = folder / f"{width}.webp"
        copy.save(path, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
        yield {"width": width, "height": height, "name": path.name}


if __name__ == "__main__":
    main()
