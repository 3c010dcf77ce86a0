"""Writes samples.bin: arguments of functions and their values to more digits than a double has. Needs mpmath.

For each function: its name in 48 bytes, the number of its operands, 0 or 1 for real or complex, the number of rows; then
for each row the operands' parts and the results' parts, of which each is a sum of two doubles."""

import math
import random
import struct
import sys

from mpmath import mp, mpc, mpf

mp.prec = 400
ROWS = 96


def single(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def magnitude(low, high):
    return random.choice([-1.0, 1.0]) * 2.0 ** random.uniform(low, high)


def anywhere():
    """Near one, in the range of single precision, and in that of double."""
    kind = random.randrange(4)
    if kind == 0:
        return single(random.uniform(-3, 3))
    if kind == 1:
        return single(magnitude(-20, 8))
    if kind == 2:
        return single(magnitude(-120, 120))
    return magnitude(-1000, 1000)


def within(low, high):
    return lambda: single(random.uniform(low, high)) if random.random() < 0.5 else random.uniform(low, high)


def positive():
    return abs(anywhere())


def exponent():
    return random.choice([within(-100, 90), within(-2, 2), within(-740, 709)])() if random.random() < 0.8 else magnitude(-60, -1)


def erf_argument():
    return random.choice([within(-6, 6), within(-1, 1), lambda: magnitude(-60, 0)])()


def gamma_argument():
    return random.choice([within(0.01, 30), within(-20, 0), lambda: abs(magnitude(-20, 100))])()


def polygamma(n, x):
    """By reflection below zero, where it takes a derivative of the cotangent."""
    n = int(n)
    if x > 0:
        return mp.polygamma(n, x)
    return (-1) ** n * mp.polygamma(n, 1 - x) - mp.diff(lambda y: mp.pi * mp.cot(mp.pi * y), x, n)


def between_poles(f):
    """A zero of the function below each of some whole numbers."""
    return [mp.findroot(f, (-n - 0.99, -n - 0.01), solver="anderson") for n in (0, 1, 2, 9, 100, 12345)]


# Zeros below zero, near which a function is a small difference of large numbers.
ZEROS = {
    "lgamma": [
        mp.findroot(lambda x: mp.rgamma(x) ** 2 - 1, start)
        for start in (-2.457, -2.748, -3.143, -3.956, -4.039, -4.992, -5.0082, -9.0000028, -14.0000000000114)
    ],
    "digamma": between_poles(mp.digamma),
    "polygamma": between_poles(lambda x: polygamma(2, x)),
}


def near_zero(of):
    """Beside a zero, as near as numbers are, and further off."""
    zero = float(random.choice(ZEROS[of]))
    return zero + random.choice([0, 1, -1, 3, 2.0 ** random.uniform(0, 40)]) * (math.nextafter(zero, 0) - zero)


def below_zero(low):
    """A number that is not whole."""
    while (x := random.choice([single, float])(random.uniform(low, 0))) == math.floor(x):
        pass
    return x


def unit():
    return random.choice([within(-1, 1), lambda: magnitude(-60, -1), lambda: 1 - 2.0 ** random.uniform(-20, -2)])()


def above_one():
    return 1 + abs(magnitude(-20, 100)) if random.random() < 0.7 else within(1, 3)()


REAL = {
    "stablehlo.cbrt": (anywhere, lambda x: mp.sign(x) * mp.cbrt(abs(x))),
    "stablehlo.cosine": (anywhere, mp.cos),
    "stablehlo.exponential": (exponent, mp.exp),
    "stablehlo.exponential_minus_one": (exponent, mp.expm1),
    "stablehlo.log": (positive, mp.log),
    "stablehlo.log_plus_one": (lambda: positive() if random.random() < 0.6 else unit(), lambda x: mp.log1p(x)),
    "stablehlo.logistic": (exponent, lambda x: 1 / (1 + mp.exp(-x))),
    "stablehlo.rsqrt": (positive, lambda x: 1 / mp.sqrt(x)),
    "stablehlo.sine": (anywhere, mp.sin),
    "stablehlo.sqrt": (positive, mp.sqrt),
    "stablehlo.tan": (anywhere, mp.tan),
    "stablehlo.tanh": (exponent, mp.tanh),
    "chlo.acos": (unit, mp.acos),
    "chlo.acosh": (above_one, mp.acosh),
    "chlo.asin": (unit, mp.asin),
    "chlo.asinh": (anywhere, mp.asinh),
    "chlo.atan": (anywhere, mp.atan),
    "chlo.atanh": (unit, mp.atanh),
    "chlo.bessel_i1e": (lambda: random.choice([within(-30, 30), within(-2, 2)])(), lambda x: mp.besseli(1, x) * mp.exp(-abs(x))),
    "chlo.cosh": (exponent, mp.cosh),
    "chlo.digamma": (lambda: random.choice([within(0.01, 30), lambda: abs(magnitude(0, 100)), lambda: near_zero("digamma"), lambda: below_zero(-30), lambda: below_zero(-1e6)])(), mp.digamma),
    "chlo.erf": (erf_argument, mp.erf),
    "chlo.erfc": (erf_argument, mp.erfc),
    "chlo.erf_inv": (unit, mp.erfinv),
    "chlo.lgamma": (lambda: random.choice([gamma_argument, lambda: near_zero("lgamma"), lambda: below_zero(-200)])(), lambda x: mp.log(abs(mp.gamma(x))) if x < 1000 else mp.loggamma(x)),
    "chlo.sinh": (exponent, mp.sinh),
}

def polygamma_arguments():
    if random.random() < 0.25:
        return 2.0, near_zero("polygamma")
    second = random.choice([lambda: single(random.uniform(0.1, 30)), lambda: below_zero(-20), lambda: below_zero(-1e5)])
    return float(random.randrange(1, 5)), second()


REAL2 = {
    "stablehlo.atan2": (lambda: (single(magnitude(-60, 60)), single(magnitude(-60, 60))), mp.atan2),
    "stablehlo.power": (lambda: (single(abs(magnitude(-10, 10))), single(random.uniform(-30, 30))), mp.power),
    "chlo.zeta": (lambda: (single(random.uniform(1.1, 20)), single(random.uniform(0.1, 30))), mp.zeta),
    "chlo.polygamma": (polygamma_arguments, polygamma),
}


def plane():
    kind = random.randrange(3)
    if kind == 0:
        return mpc(within(-3, 3)(), within(-3, 3)())
    if kind == 1:
        return mpc(single(magnitude(-20, 4)), single(magnitude(-20, 4)))
    return mpc(single(magnitude(-60, 60)), single(magnitude(-60, 60)))


def strip():
    return mpc(within(-20, 20)(), within(-20, 20)()) if random.random() < 0.6 else mpc(magnitude(-30, 4), magnitude(-30, 4))


COMPLEX = {
    "stablehlo.abs": (plane, lambda z: mpc(abs(z))),
    "stablehlo.cosine": (strip, mp.cos),
    "stablehlo.exponential": (strip, mp.exp),
    "stablehlo.exponential_minus_one": (strip, lambda z: mp.expm1(z)),
    "stablehlo.log": (plane, mp.log),
    "stablehlo.log_plus_one": (plane, lambda z: mp.log(1 + z)),
    "stablehlo.logistic": (strip, lambda z: 1 / (1 + mp.exp(-z))),
    "stablehlo.rsqrt": (plane, lambda z: 1 / mp.sqrt(z)),
    "stablehlo.sine": (strip, mp.sin),
    "stablehlo.sqrt": (plane, mp.sqrt),
    "stablehlo.tan": (strip, mp.tan),
    "stablehlo.tanh": (strip, mp.tanh),
    "chlo.acos": (plane, mp.acos),
    "chlo.acosh": (plane, mp.acosh),
    "chlo.asin": (plane, mp.asin),
    "chlo.asinh": (plane, mp.asinh),
    "chlo.atan": (plane, mp.atan),
    "chlo.atanh": (plane, mp.atanh),
    "chlo.cosh": (strip, mp.cosh),
    "chlo.sinh": (strip, mp.sinh),
}


def parts(x):
    """A number as a sum of two doubles."""
    high = float(x)
    low = float(x - mpf(high)) if high not in (float("inf"), float("-inf")) else 0.0
    return [high, low]


def main():
    out = []

    def function(name, operands, is_complex, rows):
        out.append(name.encode().ljust(48, b" ") + struct.pack("<III", operands, is_complex, len(rows)))
        out.extend(struct.pack(f"<{len(row)}d", *row) for row in rows)

    for name, (draw, f) in REAL.items():
        random.seed(name)
        rows = [(x := draw(), *parts(mpf(f(mpf(x))))) for _ in range(ROWS)]
        function(name, 1, 0, rows)
    for name, (draw, f) in REAL2.items():
        random.seed(name)
        rows = [(*(pair := draw()), *parts(mpf(f(*map(mpf, pair))))) for _ in range(ROWS)]
        function(name, 2, 0, rows)
    for name, (draw, f) in COMPLEX.items():
        random.seed(name)
        rows = []
        for _ in range(ROWS):
            z = draw()
            w = mpc(f(z))
            rows.append((float(z.real), float(z.imag), *parts(w.real), *parts(w.imag)))
        function(name, 1, 1, rows)
    with open(sys.argv[1], "wb") as file:
        file.write(b"".join(out))


main()
