using System.Collections.Immutable;

namespace StreamSense.Ml.Models.Registry;

/// <summary>Which version of a name serves, and which did before.</summary>
/// <param name="Generation">Grows by one with each change; 0 before the first.</param>
/// <param name="Version">The version that serves; null before the first promotion.</param>
/// <param name="Previous">The versions to which rollbacks return, the nearest first; each once.</param>
/// <param name="History">The changes, the newest first.</param>
public sealed record PromotionState(
    long Generation, string? Version, ImmutableArray<string> Previous, ImmutableArray<Promotion> History)
{
    /// <summary>The state of a name of which nothing was promoted.</summary>
    public static PromotionState None { get; } = new(0, null, [], []);

    /// <summary>The state after a promotion.</summary>
    internal PromotionState Promoted(Promotion promotion, int keep)
    {
        IEnumerable<string> before = Version is null ? Previous : Previous.Prepend(Version);
        return new PromotionState(
            Generation + 1,
            promotion.Version,
            [.. before.Where(version => !string.Equals(version, promotion.Version, StringComparison.Ordinal)).Take(keep)],
            [.. History.Prepend(promotion).Take(keep)]);
    }

    /// <summary>The state after a return to one of <see cref="Previous"/>.</summary>
    internal PromotionState RolledBack(Promotion rollback, int keep) => new(
        Generation + 1,
        rollback.Version,
        Previous[(Previous.IndexOf(rollback.Version, StringComparer.Ordinal) + 1)..],
        [.. History.Prepend(rollback).Take(keep)]);
}
