using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.State;

/// <summary>All tables of a feature set and the selectors that feed them.</summary>
/// <remarks>Built once; then one writer.</remarks>
internal sealed class StatePlan(DimensionKeys keys) : IDisposable
{
    private readonly Dictionary<EventSelector, CompiledSelector> _byContent = [];
    private readonly List<CompiledSelector> _selectors = [];
    private readonly List<TablePlan> _tables = [];
    private readonly CompiledSelector[][] _bySignal = new CompiledSelector[FeatureSignal.Count][];
    private double[] _weights = [];

    /// <summary>The tables.</summary>
    public IReadOnlyList<TablePlan> Tables => _tables;

    /// <summary>The keys of dimensions.</summary>
    public DimensionKeys Keys => keys;

    /// <summary>Whether a number is asked for anywhere.</summary>
    public bool Uses(params ReadOnlySpan<SignalValue> values)
    {
        foreach (CompiledSelector compiled in _selectors)
        {
            foreach (SignalValue value in values)
            {
                if (compiled.Selector.Weight == value || compiled.Selector.Where.Any(condition => condition.Value == value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The place of a selector, added if it is new.</summary>
    public int SelectorOf(EventSelector selector)
    {
        if (!_byContent.TryGetValue(selector, out CompiledSelector? compiled))
        {
            compiled = new CompiledSelector(selector, _selectors.Count, keys);
            _byContent.Add(selector, compiled);
            _selectors.Add(compiled);
        }

        return compiled.Index;
    }

    /// <summary>The table of a scope, added if it is new.</summary>
    public TablePlan TableOf(FeatureScope scope, FeatureDimension dimension = FeatureDimension.None)
    {
        TablePlan? table = _tables.Find(known => known.Scope == scope && known.Dimension == dimension);
        if (table is null)
        {
            table = new TablePlan(_tables.Count, scope, dimension);
            _tables.Add(table);
        }

        return table;
    }

    /// <summary>Makes the tables.</summary>
    public void Freeze(FeatureEngineOptions options)
    {
        for (int signal = 0; signal < _bySignal.Length; signal++)
        {
            _bySignal[signal] = [.. _selectors.Where(compiled => compiled.Selector.On.Any(on => on.Value == signal))];
        }

        _weights = new double[_selectors.Count];
        foreach (TablePlan table in _tables)
        {
            table.Freeze(_selectors, options.MaxRowsOf(table.Scope), options.MaxDevices);
        }
    }

    /// <summary>Whether anything listens to a signal.</summary>
    public bool ListensTo(FeatureSignal signal) => _bySignal[signal.Value].Length > 0;

    /// <summary>Takes what happened.</summary>
    public void Apply(in Occurrence occurrence)
    {
        CompiledSelector[] listening = _bySignal[occurrence.Signal.Value];
        Array.Fill(_weights, double.NaN);
        bool isTaken = false;
        foreach (CompiledSelector selector in listening)
        {
            double weight = selector.WeightOf(occurrence);
            _weights[selector.Index] = weight;
            isTaken |= !double.IsNaN(weight);
        }

        for (int i = 0; isTaken && i < _tables.Count; i++)
        {
            _tables[i].Apply(occurrence, _weights, keys);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TablePlan table in _tables)
        {
            table.Dispose();
        }
    }
}
