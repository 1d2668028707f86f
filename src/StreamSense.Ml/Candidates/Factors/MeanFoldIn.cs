using System.Numerics.Tensors;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>The weighted mean of the vectors of a history.</summary>
/// <remarks>Fits vectors of which the length means little, as embeddings of content have.</remarks>
/// <param name="factors">The vectors.</param>
public sealed class MeanFoldIn(ItemFactors factors) : IFoldIn
{
    private readonly ItemFactors _factors = factors ?? throw new ArgumentNullException(nameof(factors));

    /// <inheritdoc/>
    public int Dimensions => _factors.Dimensions;

    /// <inheritdoc/>
    public int ScratchBytes => 0;

    /// <inheritdoc/>
    public void Fold(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> vector, Span<byte> scratch)
    {
        vector = vector[..Dimensions];
        vector.Clear();
        float sum = 0;
        for (int i = 0; i < items.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(
                _factors.Values.AsSpan(items[i] * Dimensions, Dimensions), weights[i], vector, vector);
            sum += weights[i];
        }

        if (sum > 0)
        {
            TensorPrimitives.Multiply(vector, 1 / sum, vector);
        }
    }
}
