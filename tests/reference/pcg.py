"""PCG32 (O'Neill 2014, XSH-RR) in plain integers, with the seeding of its reference implementation
or by seed, purpose and index as the core has it; normal numbers by Marsaglia's polar method."""

import math

WORD = (1 << 64) - 1


class SplitMix64:
    """Steele, Lea & Flood 2014, figure 2, with the constants of the published C code (mix13)."""

    def __init__(self, state):
        self.state = state

    def number(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & WORD
        z = self.state
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            z = ((z ^ z >> shift) * factor) & WORD
        return z ^ z >> 31


def fnv(text):
    """FNV-1a, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & WORD
    return value


class Random:
    def __init__(self, seed, stream=54):
        self.increment = 2 * stream + 1
        # Two steps of the generator with the seed added between them.
        self.state = self._after((self.increment + seed) & WORD)
        self.spare = None

    @classmethod
    def of(cls, seed, purpose, index=0):
        key = 0
        for word in (seed, fnv(purpose), index):
            key = SplitMix64((key + word) & WORD).number()
        state = SplitMix64(key)
        random = cls(0)
        random.state, random.increment = state.number(), state.number() | 1
        return random

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
    """O'Neill's pcg32-demo, first round, seed 42 and stream 54; SplitMix64 from 1234567 and FNV-1a
    of "a" and "foobar" as published."""
    split = SplitMix64(1234567)
    assert [split.number() for _ in range(3)] == [
        6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert fnv("a") == 0xAF63DC4C8601EC8C and fnv("foobar") == 0x85944171F73967E8
    random = Random(42, 54)
    published = [0xA15C02B7, 0x7B47F409, 0xBA1D3330, 0x83D2F293, 0xBFA4784B, 0xCBED606E]
    assert [random.bits() for _ in published] == published
