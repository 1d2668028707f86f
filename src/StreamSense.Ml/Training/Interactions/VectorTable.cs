using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The vectors of users or of items while gradient steps move them, each with a number of its own beside it.</summary>
/// <remarks>
/// A row begins at a cache line and is filled up with zeros, which no step changes; its own number (a bias) has the line behind. Two
/// threads that move different rows therefore never write to the same line.
/// </remarks>
internal sealed unsafe class VectorTable
{
    // Numbers in a cache line.
    private const int Line = 16;

    // Keeps the memory: the pointer alone would not.
    private readonly float[] _memory;
    private readonly float* _start;

    /// <summary>Takes memory, all zero.</summary>
    /// <param name="rows">How many vectors there are.</param>
    /// <param name="dimensions">How many numbers a vector has.</param>
    public VectorTable(int rows, int dimensions)
    {
        Rows = rows;
        Dimensions = dimensions;
        Length = (dimensions + Line - 1) / Line * Line;
        _memory = GC.AllocateArray<float>(checked((rows * (Length + Line)) + Line), pinned: true);
        nint first = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        const nint Bytes = Line * sizeof(float);
        _start = (float*)((first + Bytes - 1) & ~(Bytes - 1));
    }

    /// <summary>How many vectors there are.</summary>
    public int Rows { get; }

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions { get; }

    /// <summary>How many numbers a vector has with the zeros behind: a multiple of 16.</summary>
    public int Length { get; }

    /// <summary>A vector.</summary>
    /// <param name="row">Which.</param>
    public Span<float> this[int row] => new(PointerTo(row), Dimensions);

    /// <summary>Where a vector begins; valid as long as this object is reachable.</summary>
    /// <param name="row">Which.</param>
    public float* PointerTo(int row) => _start + ((nint)row * (Length + Line));

    /// <summary>The number beside a vector.</summary>
    /// <param name="row">Which.</param>
    public ref float BiasOf(int row) => ref *(PointerTo(row) + Length);

    /// <summary>Starts all vectors at random.</summary>
    /// <param name="random">What is drawn from.</param>
    /// <param name="deviation">The standard deviation of a number.</param>
    public void Start(ref SplitMix random, double deviation)
    {
        for (int row = 0; row < Rows; row++)
        {
            foreach (ref float number in this[row])
            {
                number = (float)(random.Normal() * deviation);
            }
        }
    }

    /// <summary>A copy of the vectors, one behind the other.</summary>
    /// <param name="factor">What each number is multiplied by.</param>
    public float[] ToVectors(float factor = 1)
    {
        var result = new float[Rows * Dimensions];
        for (int row = 0; row < Rows; row++)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(this[row], factor, result.AsSpan(row * Dimensions, Dimensions));
        }

        return result;
    }

    /// <summary>A copy of the numbers beside the vectors.</summary>
    /// <param name="factor">What each is multiplied by.</param>
    public float[] ToBiases(float factor = 1)
    {
        var result = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            result[row] = BiasOf(row) * factor;
        }

        return result;
    }
}
