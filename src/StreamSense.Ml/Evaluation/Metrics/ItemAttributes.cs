using System.Collections.Immutable;

namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>What is said of each item - genres, moods, makers - so that it can be told how alike two are.</summary>
/// <remarks>Attributes are numbers that the caller gives out. Immutable, and safe for many threads.</remarks>
public sealed class ItemAttributes
{
    private readonly ImmutableArray<int[]> _attributes;

    /// <summary>Makes a list.</summary>
    /// <param name="attributes">The attributes of each item, in the order of the items' numbers; copied, in any order.</param>
    public ItemAttributes(IEnumerable<IEnumerable<int>> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        _attributes = [.. attributes.Select(of => of.Distinct().Order().ToArray())];
    }

    /// <summary>How many items there are.</summary>
    public int Items => _attributes.Length;

    /// <summary>How little two items have in common: 1 - |both| / |either| (Jaccard); 1 where nothing is said of either.</summary>
    /// <param name="left">An item.</param>
    /// <param name="right">Another.</param>
    public double Distance(int left, int right)
    {
        int[] a = _attributes[left];
        int[] b = _attributes[right];
        int both = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            int order = a[i].CompareTo(b[j]);
            both += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        int either = a.Length + b.Length - both;
        return either == 0 ? 1 : 1 - ((double)both / either);
    }

    /// <summary>The mean distance of all pairs of a list (Ziegler et al. 2005); 0 of fewer than two.</summary>
    /// <param name="items">The list.</param>
    public double DiversityOf(ReadOnlySpan<int> items)
    {
        double sum = 0;
        for (int i = 1; i < items.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += Distance(items[i], items[j]);
            }
        }

        return items.Length < 2 ? 0 : 2 * sum / ((double)items.Length * (items.Length - 1));
    }
}
