using StreamSense.Ml.Training.Algebra;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>One half of a sweep: all users against the items, or the other way round, with what their systems have in common.</summary>
internal sealed class IalsSide
{
    private readonly InteractionMatrix _data;
    private readonly IalsShape _shape;
    private readonly bool _byUser;
    private readonly float[] _against;
    private readonly double[] _gram;

    // The inverse of what all rows of a length share, by length; null where there are too few of them to be worth it.
    private readonly double[]?[] _inverses = new double[]?[IalsSystem.MaxFew + 1];

    /// <summary>Prepares.</summary>
    public IalsSide(
        InteractionMatrix data, IalsShape shape, bool byUser, float[] against, int threads, CancellationToken cancellation)
    {
        _data = data;
        _shape = shape;
        _byUser = byUser;
        _against = against;
        _gram = IalsSystem.Gram(against, shape.Dimensions, shape.UnobservedWeight);
        var lengths = new int[_inverses.Length];
        for (int row = 0; row < Rows; row++)
        {
            int length = TakenBy(row).Length;
            lengths[Math.Min(length, IalsSystem.MaxFew)] += length <= IalsSystem.MaxFew ? 1 : 0;
        }

        int most = Math.Min(IalsSystem.MaxFew, shape.Dimensions / 4);
        FixedChunks.Run(
            most,
            1,
            threads,
            () => 0,
            (index, _, _) => _inverses[index + 1] = lengths[index + 1] >= 4 ? Invert(index + 1) : null,
            cancellation);
    }

    /// <summary>How many there are to be solved for.</summary>
    public int Rows => _byUser ? _data.Users : _data.Items;

    private int Others => _byUser ? _data.Items : _data.Users;

    /// <summary>Solves for one.</summary>
    public void Solve(int row, double[] memory, Span<float> result)
    {
        ReadOnlySpan<int> taken = TakenBy(row);
        var system = new IalsSystem(_shape.Dimensions, memory);
        if (taken.IsEmpty)
        {
            result.Clear();
        }
        else if (taken.Length < _inverses.Length && _inverses[taken.Length] is { } inverse)
        {
            system.SolveFew(inverse, _against, taken, result);
        }
        else
        {
            system.Solve(_gram, _against, taken, _shape.Ridge(taken.Length, Others), result);
        }
    }

    private ReadOnlySpan<int> TakenBy(int row) => _byUser ? _data.ItemsOf(row) : _data.UsersOf(row);

    private unsafe double[]? Invert(int length)
    {
        int size = IalsSystem.SizeOf(_shape.Dimensions);
        double[] matrix = [.. _gram];
        var factor = new double[size * size];
        var inverse = new double[size * size];
        double ridge = _shape.Ridge(length, Others);
        for (int i = 0; i < size; i++)
        {
            matrix[(i * size) + i] += ridge;
        }

        fixed (double* m = matrix, u = factor, result = inverse)
        {
            if (!SmallCholesky.Factor(m, size, size))
            {
                return null;
            }

            SmallCholesky.InvertUpper(m, size, size, u);
            double* panel = stackalloc double[TileKernel.ScratchLength(TileKernel.Step)];
            for (int from = 0; from < size; from += TileKernel.Step)
            {
                TileKernel.MultiplyAdd(
                    result,
                    new TileSize(size, size, size),
                    new Strided(u + from, size, 1),
                    new Strided(u + from, 1, size),
                    TileKernel.Step,
                    1,
                    panel,
                    System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated);
            }
        }

        return inverse;
    }
}
