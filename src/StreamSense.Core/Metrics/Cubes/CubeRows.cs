using StreamSense.Core.Events;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Puts the groups of a scan into rows: ordered, cut to the top ones, named.</summary>
internal static class CubeRows
{
    public static IReadOnlyList<CubeRow> Of(
        Vocabulary vocabulary, CubeQuery query, IReadOnlyDictionary<(CubeKey Key, long Window), CubeAccumulator> groups)
    {
        Windows.TumblingWindows windows = CubeLevels.WindowsOf(query.Level);
        List<CubeAccumulator> totals = Totals(query, groups);
        List<Ranked> ordered = totals.ConvertAll(
            total => new Ranked(total, Name(vocabulary, query, total.Key), ValueOf(query.OrderBy, total)));
        ordered.Sort((a, b) => Compare(a, b, query.Ascending));
        if (query.Top > 0 && ordered.Count > query.Top)
        {
            ordered.RemoveRange(query.Top, ordered.Count - query.Top);
        }

        if (!query.PerWindow)
        {
            return ordered.ConvertAll(entry => RowOf(entry.Values, windows, entry.Group));
        }

        var byKey = groups.Values.ToLookup(static group => group.Key);
        var rows = new List<CubeRow>();
        foreach (Ranked total in ordered)
        {
            foreach (CubeAccumulator group in byKey[total.Group.Key].OrderBy(static group => group.FirstWindow))
            {
                rows.Add(RowOf(total.Values, windows, group));
            }
        }

        return rows;
    }

    private static List<CubeAccumulator> Totals(
        CubeQuery query, IReadOnlyDictionary<(CubeKey Key, long Window), CubeAccumulator> groups)
    {
        var totals = new Dictionary<CubeKey, CubeAccumulator>();
        foreach (CubeAccumulator group in groups.Values)
        {
            if (!query.PerWindow)
            {
                totals.Add(group.Key, group);
                continue;
            }

            if (!totals.TryGetValue(group.Key, out CubeAccumulator? total))
            {
                total = new CubeAccumulator(group.Key);
                totals.Add(group.Key, total);
            }

            total.Add(group);
        }

        if (totals.Count == 0 && query.By.Count == 0)
        {
            return [new CubeAccumulator(default)];
        }

        return [.. totals.Values];
    }

    // A sketch is merged for the order only where that needs it.
    private static double? ValueOf(CubeMetric metric, CubeAccumulator group)
    {
        QuantileSketch startup = CubeMetrics.IsOfStartup(metric) ? group.MergeStartups() : new QuantileSketch();
        return CubeMetrics.Of(group.Sums, startup).ValueOf(metric);
    }

    private static int Compare(Ranked a, Ranked b, bool ascending)
    {
        int order = (a.Value, b.Value) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            _ => ascending ? a.Value.Value.CompareTo(b.Value.Value) : b.Value.Value.CompareTo(a.Value.Value),
        };
        return order != 0 ? order : CompareNames(a.Values, b.Values);
    }

    private static int CompareNames(IReadOnlyList<CubeValue> a, IReadOnlyList<CubeValue> b)
    {
        for (int i = 0; i < a.Count; i++)
        {
            int order = string.CompareOrdinal(a[i].Name, b[i].Name);
            order = order != 0 ? order : a[i].IsOther.CompareTo(b[i].IsOther);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static CubeValue[] Name(Vocabulary vocabulary, CubeQuery query, CubeKey key)
    {
        var values = new CubeValue[query.By.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = CubeNames.ValueOf(vocabulary, query.By[i], key[i]);
        }

        return values;
    }

    private static CubeRow RowOf(IReadOnlyList<CubeValue> values, Windows.TumblingWindows windows, CubeAccumulator group)
    {
        bool isEmpty = group.LastWindow == long.MinValue;
        return new CubeRow(
            values,
            isEmpty ? null : windows.StartOf(group.FirstWindow),
            isEmpty ? null : windows.EndOf(group.LastWindow),
            group.Sums,
            group.MergeStartups());
    }

    private sealed record Ranked(CubeAccumulator Group, CubeValue[] Values, double? Value);
}
