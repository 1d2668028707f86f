using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Metrics.Social;

/// <summary>What is said of titles on social networks: how much, how kindly, how fast.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record SocialMetrics
{
    /// <summary>All mentions.</summary>
    public MentionMetrics Totals { get; init; } = new();

    /// <summary>Each title, those with most mentions first, then by name.</summary>
    public IReadOnlyList<MentionMetrics> Titles { get; init; } = [];

    /// <summary>Each network, those with most mentions first, then by name.</summary>
    public IReadOnlyList<MentionMetrics> Networks { get; init; } = [];

    /// <summary>New mentions over time, the earliest bucket first; buckets without any are left out.</summary>
    public IReadOnlyList<MentionBucket> Volume { get; init; } = [];

    /// <summary>The share of mentions that was followed: 1 is all; below, counts are estimates scaled up from a fair sample.</summary>
    public double SampleShare { get; init; } = 1;

    internal static SocialMetrics Of(SocialPartial partial, Vocabulary vocabulary, EventTime now, SocialOptions options)
    {
        SocialTally totals = NewTally(now, options);
        var titles = new Dictionary<TitleId, SocialTally>();
        var networks = new Dictionary<Symbol, SocialTally>();
        var volume = new SortedDictionary<long, long>();
        var buckets = new TumblingWindows(options.BucketLength);
        long scale = partial.Mentions.Scale;
        foreach (ref readonly KeyedRow<MentionRow> mention in partial.Mentions.Rows)
        {
            totals.Add(mention.Row, scale);
            TallyOf(titles, mention.Row.Title, now, options).Add(mention.Row, scale);
            TallyOf(networks, mention.Row.Network, now, options).Add(mention.Row, scale);
            long bucket = buckets.IndexOf(new EventTime(mention.Row.First.UnixMicroseconds));
            volume[bucket] = volume.GetValueOrDefault(bucket) + scale;
        }

        return new SocialMetrics
        {
            Totals = totals.ToMetrics(name: null),
            Titles = Sorted(titles, title => vocabulary.Titles.NameOf(title) ?? title.ToString(), options.MaxTitles),
            Networks = Sorted(networks, vocabulary.Terms.NameOf, int.MaxValue),
            Volume = [.. volume.TakeLast(options.MaxBuckets).Select(pair => new MentionBucket(buckets.StartOf(pair.Key), pair.Value))],
            SampleShare = 1.0 / scale,
        };
    }

    private static SocialTally NewTally(EventTime now, SocialOptions options) => new(
        (int)Math.Round(options.PolarFrom * MentionRow.PolarityUnit),
        (now - options.VelocityWindow).UnixMicroseconds,
        (now - options.VelocityWindow - options.VelocityWindow).UnixMicroseconds,
        options.VelocityWindow.TotalHours);

    private static SocialTally TallyOf<TKey>(Dictionary<TKey, SocialTally> tallies, TKey key, EventTime now, SocialOptions options)
        where TKey : notnull
    {
        ref SocialTally? tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out _);
        return tally ??= NewTally(now, options);
    }

    private static List<MentionMetrics> Sorted<TKey>(Dictionary<TKey, SocialTally> tallies, Func<TKey, string?> nameOf, int most)
        where TKey : notnull
    {
        List<MentionMetrics> list = [.. tallies.Select(pair => pair.Value.ToMetrics(nameOf(pair.Key)))];
        list.Sort(static (a, b) =>
        {
            int order = b.Mentions.CompareTo(a.Mentions);
            return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        });
        return list.Count > most ? list.GetRange(0, most) : list;
    }
}
