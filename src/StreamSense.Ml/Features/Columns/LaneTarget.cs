namespace StreamSense.Ml.Features.Columns;

/// <summary>Where a computation of a block of candidates goes: a column of floats, numbers to compute on with, or both.</summary>
internal readonly ref struct LaneTarget
{
    /// <summary>A column, and numbers if others are computed from it.</summary>
    /// <param name="width">The width to compute in.</param>
    /// <param name="column">The column.</param>
    /// <param name="missing">What stands in the column where a number is not finite.</param>
    /// <param name="numbers">As many numbers as the column has, or none: what the column says, so that what is computed from them is what
    /// can be computed from the column.</param>
    public LaneTarget(LaneWidth width, Span<float> column, float missing, Span<double> numbers)
    {
        Width = width;
        Lanes = column.Length;
        Column = column;
        Missing = missing;
        Numbers = numbers;
    }

    /// <summary>Numbers alone, as they are computed.</summary>
    /// <param name="width">The width to compute in.</param>
    /// <param name="numbers">The numbers.</param>
    public LaneTarget(LaneWidth width, Span<double> numbers)
    {
        Width = width;
        Lanes = numbers.Length;
        Numbers = numbers;
    }

    /// <summary>The width to compute in.</summary>
    public LaneWidth Width { get; }

    /// <summary>How many candidates there are: whole registers of the widest, at most a block.</summary>
    public int Lanes { get; }

    /// <summary>The column, or nothing.</summary>
    public Span<float> Column { get; }

    /// <summary>What stands in the column where a number is not finite.</summary>
    public float Missing { get; }

    /// <summary>The numbers, or nothing.</summary>
    public Span<double> Numbers { get; }

    /// <summary>Puts the same number everywhere.</summary>
    public void Fill(double value)
    {
        if (!Column.IsEmpty)
        {
            var single = (float)value;
            single = float.IsFinite(single) ? single : Missing;
            Column.Fill(single);
            value = single;
        }

        Numbers.Fill(value);
    }
}
