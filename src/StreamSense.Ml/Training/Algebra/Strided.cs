namespace StreamSense.Ml.Training.Algebra;

/// <summary>A matrix in memory: where it starts, and how far its rows and its columns are apart, in doubles.</summary>
internal readonly unsafe struct Strided(double* start, int rowStride, int columnStride)
{
    /// <summary>Its first number.</summary>
    public readonly double* Start = start;

    /// <summary>How far its rows are apart.</summary>
    public readonly int RowStride = rowStride;

    /// <summary>How far its columns are apart.</summary>
    public readonly int ColumnStride = columnStride;
}
