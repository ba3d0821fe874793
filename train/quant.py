"""Rows of tables in 4 bits: whole numbers from -7 to 7 and a scale a row."""
import numpy as np


def rows4(x):
    """x (rows, cols) float -> (rows, cols) int8 in [-7, 7] and (rows) float32. Of eleven places to cut each row off at, from half
    its largest value up, the one with the least squared error."""
    top = np.maximum(np.abs(x).max(1), 1e-8)
    best = scale = least = None
    for cut in np.linspace(1.0, 0.5, 11):
        s = (top * cut / 7).astype(np.float32)
        q = np.clip(np.rint(x / s[:, None]), -7, 7)
        err = ((q * s[:, None] - x) ** 2).sum(1)
        if best is None:
            best, scale, least = q, s, err
        else:
            m = err < least
            best[m], scale[m], least[m] = q[m], s[m], err[m]
    return best.astype(np.int8), scale


def packed(q):
    """Two numbers a byte: of each 16 columns (the last block may have fewer, an even number) the first half in the low four bits,
    the second in the high ones."""
    out = []
    for at in range(0, q.shape[1], 16):
        block = q[:, at:at + 16]
        half = block.shape[1] // 2
        assert block.shape[1] % 2 == 0
        out.append((block[:, :half] & 15) | (block[:, half:] & 15) << 4)
    return np.concatenate(out, 1).astype(np.uint8).view(np.int8)
