"""Which Chinese fonts this machine has, asked of fontconfig, which the PDF is drawn with too."""

import ctypes
import ctypes.util
from functools import lru_cache

_FOUND = 0


class _FontSet(ctypes.Structure):
    """A list of fonts as fontconfig gives it."""

    _fields_ = (("nfont", ctypes.c_int), ("sfont", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p)))


def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
    except OSError:
        return None
    library.FcNameParse.restype = library.FcObjectSetCreate.restype = ctypes.c_void_p
    library.FcNameParse.argtypes = [ctypes.c_char_p]
    library.FcObjectSetAdd.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    library.FcFontList.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
    library.FcPatternGetString.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_char_p),
    ]
    library.FcFontSetDestroy.argtypes = [ctypes.POINTER(_FontSet)]
    library.FcPatternDestroy.argtypes = library.FcObjectSetDestroy.argtypes = [ctypes.c_void_p]
    library.FcConfigSubstitute.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]
    library.FcDefaultSubstitute.argtypes = [ctypes.c_void_p]
    library.FcFontMatch.restype = ctypes.c_void_p
    library.FcFontMatch.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_int)]
    library.FcPatternGetInteger.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_int),
    ]
    return library


@lru_cache(maxsize=1)
def families() -> frozenset[str]:
    """Every family that has the signs of simplified Chinese, under each of its names; empty without fontconfig."""
    library = _library()
    if library is None:
        return frozenset()
    pattern, wanted = library.FcNameParse(b":lang=zh-cn"), library.FcObjectSetCreate()
    library.FcObjectSetAdd(wanted, b"family")
    fonts = library.FcFontList(None, pattern, wanted)
    names: set[str] = set()
    for at in range(fonts.contents.nfont):
        said = ctypes.c_char_p()
        place = 0
        while library.FcPatternGetString(fonts.contents.fonts[at], b"family", place, ctypes.byref(said)) == _FOUND:
            names.add((said.value or b"").decode("utf-8", "replace"))
            place += 1
    library.FcFontSetDestroy(fonts)
    library.FcObjectSetDestroy(wanted)
    library.FcPatternDestroy(pattern)
    return frozenset(names)


def file_of(family: str) -> tuple[str, int] | None:
    """The file of a family in its upright face, and the place in that file; None where it has none."""
    library = _library()
    if library is None:
        return None
    wanted = library.FcNameParse(f"{family}:lang=zh-cn:style=Regular".encode())
    library.FcConfigSubstitute(None, wanted, 0)
    library.FcDefaultSubstitute(wanted)
    result, said, place = ctypes.c_int(), ctypes.c_char_p(), ctypes.c_int()
    match = library.FcFontMatch(None, wanted, ctypes.byref(result))
    library.FcPatternDestroy(wanted)
    if not match:
        return None
    has_file = library.FcPatternGetString(match, b"file", 0, ctypes.byref(said)) == _FOUND
    library.FcPatternGetInteger(match, b"index", 0, ctypes.byref(place))
    path = (said.value or b"").decode("utf-8", "replace") if has_file else ""
    library.FcPatternDestroy(match)
    return (path, place.value) if path else None
