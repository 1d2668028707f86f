using System.Numerics;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Titles are alike by their genres (shared ÷ all, after Jaccard), and the same if they belong to one series.</summary>
/// <remarks>The first 63 genres of a catalogue are told apart, those after them are taken for one.</remarks>
public sealed class GenreSimilarity : ITitleSimilarity
{
    // By shared and all genres, so that no division is left.
    private static readonly float[] _shares = MakeShares();

    /// <inheritdoc/>
    public void Compare(ReadOnlySpan<CatalogueTitle> rows, int candidate, ReadOnlySpan<int> others, Span<float> similarities)
    {
        CatalogueTitle title = rows[candidate];
        ulong genres = title.GenreBits;
        for (int i = 0; i < others.Length; i++)
        {
            CatalogueTitle other = rows[others[i]];
            int shared = BitOperations.PopCount(genres & other.GenreBits);
            int all = BitOperations.PopCount(genres | other.GenreBits);
            similarities[i] = !title.Series.IsNone && title.Series == other.Series ? 1 : _shares[(shared * 65) + all];
        }
    }

    private static float[] MakeShares()
    {
        var shares = new float[65 * 65];
        for (int shared = 0; shared <= 64; shared++)
        {
            for (int all = 1; all <= 64; all++)
            {
                shares[(shared * 65) + all] = (float)shared / all;
            }
        }

        return shares;
    }
}
