using System.Numerics.Tensors;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Factors;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Titles are alike by the cosine of their vectors, as far as it is above 0.</summary>
/// <remarks>A title without a vector is like no other.</remarks>
public sealed class FactorSimilarity : ITitleSimilarity
{
    private readonly int _dimensions;
    private readonly float[] _unit;
    private readonly TitlePlaces _places;

    /// <summary>Compares by factors.</summary>
    /// <param name="factors">The vectors; a copy of them, each of length 1, is kept.</param>
    public FactorSimilarity(ItemFactors factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        _dimensions = factors.Dimensions;
        _places = new TitlePlaces(factors.Titles.AsSpan());
        _unit = [.. factors.Values];
        for (int item = 0; item < factors.Titles.Length; item++)
        {
            Span<float> vector = _unit.AsSpan(item * _dimensions, _dimensions);
            float length = FactorProduct.Norm(vector);
            if (length > 0)
            {
                TensorPrimitives.Divide(vector, length, vector);
            }
        }
    }

    /// <inheritdoc/>
    public void Compare(ReadOnlySpan<CatalogueTitle> rows, int candidate, ReadOnlySpan<int> others, Span<float> similarities)
    {
        ReadOnlySpan<float> vector = VectorOf(rows[candidate].Id);
        for (int i = 0; i < others.Length; i++)
        {
            ReadOnlySpan<float> other = VectorOf(rows[others[i]].Id);
            similarities[i] = vector.IsEmpty || other.IsEmpty ? 0 : Math.Clamp(FactorProduct.Dot(vector, other), 0, 1);
        }
    }

    private ReadOnlySpan<float> VectorOf(TitleId title)
    {
        int place = _places.Of(title);
        return place < 0 ? [] : _unit.AsSpan(place * _dimensions, _dimensions);
    }
}
