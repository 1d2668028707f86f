using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Training.Algebra;

/// <summary>A large symmetric matrix, held as the tiles of its upper triangle.</summary>
/// <remarks>
/// Half of what the square would take: 4 bytes · n² and a little. The size is rounded up to whole tiles; the rows and columns added have a
/// one on the diagonal, which neither factoring nor inverting ever mixes with the rest. For one writer at a time.
/// </remarks>
internal sealed class TiledSymmetric
{
    /// <summary>How many rows and columns a tile has: 128 KiB, of which two and a panel fit the second cache.</summary>
    public const int Tile = 128;

    /// <summary>How many numbers a tile has.</summary>
    public const int TileLength = Tile * Tile;

    private readonly double[][] _tiles;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="size">How many rows and columns.</param>
    public TiledSymmetric(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
        Tiles = (size + Tile - 1) / Tile;
        _tiles = new double[Tiles * (Tiles + 1) / 2][];
        for (int i = 0; i < _tiles.Length; i++)
        {
            _tiles[i] = GC.AllocateUninitializedArray<double>(TileLength, pinned: true);
            _tiles[i].AsSpan().Clear();
        }

        for (int i = size; i < Tiles * Tile; i++)
        {
            this[i, i] = 1;
        }
    }

    /// <summary>How many rows and columns.</summary>
    public int Size { get; }

    /// <summary>How many tiles a side has.</summary>
    public int Tiles { get; }

    /// <summary>A number of the upper triangle; the column is not before the row.</summary>
    public ref double this[int row, int column] =>
        ref _tiles[IndexOf(row / Tile, column / Tile)][((row % Tile) * Tile) + (column % Tile)];

    /// <summary>The numbers of a tile, row after row.</summary>
    /// <param name="row">The tile's row.</param>
    /// <param name="column">The tile's column, not before its row.</param>
    public Span<double> TileAt(int row, int column) => _tiles[IndexOf(row, column)];

    /// <summary>Another one with the same numbers.</summary>
    public TiledSymmetric Copy()
    {
        var copy = new TiledSymmetric(Size);
        for (int i = 0; i < _tiles.Length; i++)
        {
            _tiles[i].CopyTo(copy._tiles[i]);
        }

        return copy;
    }

    /// <summary>Where a tile lies; it never moves.</summary>
    public unsafe double* PointerTo(int row, int column) =>
        (double*)Unsafe.AsPointer(ref _tiles[IndexOf(row, column)][0]);

    /// <summary>How many bytes a matrix of a size takes.</summary>
    public static long BytesOf(int size)
    {
        long tiles = (size + Tile - 1) / Tile;
        return tiles * (tiles + 1) / 2 * TileLength * sizeof(double);
    }

    private int IndexOf(int row, int column) => (row * Tiles) - (row * (row - 1) / 2) + column - row;
}
