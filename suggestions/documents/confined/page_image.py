"""One page of a PDF or a scan as PNG: page_image.py FILE PAGE WIDTH; for page 0 how many there are."""

import sys
from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps

MAX_HEIGHT = 3
"""How many times its width a drawn page may be high."""
_MAX_PIXELS = 100_000_000


def count(path: str) -> int:
    """How many pages the file has."""
    if _is_pdf(path):
        return len(pypdfium2.PdfDocument(path))
    with Image.open(path) as picture:
        frames = int(getattr(picture, "n_frames", 1))
        for frame in range(frames):
            picture.seek(frame)
            if picture.width * picture.height > _MAX_PIXELS:
                raise ValueError("a page of too many pixels")
        return frames


def draw(path: str, page: int, width: int) -> bytes:
    """The page as PNG, at most so wide and MAX_HEIGHT times that high."""
    box = (width, width * MAX_HEIGHT)
    if _is_pdf(path):
        sheet = pypdfium2.PdfDocument(path)[page - 1]
        wide, high = (max(1.0, side) for side in sheet.get_size())
        picture = sheet.render(scale=min(box[0] / wide, box[1] / high)).to_pil()
    else:
        with Image.open(path) as scan:
            scan.seek(page - 1)
            if scan.width * scan.height > _MAX_PIXELS:
                raise ValueError("a page of too many pixels")
            scan.draft("RGB", box)
            picture = ImageOps.exif_transpose(scan).convert("RGB")
        picture.thumbnail(box)
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def _is_pdf(path: str) -> bool:
    with open(path, "rb") as file:  # noqa: PTH123 - one call less in a process that lives for half a second
        return file.read(5) == b"%PDF-"


def main() -> None:
    """Write the count or the picture."""
    path, page, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    sys.stdout.buffer.write(draw(path, page, width) if page else str(count(path)).encode())


if __name__ == "__main__":
    main()
