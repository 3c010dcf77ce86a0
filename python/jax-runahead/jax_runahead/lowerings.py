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
    _choose_branches(platform)


def _choose_branches(platform):
    """Of what `jax.lax.platform_dependent` offers, `platform` takes the CPU's where nothing is for it nor for all others."""

    def offered(platforms):
        if None in platforms or any(platform in group for group in platforms):
            return platforms
        return tuple((*group, platform) if "cpu" in group else group for group in platforms)

    index = conditionals._platform_index_lowering
    branch = conditionals._cond_lowering

    def lower_index(ctx, *, platforms):
        return index(ctx, platforms=offered(platforms))

    def lower_branch(ctx, *args, branches_platforms=None, **params):
        if branches_platforms is not None:
            params["branches_platforms"] = offered(branches_platforms)
        return branch(ctx, *args, **params)

    mlir.register_lowering(conditionals.platform_index_p, lower_index)
    mlir.register_lowering(conditionals.cond_p, lower_branch)
