namespace StreamSense.Core.Metrics;

/// <summary>What remains of the seconds before a horizon.</summary>
/// <param name="Level">How many plays were open when it was reached.</param>
/// <param name="Peak">How many were open at most.</param>
internal readonly record struct CondensedLevel(long Level, long Peak)
{
    public CondensedLevel Change(long change) => new(Level + change, Math.Max(Peak, Level + change));
}
