# SPDX-License-Identifier: AGPL-3.0-or-later
"""What kind of picture something is, told from its first bytes."""

from __future__ import annotations

JPEG, PNG, WEBP, TIFF, HEIC, AVIF = "jpeg", "png", "webp", "tiff", "heic", "avif"

TAKEN = frozenset({JPEG, PNG, WEBP, TIFF, HEIC, AVIF})
START_SIZE = 512
"""As many bytes of a file as tell its kind."""

_SIGNATURES = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"II*\0": TIFF,
    b"MM\0*": TIFF,
    b"II+\0": TIFF,
    b"MM\0+": TIFF,
    b"GIF8": "gif",
}
_BRANDS = {
    AVIF: (b"avif", b"avis"),
    HEIC: (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"),
}
"""What a container of either kind calls itself first, or else names as compatible."""
_BY_ENDING = {
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "webp": WEBP,
    "tif": TIFF,
    "tiff": TIFF,
    "heic": HEIC,
    "heif": HEIC,
    "hif": HEIC,
    "avif": AVIF,
    "gif": "gif",
    "bmp": "bmp",
    "svg": "svg",
}


def kind_of(start: bytes) -> str:
    """The kind by the first ``START_SIZE`` bytes, "" where that is no picture that we know."""
    known = next((kind for signature, kind in _SIGNATURES.items() if start.startswith(signature)), "")
    if known:
        return known
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    if start[4:8] == b"ftyp":
        return _kind_by_brand(start)
    # Two letters begin many a text; the size of the header that follows is one of a few.
    if start[:2] == b"BM" and start[14:18] in {b"\x0c\0\0\0", b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"}:
        return "bmp"
    return "svg" if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in start else ""


def kind_of_named(name: str, start: bytes) -> str:
    """The kind by the first bytes, else the one that the name claims; "" where that is no picture.

    What is called a picture but is none has to be reported, not passed over.
    """
    ending = name.rpartition(".")[2].lower()
    return kind_of(start) or _BY_ENDING.get(ending, "")


def _kind_by_brand(start: bytes) -> str:
    size = int.from_bytes(start[:4], "big")
    brands = [start[8:12], *(start[at : at + 4] for at in range(16, min(size, len(start)), 4))]
    # A first brand that both kinds have in common says nothing yet.
    told = [brand for brand in brands if brand not in (b"mif1", b"msf1")] + brands
    return next((kind for brand in told for kind, named in _BRANDS.items() if brand in named), "")
