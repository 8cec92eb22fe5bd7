"""PCG32 (O'Neill 2014, XSH-RR) with the seeding of its reference implementation, in plain integers;
normal numbers by Marsaglia's polar method."""

import math

WORD = (1 << 64) - 1


class Random:
    def __init__(self, seed, stream=54):
        self.increment = 2 * stream + 1
        # Two steps of the generator with the seed added between them.
        self.state = self._after((self.increment + seed) & WORD)
        self.spare = None

    def _after(self, state):
        return (state * 6364136223846793005 + self.increment) & WORD

    def bits(self):
        old, self.state = self.state, self._after(self.state)
        word = ((old ^ (old >> 18)) >> 27) & 0xFFFFFFFF
        turn = old >> 59
        return (word >> turn | word << (32 - turn)) & 0xFFFFFFFF

    def uniform(self):
        """[0, 1) with 53 bits: 27 of one word above 26 of the next."""
        high, low = self.bits() >> 5, self.bits() >> 6
        return (high * 2**26 + low) / 2**53

    def normal(self):
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        while True:
            u, v = 2 * self.uniform() - 1, 2 * self.uniform() - 1
            s = u * u + v * v
            if 0 < s < 1:
                break
        radius = math.sqrt(-2 * math.log(s) / s)
        self.spare = v * radius
        return u * radius


def check():
    """O'Neill's pcg32-demo, first round, seed 42 and stream 54."""
    random = Random(42, 54)
    published = [0xA15C02B7, 0x7B47F409, 0xBA1D3330, 0x83D2F293, 0xBFA4784B, 0xCBED606E]
    assert [random.bits() for _ in published] == published
