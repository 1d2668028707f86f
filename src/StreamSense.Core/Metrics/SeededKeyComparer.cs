using StreamSense.Core.Buffering;

namespace StreamSense.Core.Metrics;

/// <summary>Hashes 64-bit keys with a secret of the process, so that clients who choose the keys cannot flood one slot.</summary>
internal sealed class SeededKeyComparer : IEqualityComparer<ulong>
{
    private static readonly SecretHash Hash = SecretHash.Create();

    public static SeededKeyComparer Instance { get; } = new();

    public bool Equals(ulong x, ulong y) => x == y;

    public int GetHashCode(ulong obj) => (int)Hash.Of(obj);
}
