using System.Runtime.InteropServices;

namespace StreamSense.Ml.Training.Linear;

/// <summary>Gives words, ids and pairs of them places in a table of fixed size, without remembering any.</summary>
/// <remarks>
/// The hashing trick (Weinberger et al., "Feature hashing for large scale multitask learning", 2009). Two features may share a place; with
/// f features in 2^b places one does so with a probability of about f / 2^b. The same places in every process and release. Immutable, and
/// safe for many threads; allocates nothing.
/// </remarks>
public sealed class FeatureHasher
{
    private const int MostBits = 28;
    private const ulong OffsetBasis = 0xcbf29ce484222325UL;
    private const ulong Prime = 0x100000001b3UL;

    private readonly int _shift;

    /// <summary>Makes a hasher.</summary>
    /// <param name="bits">How many bits a place has: 2^bits places.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to 28.</exception>
    public FeatureHasher(int bits = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MostBits);
        Size = 1 << bits;
        _shift = 64 - bits;
    }

    /// <summary>How many places there are.</summary>
    public int Size { get; }

    /// <summary>The place of a feature that is there or not: a word, a value of an enumeration.</summary>
    /// <param name="feature">The feature's name.</param>
    /// <param name="value">Its value; empty for a number, whose weight it is.</param>
    public int IndexOf(ReadOnlySpan<char> feature, ReadOnlySpan<char> value = default) =>
        Place(Fnv(Fnv(OffsetBasis, feature) * Prime, value));

    /// <summary>The place of a feature whose value is an id.</summary>
    /// <param name="feature">The feature's name.</param>
    /// <param name="id">The id.</param>
    public int IndexOf(ReadOnlySpan<char> feature, long id)
    {
        ReadOnlySpan<long> ids = [id];
        return Place(Fnv(Fnv(OffsetBasis, feature) * Prime, MemoryMarshal.Cast<long, char>(ids)));
    }

    /// <summary>The place of two features together, in this order.</summary>
    /// <param name="first">The place of one.</param>
    /// <param name="second">The place of the other.</param>
    public int Cross(int first, int second)
    {
        ReadOnlySpan<int> places = [first, second];
        return Place(Fnv(OffsetBasis, MemoryMarshal.Cast<int, char>(places)));
    }

    private static ulong Fnv(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (char unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }

    // The high bits of FNV mix badly where texts are short: the finaliser of SplitMix64 makes each depend on all.
    private int Place(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebUL;
        return (int)((hash ^ (hash >> 31)) >> _shift);
    }
}
