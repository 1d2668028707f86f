using StreamSense.Core.Events;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.State;

/// <summary>The rows of one scope: which cells they have, and the table that holds them.</summary>
/// <remarks>Built once; then one writer, and any number of readers of <see cref="Rows"/>.</remarks>
internal sealed class TablePlan(int index, FeatureScope scope, FeatureDimension dimension) : IDisposable
{
    private const int From = 0;
    private const int Owner = 1;
    private const int PersonalWords = 2;

    private readonly Dictionary<string, StateCell> _byKey = new(StringComparer.Ordinal);
    private readonly StateCell[][] _bySignal = new StateCell[FeatureSignal.Count][];
    private StateCell[] _cells = [];
    private StateTable? _rows;

    /// <summary>Its place among the tables.</summary>
    public int Index => index;

    /// <summary>Whose rows they are.</summary>
    public FeatureScope Scope => scope;

    /// <summary>By which dimension, if by one.</summary>
    public FeatureDimension Dimension => dimension;

    /// <summary>Whether rows are a person's.</summary>
    public bool IsPersonal { get; } = scope is FeatureScope.Viewer or FeatureScope.ViewerTitle or FeatureScope.Household
        or FeatureScope.Device or FeatureScope.View;

    /// <summary>Whether each candidate has a row of its own.</summary>
    public bool IsOfCandidates { get; } = scope is FeatureScope.Title or FeatureScope.ViewerTitle or FeatureScope.TitleSegment;

    /// <summary>How many words a row has.</summary>
    public int Words { get; private set; }

    /// <summary>How many words at the front a vector needs of each candidate.</summary>
    public int HotWords { get; private set; }

    /// <summary>The windows that are read: a ring and a number of buckets each.</summary>
    public List<(RingCell Ring, int Count)> Windows { get; } = [];

    /// <summary>The fading sums.</summary>
    public List<FadingSums> Fadings { get; } = [];

    /// <summary>The rows.</summary>
    public StateTable Rows => _rows!;

    /// <summary>What devices did without a viewer; only for viewers.</summary>
    public StateTable? Devices { get; private set; }

    /// <summary>The cell of a key, made if it is new.</summary>
    public T CellOf<T>(string key, ConsentPurposes purposes, Func<T> make)
        where T : StateCell
    {
        key = $"{key}/{(int)purposes}";
        if (!_byKey.TryGetValue(key, out StateCell? cell))
        {
            cell = make();
            _byKey.Add(key, cell);
        }

        return (T)cell;
    }

    /// <summary>The place among <see cref="Windows"/> of a window, added if it is new.</summary>
    public int WindowOf(RingCell ring, int count)
    {
        ring.Extend(count);
        if (!Windows.Contains((ring, count)))
        {
            Windows.Add((ring, count));
        }

        return Windows.IndexOf((ring, count));
    }

    /// <summary>Gives every cell its place, and makes the table.</summary>
    public void Freeze(IReadOnlyList<CompiledSelector> selectors, int maxRows, int maxDevices)
    {
        _cells = [.. _byKey.Values.OrderBy(cell => cell.IsHot ? 0 : 1)];
        Words = IsPersonal ? PersonalWords : 0;
        foreach (StateCell cell in _cells)
        {
            cell.Offset = Words;
            Words += cell.Words;
            HotWords = cell.IsHot ? Words : HotWords;
            if (cell is FadingSums sums)
            {
                sums.Place = Fadings.Count;
                Fadings.Add(sums);
            }
        }

        for (int signal = 0; signal < _bySignal.Length; signal++)
        {
            _bySignal[signal] = [.. _cells.Where(cell => ListensTo(cell, selectors, signal))];
        }

        Words = Math.Max(Words, 1);
        _rows = new StateTable(Words, maxRows);
        Devices = scope == FeatureScope.Viewer ? new StateTable(Words, maxDevices) : null;
    }

