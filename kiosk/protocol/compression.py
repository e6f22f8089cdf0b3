"""zstd bodies, with bounds that hold before any memory is spent."""

import zstandard

from kiosk.protocol.codec import Malformed

#: A push packs into fewer bytes than at level 3 (83 an operation, not 88), a page of listings into as many.
LEVEL = 1
#: Frames that ask for a larger window are not ours (8 MiB; ours stay far below).
MAX_WINDOW = 1 << 23
#: Below this many bytes compressing costs more than it saves.
WORTH_IT = 512
ENCODING = "zstd"


class TooLarge(ValueError):
    """The body, packed or unpacked, is beyond what this side reads."""


def pack(body: bytes) -> bytes:
    """One zstd frame that carries its content size."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(body)


def unpack(packed: bytes, limit: int) -> bytes:
    """Undo ``pack``.

    Args:
        packed: one zstd frame that carries its content size, and nothing else.
        limit: most bytes that may come out.

    Raises:
        TooLarge: the content would be larger than ``limit``.
        Malformed: not such a frame, cut off, of another size than it says, or followed by other bytes.
    """
    try:
        size = zstandard.frame_content_size(packed)
        if size < 0:
            raise Malformed("zstd frame without content size")
        if size > limit:
            raise TooLarge("zstd")
        # The size is all that is allocated; a frame that holds more than it says is an error inside libzstd.
        return zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompress(
            packed, allow_extra_data=False
        )
    except zstandard.ZstdError as error:
        raise Malformed("zstd") from error
