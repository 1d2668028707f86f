using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Gathers the rows of a <see cref="TrainingSet"/>.</summary>
/// <param name="layout">What the columns mean.</param>
/// <param name="maxRows">How many rows it takes.</param>
internal sealed class TrainingRows(FeatureLayout layout, int maxRows)
{
    private const int FirstRows = 256;

    private readonly ImmutableArray<TrainingGroup>.Builder _groups = ImmutableArray.CreateBuilder<TrainingGroup>();
    private readonly float[][] _columns = [.. Enumerable.Range(0, layout.Count).Select(_ => new float[Math.Min(FirstRows, maxRows)])];
    private float[] _labels = new float[Math.Min(FirstRows, maxRows)];
    private float[] _weights = new float[Math.Min(FirstRows, maxRows)];
    private float[] _propensities = new float[Math.Min(FirstRows, maxRows)];
    private TitleId[] _titles = new TitleId[Math.Min(FirstRows, maxRows)];
    private int[] _positions = new int[Math.Min(FirstRows, maxRows)];
    private int _groupStart;

    public FeatureLayout Layout { get; } = layout;

    public int Count { get; private set; }

    /// <summary>Adds a row to the group that is open.</summary>
    /// <returns>False if there is no room.</returns>
    public bool Add(ReadOnlySpan<float> values, float label, float weight, TitleId title, int position, float propensity)
    {
        if (Count == maxRows)
        {
            return false;
        }

        if (Count == _labels.Length)
        {
            Grow((int)Math.Min(maxRows, 2L * Count));
        }

        for (int column = 0; column < _columns.Length; column++)
        {
            _columns[column][Count] = values[column];
        }

        _labels[Count] = label;
        _weights[Count] = weight;
        _titles[Count] = title;
        _positions[Count] = position;
        _propensities[Count] = propensity;
        Count++;
        return true;
    }

    /// <summary>Ends a group; one without rows is none.</summary>
    public void EndGroup(RequestId request, ViewerId viewer, EventTime time)
    {
        if (Count > _groupStart)
        {
            _groups.Add(new TrainingGroup(request, viewer, time, Count - _groupStart));
            _groupStart = Count;
        }
    }

    /// <summary>Makes a set of the rows so far; what is gathered afterwards does not change it.</summary>
    public TrainingSet Build() => new(
        Layout,
        Array.ConvertAll(_columns, column => (ReadOnlyMemory<float>)column.AsMemory(0, Count)),
        _labels.AsMemory(0, Count),
        _weights.AsMemory(0, Count),
        _titles.AsMemory(0, Count),
        _positions.AsMemory(0, Count),
        _propensities.AsMemory(0, Count),
        _groups.ToImmutable());

    private void Grow(int rows)
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            Array.Resize(ref _columns[column], rows);
        }

        Array.Resize(ref _labels, rows);
        Array.Resize(ref _weights, rows);
        Array.Resize(ref _titles, rows);
        Array.Resize(ref _positions, rows);
        Array.Resize(ref _propensities, rows);
    }
}