    /// <summary>Takes what happened.</summary>
    public void Apply(in Occurrence occurrence, ReadOnlySpan<double> weights, DimensionKeys keys)
    {
        StateCell[] cells = _bySignal[occurrence.Signal.Value];
        if (!IsWanted(cells, occurrence, weights))
        {
            return;
        }

        ulong key = KeyOf(occurrence, keys);
        StateTable rows = Rows;
        if (key == 0 && Devices is not null)
        {
            rows = Devices;
            key = occurrence.Device.Value;
        }

        if (key == 0)
        {
            return;
        }

        Span<long> row = rows.BeginWrite(key, out int number, out bool added);
        if (IsPersonal)
        {
            long time = occurrence.Time.UnixMicroseconds;
            row[From] = row[From] == 0 ? time : Math.Min(row[From], time);
            row[Owner] = (long)occurrence.Viewer.Value;
        }
        else if (added && scope == FeatureScope.Title && occurrence.Info is { } title)
        {
            Describe(row, title);
        }

        foreach (StateCell cell in cells)
        {
            if (MayKeep(cell, occurrence.Consent))
            {
                cell.Update(row.Slice(cell.Offset, cell.Words), occurrence, weights);
            }
        }

        rows.EndWrite(number);
    }

    /// <summary>Writes down what the catalogue says of a row's title.</summary>
    public void Describe(Span<long> row, CatalogueTitle title)
    {
        foreach (StateCell cell in _cells)
        {
            cell.Describe(row.Slice(cell.Offset, cell.Words), title);
        }
    }

    /// <summary>Adds what a device did without a viewer to what the viewer did.</summary>
    public void Join(DeviceId device, ViewerId viewer, EventTime since, bool mayKeep)
    {
        if (Devices is null || device.IsNone || !Devices.TryFind(device.Value, out int from))
        {
            return;
        }

        Span<long> other = Devices.RowAt(from);

        // Sums cannot be divided: they are taken only if nothing of them is older.
        if (mayKeep && !viewer.IsNone && other[From] >= since.UnixMicroseconds)
        {
            Span<long> row = Rows.BeginWrite(viewer.Value, out int number);
            row[From] = row[From] == 0 ? other[From] : Math.Min(row[From], other[From]);
            row[Owner] = (long)viewer.Value;
            foreach (StateCell cell in _cells)
            {
                cell.Merge(row.Slice(cell.Offset, cell.Words), other.Slice(cell.Offset, cell.Words));
            }

            Rows.EndWrite(number);
        }

        Devices.Remove(device.Value);
    }

    /// <summary>Forgets a viewer.</summary>
    public bool Forget(ViewerId viewer)
    {
        if (scope == FeatureScope.Viewer)
        {
            return Rows.Remove(viewer.Value);
        }

        if (scope is not (FeatureScope.ViewerTitle or FeatureScope.View))
        {
            return false;
        }

        // Their keys do not tell the viewer: all rows are looked at.
        bool found = false;
        for (int row = Rows.Oldest; row >= 0;)
        {
            int next = Rows.NextWritten(row);
            if ((ulong)Rows.RowAt(row)[Owner] == viewer.Value)
            {
                found |= Rows.Remove(Rows.KeyOf(row));
            }

            row = next;
        }

        return found;
    }

    /// <summary>Forgets a device.</summary>
    public bool Forget(DeviceId device) =>
        Devices?.Remove(device.Value) ?? (scope == FeatureScope.Device && Rows.Remove(device.Value));

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows?.Dispose();
        Devices?.Dispose();
    }

    private static bool ListensTo(StateCell cell, IReadOnlyList<CompiledSelector> selectors, int signal)
    {
        foreach (int selector in cell.Selectors)
        {
            if (selectors[selector].Selector.On.Any(on => on.Value == signal))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWanted(StateCell[] cells, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        foreach (StateCell cell in cells)
        {
            if (!MayKeep(cell, occurrence.Consent))
            {
                continue;
            }

            foreach (int selector in cell.Selectors)
            {
                if (!double.IsNaN(weights[selector]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool MayKeep(StateCell cell, ConsentPurposes consent) => (consent & cell.Purposes) == cell.Purposes;

    private ulong KeyOf(in Occurrence occurrence, DimensionKeys keys) => scope switch
    {
        FeatureScope.Title => occurrence.Title.Value,
        FeatureScope.Viewer => occurrence.Viewer.Value,
        FeatureScope.ViewerTitle => occurrence.Viewer.IsNone || occurrence.Title.IsNone
            ? 0 : NameHash.Pair(occurrence.Viewer.Value, occurrence.Title.Value),
        FeatureScope.Household => occurrence.Household.Value,
        FeatureScope.Device => occurrence.Device.Value,
        FeatureScope.View => occurrence.View.Value,
        FeatureScope.TitleSegment => keys.KeyOf(occurrence, dimension) is var key and not 0 && !occurrence.Title.IsNone
            ? NameHash.Pair(occurrence.Title.Value, key) : 0,
        FeatureScope.Dimension => keys.KeyOf(occurrence, dimension),
        _ => 1,
    };
}
