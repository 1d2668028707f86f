using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Pages and sketches of windows that have expired, for those that come.</summary>
/// <remarks>The shard's thread only; takes in only what no snapshot can hold, and at most 2,048 pages of a size.</remarks>
internal sealed class CubePagePool
{
    private const int MostPages = 2_048;

    // A sketch that has grown would keep its size in a cell that needs little.
    private const int MostSketchBytes = 320;

    private readonly Stack<CubePage>[] _pages = [new(), new(), new(), new()];
    private readonly Stack<QuantileSketch> _sketches = new();

    /// <summary>An empty page.</summary>
    public CubePage Rent(long epoch, int sizeClass)
    {
        if (!_pages[sizeClass].TryPop(out CubePage? page))
        {
            return new CubePage(epoch, sizeClass);
        }

        page.Epoch = epoch;
        return page;
    }

    /// <summary>An empty sketch.</summary>
    public QuantileSketch RentSketch() => _sketches.TryPop(out QuantileSketch? sketch) ? sketch : new QuantileSketch();

    /// <summary>Takes back a page whose sketches are in use elsewhere.</summary>
    public void ReturnMoved(CubePage page)
    {
        if (_pages[page.SizeClass].Count < MostPages)
        {
            Array.Clear(page.Startups);
            Array.Clear(page.Cells);
            _pages[page.SizeClass].Push(page);
        }
    }

    /// <summary>Takes back a page and those of its sketches that are of the same epoch.</summary>
    public void Return(CubePage page)
    {
        for (int i = 0; i < page.Cells.Length; i++)
        {
            if (page.Startups[i] is { MemoryBytes: <= MostSketchBytes } sketch && page.Cells[i].StartupEpoch == page.Epoch
                && _sketches.Count < MostPages * CubePage.Size)
            {
                sketch.Clear();
                _sketches.Push(sketch);
            }
        }

        ReturnMoved(page);
    }
}
