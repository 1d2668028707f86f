using System.Collections.Immutable;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>Ranks curves among those of titles of similar length.</summary>
/// <remarks>
/// The rank of a title at a part is (titles below it + half of those equal to it) ÷ the other titles: YouTube's relative retention, from 0
/// to 1 with 0.5 for the median, worked out from the curves themselves and not from a sketch.
/// </remarks>
internal static class RelativeRetention
{
    /// <summary>Adds the ranks to titles that have enough views.</summary>
    public static void Rank(List<TitleRetention> titles, EngagementOptions options)
    {
        var classes = new Dictionary<int, List<int>>();
        for (int i = 0; i < titles.Count; i++)
        {
            if (titles[i].Curve.Views >= options.MinimumRankedViews)
            {
                int length = ClassOf(titles[i].Curve.Length, options.LengthBorders);
                if (!classes.TryGetValue(length, out List<int>? members))
                {
                    members = [];
                    classes.Add(length, members);
                }

                members.Add(i);
            }
        }

        foreach (List<int> members in classes.Values)
        {
            if (members.Count > 1)
            {
                Rank(titles, members);
            }
        }
    }

    private static void Rank(List<TitleRetention> titles, List<int> members)
    {
        var ranks = new double[members.Count][];
        for (int i = 0; i < members.Count; i++)
        {
            ranks[i] = new double[RetentionCurve.Buckets];
        }

        var values = new double[members.Count];
        for (int bucket = 0; bucket < RetentionCurve.Buckets; bucket++)
        {
            for (int i = 0; i < members.Count; i++)
            {
                values[i] = titles[members[i]].Curve.Absolute(bucket) ?? 0;
            }

            var sorted = (double[])values.Clone();
            Array.Sort(sorted);
            for (int i = 0; i < members.Count; i++)
            {
                ranks[i][bucket] = RankOf(values[i], sorted);
            }
        }

        for (int i = 0; i < members.Count; i++)
        {
            titles[members[i]] = titles[members[i]] with
            {
                Relative = ImmutableArray.Create(ranks[i]),
                RankedTitles = members.Count,
            };
        }
    }

    private static double RankOf(double value, double[] sorted)
    {
        int below = FirstNotBelow(sorted, value);
        int notAbove = FirstNotBelow(sorted, Math.BitIncrement(value));
        int othersEqual = notAbove - below - 1;
        return (below + (othersEqual / 2d)) / (sorted.Length - 1);
    }

    private static int FirstNotBelow(double[] sorted, double value)
    {
        int from = 0;
        int to = sorted.Length;
        while (from < to)
        {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }

    private static int ClassOf(TimeSpan length, ImmutableArray<TimeSpan> borders)
    {
        int place = 0;
        while (place < borders.Length && length >= borders[place])
        {
            place++;
        }

        return place;
    }
}
