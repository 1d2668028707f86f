namespace StreamSense.Ml.Training.Interactions;

/// <summary>Answers whether a user took an item.</summary>
/// <remarks>A bit for each pair where that is at most 32 MiB, which is one look; else a search in the user's row.</remarks>
internal sealed class TakenItems
{
    /// <summary>How many bits there may be.</summary>
    public const long MaxBits = 1L << 28;

    private readonly InteractionMatrix _data;
    private readonly ulong[]? _bits;
    private readonly int _words;

    /// <summary>Notes what was taken.</summary>
    /// <param name="data">The interactions.</param>
    /// <param name="maxBits">How many bits there may be.</param>
    public TakenItems(InteractionMatrix data, long maxBits = MaxBits)
    {
        _data = data;
        _words = (data.Items + 63) / 64;
        if ((long)_words * data.Users * 64 > maxBits)
        {
            return;
        }

        _bits = new ulong[_words * data.Users];
        for (int user = 0; user < data.Users; user++)
        {
            foreach (int item in data.ItemsOf(user))
            {
                _bits[(user * _words) + (item >> 6)] |= 1UL << (item & 63);
            }
        }
    }

    /// <summary>Whether a user took an item.</summary>
    public bool Has(int user, int item) => _bits is null
        ? _data.ItemsOf(user).BinarySearch(item) >= 0
        : ((_bits[(user * _words) + (item >> 6)] >> (item & 63)) & 1) != 0;
}
