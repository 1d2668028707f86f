using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Up to eight cells and the sketches of their startup times: what is copied when one of them changes after a snapshot.</summary>
/// <remarks>The first page of a segment begins with one cell and is changed for larger ones, since most windows have few values.</remarks>
internal sealed class CubePage(long epoch, int sizeClass)
{
    public const int Shift = 3;
    public const int Size = 1 << Shift;
    public const int Mask = Size - 1;

    /// <summary>The writer may change the page while this is its epoch.</summary>
    public long Epoch { get; set; } = epoch;

    /// <summary>The binary logarithm of the number of cells.</summary>
    public int SizeClass => sizeClass;

    public CubeCell[] Cells { get; } = new CubeCell[1 << sizeClass];

    public QuantileSketch?[] Startups { get; } = new QuantileSketch?[1 << sizeClass];

    public void CopyTo(CubePage other)
    {
        Cells.CopyTo(other.Cells, 0);
        Startups.CopyTo(other.Startups, 0);
    }
}
