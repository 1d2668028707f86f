using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking;

/// <summary>Scores by a weighted sum of features.</summary>
/// <remarks>
/// One sweep a feature over all candidates. Products are added in the order of the layout, each rounded by itself, so that a score has
/// the same bits whatever the width of the processor's vectors and wherever the candidate stands.
/// </remarks>
public sealed class LinearRanker : IExplainingRanker
{
    private readonly float[] _weights;
    private readonly float[] _missing;

    /// <summary>Binds a model to a layout.</summary>
    /// <param name="model">The weights.</param>
    /// <param name="layout">The features there are.</param>
    /// <exception cref="ArgumentException">
    /// The model was made for another layout, names a feature twice or one that the layout lacks, or has a number that is not finite.
    /// </exception>
    public LinearRanker(LinearModel model, FeatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(layout);
        if (model.LayoutHash is { } hash && hash != layout.Hash)
        {
            throw new ArgumentException(
                $"The model {model.Name} was made for the layout {hash:x16}, this is {layout.Hash:x16}.", nameof(model));
        }

        _weights = new float[layout.Count];
        _missing = new float[layout.Count];
        var named = new HashSet<int>();
        foreach (FeatureWeight weight in model.Weights)
        {
            int column = layout.IndexOf(weight.Feature);
            if (column < 0 || !named.Add(column) || !float.IsFinite(weight.Weight) || !float.IsFinite(weight.Missing))
            {
                throw new ArgumentException(
                    $"The weight of {weight.Feature} in {model.Name} is for an unknown feature, given twice or not finite.", nameof(model));
            }

            _weights[column] = weight.Weight;
            _missing[column] = weight.Missing;
        }

        if (!float.IsFinite(model.Bias))
        {
            throw new ArgumentException($"The bias of {model.Name} is not finite.", nameof(model));
        }

        Intercept = model.Bias;
        Layout = layout;
        Info = new ModelInfo(model.Name, model.Version, layout.Hash);
    }

    /// <inheritdoc/>
    public ModelInfo Info { get; }

    /// <inheritdoc/>
    public FeatureLayout Layout { get; }

    /// <inheritdoc/>
    public float Intercept { get; }

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => maxCandidates * sizeof(float);

    /// <inheritdoc/>
    public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch)
    {
        EnsureLayout(batch);
        int count = batch.Count;
        if (scores.Length < count || scratch.Length < ScratchBytes(count))
        {
            throw new ArgumentException(
                $"{count} candidates need {count} scores and {ScratchBytes(count)} bytes of scratch.", nameof(scores));
        }

        scores = scores[..count];
        Span<float> filled = MemoryMarshal.Cast<byte, float>(scratch)[..count];
        scores.Fill(Intercept);
        for (int column = 0; column < _weights.Length; column++)
        {
            if (_weights[column] != 0)
            {
                FillMissing(batch.Column(column), _missing[column], filled);
                TensorPrimitives.MultiplyAdd(filled, _weights[column], scores, scores);
            }
        }
    }

    /// <inheritdoc/>
    public void Explain(in RankContext context, in CandidateBatch batch, int candidate, Span<float> contributions)
    {
        EnsureLayout(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)candidate, (uint)batch.Count, nameof(candidate));
        if (contributions.Length < _weights.Length)
        {
            throw new ArgumentException($"{_weights.Length} features need as many contributions.", nameof(contributions));
        }

        for (int column = 0; column < _weights.Length; column++)
        {
            float value = batch.Column(column)[candidate];
            contributions[column] = _weights[column] * (float.IsNaN(value) ? _missing[column] : value);
        }
    }

    private static void FillMissing(ReadOnlySpan<float> values, float missing, Span<float> filled)
    {
        int i = 0;
        var missingBlock = new Vector<float>(missing);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var block = new Vector<float>(values[i..]);
            Vector.ConditionalSelect(Vector.Equals(block, block), block, missingBlock).CopyTo(filled[i..]);
        }

        for (; i < values.Length; i++)
        {
            filled[i] = float.IsNaN(values[i]) ? missing : values[i];
        }
    }

    private void EnsureLayout(in CandidateBatch batch)
    {
        if (batch.Layout.Hash != Layout.Hash)
        {
            throw new ArgumentException(
                $"The batch has the feature layout {batch.Layout.Hash:x16}, the model {Info} needs {Layout.Hash:x16}.", nameof(batch));
        }
    }
}
