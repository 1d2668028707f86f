using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Puts the groups of a scan into rows: ordered, cut to the top ones, named.</summary>
internal static class CubeRows
{
    public static IReadOnlyList<CubeRow> Of(
        Vocabulary vocabulary, CubeQuery query, IReadOnlyDictionary<(CubeKey Key, long Window), CubeAccumulator> groups)
    {
        Windows.TumblingWindows windows = CubeLevels.WindowsOf(query.Level);
        List<(CubeKey Key, CubeRow Row)> ordered = Order(vocabulary, query, windows, Totals(query, groups));
        if (query.Top > 0 && ordered.Count > query.Top)
        {
            ordered.RemoveRange(query.Top, ordered.Count - query.Top);
        }

        if (!query.PerWindow)
        {
            return ordered.ConvertAll(static entry => entry.Row);
        }

        var byKey = groups.Values.ToLookup(static group => group.Key);
        var rows = new List<CubeRow>();
        foreach ((CubeKey key, CubeRow total) in ordered)
        {
            foreach (CubeAccumulator group in byKey[key].OrderBy(static group => group.FirstWindow))
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

            total.Add(group.Sums, group.Startup, group.FirstWindow);
        }

        if (totals.Count == 0 && query.By.Count == 0)
        {
            return [new CubeAccumulator(default)];
        }

        return [.. totals.Values];
    }

    private static List<(CubeKey Key, CubeRow Row)> Order(
        Vocabulary vocabulary, CubeQuery query, Windows.TumblingWindows windows, List<CubeAccumulator> totals)
    {
        List<(CubeKey Key, CubeRow Row)> rows = totals.ConvertAll(total => (total.Key, RowOf(Name(vocabulary, query, total.Key), windows, total)));
        rows.Sort((a, b) =>
        {
            double? left = a.Row.Metrics.ValueOf(query.OrderBy);
            double? right = b.Row.Metrics.ValueOf(query.OrderBy);
            int order = (left, right) switch
            {
                (null, null) => 0,
                (null, _) => 1,
                (_, null) => -1,
                _ => query.Ascending ? left.Value.CompareTo(right.Value) : right.Value.CompareTo(left.Value),
            };
            return order != 0 ? order : CompareNames(a.Row.Values, b.Row.Values);
        });
        return rows;
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
            group.Startup);
    }
}
