using StreamSense.Ml.Training.Algebra;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The counts of pairs of some items: <c>XᵀX</c>, of which several inverses may be wanted.</summary>
internal sealed class GramFold
{
    private readonly InteractionMatrix _data;
    private readonly int _threads;
    private readonly CancellationToken _cancellation;
    private TiledSymmetric? _counts;

    /// <summary>Takes the items.</summary>
    public GramFold(InteractionMatrix data, int[] items, int threads, CancellationToken cancellation)
    {
        _data = data;
        _threads = threads;
        _cancellation = cancellation;
        Items = items;
        Popularity = ModelParts.PopularityOf(data);
    }

    /// <summary>The items, ascending.</summary>
    public int[] Items { get; }

    /// <summary>Of every item, not of these alone.</summary>
    public float[] Popularity { get; }

    /// <summary>The counts; the upper triangle is filled.</summary>
    /// <param name="isLast">Whether they are not asked for again, so that no copy need be kept.</param>
    public TiledSymmetric Gram(bool isLast)
    {
        TiledSymmetric counts = _counts ?? Count();
        _counts = isLast ? null : counts;
        return isLast ? counts : counts.Copy();
    }

    private TiledSymmetric Count()
    {
        var slots = new int[_data.Items];
        slots.AsSpan().Fill(-1);
        for (int slot = 0; slot < Items.Length; slot++)
        {
            slots[Items[slot]] = slot;
        }

        // Counts are whole numbers, so that their sums are exact in any order; a row of tiles belongs to one chunk.
        var gram = new TiledSymmetric(Items.Length);
        FixedChunks.Run(
            Items.Length,
            TiledSymmetric.Tile,
            _threads,
            () => new CoOccurrence(_data),
            (from, to, counts) =>
            {
                for (int row = from; row < to; row++)
                {
                    counts.Fill(Items[row], [], []);
                    foreach (int item in counts.Touched)
                    {
                        if (slots[item] >= row)
                        {
                            gram[row, slots[item]] = counts[item];
                        }
                    }
                }
            },
            _cancellation);
        return gram;
    }
}
