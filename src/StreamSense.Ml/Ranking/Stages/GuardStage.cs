using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Puts titles behind whose feature is above a limit: those that stall on this device, say.</summary>
/// <remarks>
/// A guard on quality of experience: the model may like a title that this viewer's device or network cannot play well. A missing value
/// passes. The order is kept on both sides.
/// </remarks>
public sealed class GuardStage : IRankingStage
{
    private readonly string _feature;
    private readonly int _column;
    private readonly ulong _layout;
    private readonly float _atMost;

    /// <summary>Creates a stage.</summary>
    /// <param name="layout">The features of the surface.</param>
    /// <param name="feature">The name of the feature.</param>
    /// <param name="atMost">The highest value that is let through.</param>
    /// <exception cref="ArgumentException">The layout does not have the feature, or the limit is not a number.</exception>
    public GuardStage(FeatureLayout layout, string feature, float atMost)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentException.ThrowIfNullOrEmpty(feature);
        _feature = feature;
        Name = "guard-" + feature;
        _column = layout.IndexOf(feature);
        _layout = layout.Hash;
        _atMost = atMost;
        if (_column < 0 || float.IsNaN(atMost))
        {
            throw new ArgumentException($"There is no feature {feature} in the layout, or its limit is not a number.", nameof(feature));
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => StageMemory.BytesOf<RankedCandidate>(maxCandidates);

    /// <inheritdoc/>
    public int Apply(in StageContext context, Span<RankedCandidate> order, Span<byte> scratch)
    {
        if (context.Batch.Layout.Hash != _layout)
        {
            throw new ArgumentException($"The guard of {_feature} was made for another feature layout.", nameof(context));
        }

        Span<RankedCandidate> back = StageMemory.Take<RankedCandidate>(ref scratch, order.Length);
        ReadOnlySpan<float> values = context.Batch.Column(_column);
        int kept = 0;
        int moved = 0;
        for (int i = 0; i < order.Length; i++)
        {
            RankedCandidate item = order[i];
            if (values[item.Candidate] > _atMost)
            {
                back[moved++] = item;
            }
            else
            {
                order[kept++] = item;
            }
        }

        back[..moved].CopyTo(order[kept..]);
        return order.Length;
    }
}
