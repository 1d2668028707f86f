namespace StreamSense.Ml.Training.Boosting;

/// <summary>The numbers of rows that lie one behind the other.</summary>
/// <param name="first">The first of them.</param>
/// <param name="count">How many there are.</param>
internal readonly unsafe struct RowRange(int* first, int count)
{
    /// <summary>The first of them.</summary>
    public int* First { get; } = first;

    /// <summary>How many there are.</summary>
    public int Count { get; } = count;
}
