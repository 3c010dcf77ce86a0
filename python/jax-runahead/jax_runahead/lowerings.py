"""What JAX keeps for the platforms that it knows, made known for another one.

JAX lowers some operations differently for each platform: linear algebra, for one, becomes calls of LAPACK for the CPU,
and nothing at all for platforms that it does not know. Runahead has the same calls, so that it takes the CPU's rules.
"""

from jax._src.interpreters import mlir
from jax._src.lax.control_flow import conditionals


def register(platform: str) -> None:
    """Has `platform` lowered for as the CPU is, and given donated arguments."""
    # Linear algebra's rules are registered when its module is imported.
    import jax._src.lax.linalg  # noqa: F401

    rules = mlir._platform_specific_lowerings
    for primitive, rule in rules["cpu"].items():
        rules[platform].setdefault(primitive, rule)
    if platform not in mlir._platforms_with_donation:
        mlir._platforms_with_donation.append(platform)
    known = conditionals._platform_index_lowering

    def choose(ctx, *, platforms):
        """Of what `jax.lax.platform_dependent` offers, the CPU's where nothing is for all others."""
        if None not in platforms and not any(platform in group for group in platforms):
            platforms = tuple((*group, platform) if "cpu" in group else group for group in platforms)
        return known(ctx, platforms=platforms)

    mlir.register_lowering(conditionals.platform_index_p, choose)
