using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>The attributes of the titles of a catalogue, and the titles of each attribute.</summary>
/// <remarks>Immutable once made.</remarks>
internal sealed class AttributeTable
{
    // Of each title its attributes, the rarest first; and the same ascending, for comparing.
    private readonly int[][] _byRarity;
    private readonly int[][] _ascending;
    private readonly int[][] _holders;
    private readonly float[] _weights;
    private readonly float[] _lengths;

    private AttributeTable(ImmutableArray<TitleId> titles, int[][] attributes, int[][] holders)
    {
        Titles = titles;
        _ascending = attributes;
        _holders = holders;
        _weights = [.. holders.Select(list => (float)Math.Log(1 + ((double)titles.Length / list.Length)))];
        _byRarity = [.. attributes.Select(list => list.OrderBy(a => holders[a].Length).ThenBy(a => a).ToArray())];
        _lengths = [.. attributes.Select(list => (float)Math.Sqrt(list.Sum(a => (double)_weights[a] * _weights[a])))];
    }

    /// <summary>The titles.</summary>
    public ImmutableArray<TitleId> Titles { get; }

    /// <summary>Reads a catalogue.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="useSeries">Whether the series is an attribute.</param>
    public static AttributeTable Of(Catalogue catalogue, bool useSeries)
    {
        int count = catalogue.Count;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var holders = new List<List<int>>();
        var attributes = new int[count][];
        var titles = new TitleId[count];
        for (int title = 0; title < count; title++)
        {
            CatalogueTitle row = catalogue[title];
            titles[title] = row.Id;
            var own = new SortedSet<int>();
            foreach (string name in NamesOf(row, useSeries))
            {
                if (!numbers.TryGetValue(name, out int number))
                {
                    number = holders.Count;
                    numbers.Add(name, number);
                    holders.Add([]);
                }

                own.Add(number);
            }

            foreach (int number in own)
            {
                holders[number].Add(title);
            }

            attributes[title] = [.. own];
        }

        return new AttributeTable([.. titles], attributes, [.. holders.Select(list => list.ToArray())]);
    }

    /// <summary>The attributes of a title, the rarest first.</summary>
    /// <param name="title">The title's place.</param>
    public ReadOnlySpan<int> AttributesOf(int title) => _byRarity[title];

    /// <summary>The titles with an attribute, ascending.</summary>
    /// <param name="attribute">The attribute.</param>
    public ReadOnlySpan<int> HoldersOf(int attribute) => _holders[attribute];

    /// <summary>The cosine of two titles.</summary>
    public float Cosine(int left, int right)
    {
        ReadOnlySpan<int> a = _ascending[left];
        ReadOnlySpan<int> b = _ascending[right];
        float product = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j])
            {
                product += _weights[a[i]] * _weights[a[i]];
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return product / (_lengths[left] * _lengths[right]);
    }

    // The letter in front keeps a mood apart from a genre of the same name.
    private static IEnumerable<string> NamesOf(CatalogueTitle row, bool useSeries)
    {
        foreach (string genre in row.Genres)
        {
            yield return "g" + genre;
        }

        foreach (string mood in row.Moods)
        {
            yield return "m" + mood;
        }

        foreach (string person in row.Cast)
        {
            yield return "c" + person;
        }

        if (useSeries && !row.Series.IsNone)
        {
            yield return "s" + row.Series;
        }
    }
}
