"""Characters of one to 21 strokes for the benchmark of the pen, drawn here: parts, and how they stand together."""

Stroke = tuple[tuple[float, float], ...]
Ink = tuple[Stroke, ...]
Box = tuple[float, float, float, float]

#: Strokes in shares of the square: across, down, corners.
PARTS: dict[str, Ink] = {
    "一": (((0.1, 0.5), (0.9, 0.49)),),
    "十": (((0.1, 0.45), (0.9, 0.45)), ((0.5, 0.1), (0.5, 0.95))),
    "工": (((0.2, 0.2), (0.8, 0.2)), ((0.5, 0.2), (0.5, 0.8)), ((0.1, 0.8), (0.9, 0.8))),
    "日": (
        ((0.25, 0.1), (0.25, 0.9)),
        ((0.25, 0.1), (0.75, 0.1), (0.75, 0.9)),
        ((0.25, 0.5), (0.75, 0.5)),
        ((0.25, 0.9), (0.75, 0.9)),
    ),
    "木": (
        ((0.1, 0.35), (0.9, 0.34)),
        ((0.5, 0.05), (0.5, 0.95)),
        ((0.5, 0.35), (0.3, 0.65), (0.08, 0.8)),
        ((0.5, 0.35), (0.7, 0.65), (0.92, 0.8)),
    ),
    "王": (
        ((0.15, 0.15), (0.85, 0.15)),
        ((0.2, 0.5), (0.8, 0.5)),
        ((0.5, 0.15), (0.5, 0.85)),
        ((0.08, 0.85), (0.92, 0.85)),
    ),
    "田": (
        ((0.15, 0.15), (0.15, 0.9)),
        ((0.15, 0.15), (0.85, 0.15), (0.85, 0.9)),
        ((0.15, 0.5), (0.85, 0.5)),
        ((0.5, 0.15), (0.5, 0.9)),
        ((0.15, 0.9), (0.85, 0.9)),
    ),
    "車": (
        ((0.15, 0.15), (0.85, 0.15)),
        ((0.25, 0.3), (0.25, 0.65)),
        ((0.25, 0.3), (0.75, 0.3), (0.75, 0.65)),
        ((0.25, 0.47), (0.75, 0.47)),
        ((0.25, 0.65), (0.75, 0.65)),
        ((0.08, 0.8), (0.92, 0.8)),
        ((0.5, 0.03), (0.5, 0.98)),
    ),
}
WHOLE: Box = (0.1, 0.1, 0.8, 0.8)
UPPER, LOWER = (0.1, 0.08, 0.8, 0.4), (0.1, 0.52, 0.8, 0.4)
LEFT, RIGHT = (0.08, 0.12, 0.4, 0.76), (0.52, 0.12, 0.4, 0.76)
THREE: tuple[Box, ...] = ((0.28, 0.06, 0.44, 0.42), (0.06, 0.52, 0.42, 0.42), (0.52, 0.52, 0.42, 0.42))
#: The character, its parts, and the left, upper, wide and high of each.
MADE_OF: dict[str, tuple[tuple[str, Box], ...]] = {
    **{part: ((part, WHOLE),) for part in PARTS},
    "早": (("日", UPPER), ("十", LOWER)),
    "昌": (("日", UPPER), ("日", LOWER)),
    "林": (("木", LEFT), ("木", RIGHT)),
    "晶": tuple(("日", box) for box in THREE),
    "森": tuple(("木", box) for box in THREE),
    "畾": tuple(("田", box) for box in THREE),
    "轟": tuple(("車", box) for box in THREE),
}


def ink_of(character: str) -> Ink:
    """Its strokes, points in shares of the sheet."""
    return tuple(
        tuple((left + x * wide, upper + y * high) for x, y in stroke)
        for part, (left, upper, wide, high) in MADE_OF[character]
        for stroke in PARTS[part]
    )


#: From 1 stroke to 21.
INKS = tuple(sorted(map(ink_of, MADE_OF), key=len))
