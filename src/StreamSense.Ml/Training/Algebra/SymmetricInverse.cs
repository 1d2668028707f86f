using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Algebra;

/// <summary>Inverts a large symmetric positive definite matrix in its own place, tile by tile.</summary>
/// <remarks>
/// <c>A = UᵀU</c>, then <c>V = U⁻¹</c>, then <c>A⁻¹ = V Vᵀ</c>: a third of n³ multiplications and additions each (LAPACK's potrf and potri,
/// here with the tiles of Buttari et al. 2009 as units of work). Each tile is computed by one thread in a fixed order of sums: the same
/// bits on any number of threads and with any width of vectors. Beside the matrix it takes a row of tiles: 1 KiB · n.
/// </remarks>
internal sealed unsafe class SymmetricInverse
{
    private const int T = TiledSymmetric.Tile;
    private static readonly TileSize Whole = new(T, T, T);

    private readonly TiledSymmetric _matrix;
    private readonly double[] _row;
    private readonly double[] _inverse = GC.AllocateArray<double>(TiledSymmetric.TileLength, pinned: true);
    private readonly bool _isWide;
    private readonly int _threads;
    private readonly IProgress<TrainProgress>? _progress;
    private readonly CancellationToken _cancellation;

    private SymmetricInverse(
        TiledSymmetric matrix, int threads, bool isWide, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        _matrix = matrix;
        _threads = threads;
        _isWide = isWide;
        _progress = progress;
        _cancellation = cancellation;
        _row = GC.AllocateArray<double>(matrix.Tiles * TiledSymmetric.TileLength, pinned: true);
    }

    /// <summary>Puts the inverse in the place of a matrix.</summary>
    /// <returns>Whether the matrix is positive definite; if not, what is in its place has no meaning.</returns>
    public static bool Compute(
        TiledSymmetric matrix, int threads, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default) =>
        Compute(matrix, threads, Vector512.IsHardwareAccelerated, progress, cancellation);

    /// <summary>Puts the inverse in the place of a matrix, with vectors of a width.</summary>
    internal static bool Compute(
        TiledSymmetric matrix, int threads, bool isWide, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var work = new SymmetricInverse(matrix, threads, isWide, progress, cancellation);
        if (!work.Factor())
        {
            return false;
        }

        work.InvertFactor();
        work.Square();
        return true;
    }

    private static double[] NewScratch() =>
        GC.AllocateArray<double>(TileKernel.ScratchLength(T) + TiledSymmetric.TileLength, pinned: true);

    private bool Factor()
    {
        int tiles = _matrix.Tiles;
        for (int k = 0; k < tiles; k++)
        {
            double* diagonal = _matrix.PointerTo(k, k);
            if (!SmallCholesky.Factor(diagonal, T, T))
            {
                return false;
            }

            SmallCholesky.InvertUpper(diagonal, T, T, Pointer(_inverse));
            int step = k;
            ForTiles(k + 1, (j, panel) =>
            {
                double* target = NewRowTile(j);
                var left = new Strided(Pointer(_inverse), 1, T);
                TileKernel.MultiplyAdd(target, Whole, left, Plain(_matrix.PointerTo(step, j)), T, 1, panel, _isWide);
                CopyTile(target, _matrix.PointerTo(step, j));
            });

            // The diagonal keeps the inverse of its factor: nothing else of it is wanted again.
            CopyTile(Pointer(_inverse), diagonal);
            int rest = tiles - k - 1;
            ForTiles(rest * (rest + 1) / 2, 0, (pair, panel) =>
            {
                (int i, int j) = PairOf(pair, rest);
                i += step + 1;
                j += step + 1;
                var left = new Strided(_matrix.PointerTo(step, i), 1, T);
                var size = new TileSize(T, T, T, UpperOnly: i == j);
                TileKernel.MultiplyAdd(
                    _matrix.PointerTo(i, j), size, left, Plain(_matrix.PointerTo(step, j)), T, -1, panel, _isWide);
            });
            _progress?.Report(new TrainProgress("factorise", k + 1, tiles));
        }

        return true;
    }

    private void InvertFactor()
    {
        int tiles = _matrix.Tiles;
        for (int row = tiles - 2; row >= 0; row--)
        {
            int i = row;
            ForTiles(i + 1, (j, panel) =>
            {
                double* sum = panel + TileKernel.ScratchLength(T);
                new Span<double>(sum, TiledSymmetric.TileLength).Clear();
                for (int k = i + 1; k <= j; k++)
                {
                    TileKernel.MultiplyAdd(
                        sum, Whole, Plain(_matrix.PointerTo(i, k)), Plain(_matrix.PointerTo(k, j)), T, 1, panel, _isWide);
                }

                TileKernel.MultiplyAdd(NewRowTile(j), Whole, Plain(_matrix.PointerTo(i, i)), Plain(sum), T, -1, panel, _isWide);
            });
            CopyRow(i, i + 1);
            _progress?.Report(new TrainProgress("invert", tiles - 1 - row, tiles));
        }
    }

    private void Square()
    {
        int tiles = _matrix.Tiles;
        for (int row = 0; row < tiles; row++)
        {
            int i = row;
            ForTiles(i, (j, panel) =>
            {
                double* target = NewRowTile(j);
                for (int k = j; k < tiles; k++)
                {
                    var right = new Strided(_matrix.PointerTo(j, k), 1, T);
                    TileKernel.MultiplyAdd(target, Whole, Plain(_matrix.PointerTo(i, k)), right, T, 1, panel, _isWide);
                }
            });
            CopyRow(i, i);
            _progress?.Report(new TrainProgress("multiply", row + 1, tiles));
        }
    }

    private static Strided Plain(double* start) => new(start, T, 1);

    private static double* Pointer(double[] pinned) => (double*)Unsafe.AsPointer(ref pinned[0]);

    private static (int Row, int Column) PairOf(int pair, int size)
    {
        int row = 0;
        while (pair >= size - row)
        {
            pair -= size - row;
            row++;
        }

        return (row, row + pair);
    }

    private static void CopyTile(double* from, double* to) =>
        new ReadOnlySpan<double>(from, TiledSymmetric.TileLength).CopyTo(new Span<double>(to, TiledSymmetric.TileLength));

    private double* NewRowTile(int column)
    {
        double* tile = Pointer(_row) + ((long)column * TiledSymmetric.TileLength);
        new Span<double>(tile, TiledSymmetric.TileLength).Clear();
        return tile;
    }

    private void CopyRow(int row, int from)
    {
        for (int j = from; j < _matrix.Tiles; j++)
        {
            CopyTile(Pointer(_row) + ((long)j * TiledSymmetric.TileLength), _matrix.PointerTo(row, j));
        }
    }

    private void ForTiles(int from, TileWork work) => ForTiles(_matrix.Tiles - from, from, work);

    private void ForTiles(int count, int offset, TileWork work) =>
        FixedChunks.Run(
            count,
            1,
            _threads,
            NewScratch,
            (index, _, panel) => work(index + offset, Pointer(panel)),
            _cancellation);

    private delegate void TileWork(int tile, double* panel);
}
