using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using StreamSense.Ml.Training.Algebra;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The normal equations of one user (or item), built and solved in memory of the caller.</summary>
/// <remarks>
/// <c>(α₀ G + Σ v vᵀ + ρ I) x = Σ v</c> over the vectors v of what the user has, where G is the sum of v vᵀ over all. Products of 128
/// vectors are summed in floats, as the vectors are; everything else is in doubles. The size is the number of dimensions rounded up to
/// 16, and numbers added by rounding come out as 0.
/// </remarks>
internal readonly unsafe ref struct IalsSystem
{
    // So many vectors at a time stay in the first cache, and so many products are summed in floats.
    private const int Packed = 128;

    // What a line of the cache has of doubles: memory begins at one.
    private const int Line = 8;

    /// <summary>How many vectors are few.</summary>
    public const int MaxFew = 16;

    private readonly Span<double> _memory;
    private readonly int _dimensions;
    private readonly int _size;

    /// <summary>Takes the memory.</summary>
    /// <param name="dimensions">How many numbers a vector has.</param>
    /// <param name="memory">At least <see cref="MemoryLength"/> doubles.</param>
    /// <exception cref="ArgumentException">The memory is too small.</exception>
    public IalsSystem(int dimensions, Span<double> memory)
    {
        if (memory.Length < MemoryLength(dimensions))
        {
            throw new ArgumentException($"{MemoryLength(dimensions)} doubles are needed, {memory.Length} are there.", nameof(memory));
        }

        _dimensions = dimensions;
        _size = SizeOf(dimensions);
        _memory = memory;
    }

    /// <summary>The number of dimensions, rounded up to what the kernel works with.</summary>
    public static int SizeOf(int dimensions) => (dimensions + SquareKernel.Step - 1) / SquareKernel.Step * SquareKernel.Step;

    /// <summary>How many doubles a system needs.</summary>
    public static int MemoryLength(int dimensions)
    {
        int size = SizeOf(dimensions);
        return (size * size) + size + (Packed / 2 * size) + Line;
    }

    /// <summary>The sum of v vᵀ over all vectors, times a weight: upper triangle, of the rounded size.</summary>
    public static double[] Gram(ReadOnlySpan<float> vectors, int dimensions, double weight)
    {
        int size = SizeOf(dimensions);
        var gram = new double[size * size];
        var memory = new double[MemoryLength(dimensions)];
        var system = new IalsSystem(dimensions, memory);
        fixed (double* target = gram, start = memory)
        {
            double* right = AtLine(start);
            var packed = (float*)(right + size);
            int count = vectors.Length / dimensions;
            for (int from = 0; from < count; from += Packed)
            {
                int some = Math.Min(Packed, count - from);
                for (int i = 0; i < some; i++)
                {
                    system.Pack(vectors.Slice((from + i) * dimensions, dimensions), packed + (i * size), right);
                }

                SquareKernel.Add(target, size, packed, some, Vector512.IsHardwareAccelerated);
            }
        }

        for (int i = 0; i < gram.Length; i++)
        {
            gram[i] *= weight;
        }

        return gram;
    }

    /// <summary>Solves for one.</summary>
    /// <param name="gram">α₀ G.</param>
    /// <param name="vectors">All vectors.</param>
    /// <param name="taken">Which of them it has; such as are not there are left out.</param>
    /// <param name="ridge">ρ.</param>
    /// <param name="result">Room for the solution.</param>
    public void Solve(ReadOnlySpan<double> gram, ReadOnlySpan<float> vectors, ReadOnlySpan<int> taken, double ridge, Span<float> result)
    {
        int count = vectors.Length / _dimensions;
        fixed (double* memory = _memory)
        {
            double* matrix = AtLine(memory);
            double* right = matrix + (_size * _size);
            var packed = (float*)(right + _size);
            gram.CopyTo(new Span<double>(matrix, _size * _size));
            new Span<double>(right, _size).Clear();
            int some = 0;

            // Bounds are checked here once: from here on everything goes by pointers.
            ArgumentOutOfRangeException.ThrowIfLessThan(gram.Length, _size * _size, nameof(gram));
            foreach (int item in taken)
            {
                if ((uint)item >= (uint)count)
                {
                    continue;
                }

                Pack(vectors.Slice(item * _dimensions, _dimensions), packed + (some * _size), right);
                if (++some == Packed)
                {
                    SquareKernel.Add(matrix, _size, packed, some, Vector512.IsHardwareAccelerated);
                    some = 0;
                }
            }

            SquareKernel.Add(matrix, _size, packed, some, Vector512.IsHardwareAccelerated);
            for (int i = 0; i < _size; i++)
            {
                matrix[(i * _size) + i] += ridge;
            }

            bool isPositive = SmallCholesky.Factor(matrix, _size, _size);
            if (isPositive)
            {
                SmallCholesky.Solve(matrix, _size, _size, right);
            }

            for (int i = 0; i < _dimensions; i++)
            {
                float value = (float)right[i];
                result[i] = isPositive && float.IsFinite(value) ? value : 0;
            }
        }
    }

    /// <summary>Solves for one that has few, by what is known of all that have as many: <c>x = M⁻¹Vᵀ (I + V M⁻¹Vᵀ)⁻¹ 1</c>.</summary>
    /// <remarks>The identity of Woodbury for <c>M = α₀ G + ρ I</c>: n d² instead of d³/3. The same as <see cref="Solve"/> but for
    /// rounding.</remarks>
    /// <param name="inverse">M⁻¹, both triangles.</param>
    /// <param name="vectors">All vectors.</param>
    /// <param name="taken">Which of them it has: at most <see cref="MaxFew"/>, all of them there.</param>
    /// <param name="result">Room for the solution.</param>
    public void SolveFew(ReadOnlySpan<double> inverse, ReadOnlySpan<float> vectors, ReadOnlySpan<int> taken, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inverse.Length, _size * _size, nameof(inverse));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taken.Length, MaxFew, nameof(taken));
        fixed (double* memory = _memory, m = inverse)
        {
            double* right = AtLine(memory) + (_size * _size);
            double* packed = right + _size;
            double* spread = packed + (MaxFew * _size);
            double* small = spread + (MaxFew * _size);
            double* ones = small + (MaxFew * MaxFew);
            new Span<double>(small, MaxFew * (MaxFew + 1)).Clear();
            for (int i = 0; i < taken.Length; i++)
            {
                Widen(vectors.Slice(taken[i] * _dimensions, _dimensions), packed + (i * _size));
                MultiplyBy(m, packed + (i * _size), spread + (i * _size));
                ones[i] = 1;
            }

            for (int i = 0; i < MaxFew; i++)
            {
                for (int j = i; j < taken.Length; j++)
                {
                    small[(i * MaxFew) + j] = SmallCholesky.Dot(packed + (i * _size), spread + (j * _size), _size);
                }

                small[(i * MaxFew) + i] += 1;
            }

            SmallCholesky.Factor(small, MaxFew, MaxFew);
            SmallCholesky.Solve(small, MaxFew, MaxFew, ones);
            new Span<double>(right, _size).Clear();
            for (int i = 0; i < taken.Length; i++)
            {
                SmallCholesky.AddScaled(right, spread + (i * _size), ones[i], _size);
            }

            for (int i = 0; i < _dimensions; i++)
            {
                result[i] = (float)right[i];
            }
        }
    }

    private void MultiplyBy(double* matrix, double* vector, double* result)
    {
        // Symmetric: a sum of rows is the product, and rows lie together.
        new Span<double>(result, _size).Clear();
        for (int i = 0; i < _size; i++)
        {
            SmallCholesky.AddScaled(result, matrix + (i * _size), vector[i], _size);
        }
    }

    private static double* AtLine(double* memory) =>
        (double*)(((nint)memory + (Line * sizeof(double)) - 1) & ~(nint)((Line * sizeof(double)) - 1));

    private void Widen(ReadOnlySpan<float> vector, double* result)
    {
        var room = new Span<double>(result, _size);
        TensorPrimitives.ConvertTruncating<float, double>(vector, room);
        room[vector.Length..].Clear();
    }

    // The vector with zeros behind, and added to the sum of all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pack(ReadOnlySpan<float> vector, float* packed, double* sum)
    {
        int i = 0;
        for (; i + 8 <= vector.Length; i += 8)
        {
            Vector256<float> eight = Vector256.Create(vector.Slice(i, 8));
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(eight);
            Vector256.Store(eight, packed + i);
            Vector256.Store(Vector256.Load(sum + i) + low, sum + i);
            Vector256.Store(Vector256.Load(sum + i + 4) + high, sum + i + 4);
        }

        for (; i < _size; i++)
        {
            packed[i] = i < vector.Length ? vector[i] : 0;
            sum[i] += packed[i];
        }
    }
}
