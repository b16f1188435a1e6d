"""
Weights as the file stores them: codes of 4 or 8 bits, 32 to a block, and 16-bit numbers for each block.

4 bits ("Q4_1"): number = code × scale + offset. 8 bits ("Q8_0"): number = code × scale, the code signed. They are carried
over as they are, so nothing is lost on the way to ONNX.
"""

from dataclasses import dataclass

import numpy as np

BLOCK = 32
ZERO = 128  # what ONNX adds to a signed code of 8 bits


@dataclass(frozen=True)
class Blocks:
    codes: np.ndarray  # [row, block, 32]; uint8 from 0 to 15 with offsets, int8 without
    scales: np.ndarray  # float16 [row, block]
    offsets: np.ndarray | None = None  # float16 [row, block]

    @property
    def bits(self):
        return 8 if self.offsets is None else 4

    def numbers(self):
        """What the codes stand for, float32 [row, column]."""
        numbers = self.codes.astype(np.float32) * self.scales.astype(np.float32)[..., None]
        if self.offsets is not None:
            numbers += self.offsets.astype(np.float32)[..., None]
        return numbers.reshape(len(self.codes), -1)

    def packed(self):
        """Codes as MatMulNBits reads them, uint8 [row, block, 16 or 32]; two of 4 bits share a byte, the first one low."""
        if self.bits == 8:
            return (self.codes.astype(np.int16) + ZERO).astype(np.uint8)
        return self.codes[..., 0::2] | (self.codes[..., 1::2] << 4)

    def rows(self, order):
        """The same rows in another order."""
        parts = (part if part is None else part[order] for part in (self.codes, self.scales, self.offsets))
        return Blocks(*parts)


def read_blocks(data, kind):
    """
    One tensor of a GGUF file. data: uint8 [row, byte]; kind: "Q4_1" or "Q8_0".

    A block is its scale, its offset (Q4_1), its codes; of 4 bits the first 16 lie in the low halves of the bytes.
    """
    head = {"Q4_1": 2, "Q8_0": 1}[kind] * 2
    codes_in_bytes = 16 if kind == "Q4_1" else 32
    blocks = np.ascontiguousarray(data).reshape(len(data), -1, head + codes_in_bytes)
    numbers = np.ascontiguousarray(blocks[..., :head]).view(np.float16)
    body = blocks[..., head:]
    if kind == "Q8_0":
        return Blocks(body.view(np.int8), numbers[..., 0])
    return Blocks(np.concatenate([body & 15, body >> 4], axis=-1), numbers[..., 0], numbers[..., 1])
