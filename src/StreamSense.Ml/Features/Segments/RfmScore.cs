namespace StreamSense.Ml.Features.Segments;

/// <summary>Scores of recency, frequency and money, each from 1 to 5; 5 is the best fifth of the audience.</summary>
/// <param name="Recency">5: came most recently.</param>
/// <param name="Frequency">5: came most often.</param>
/// <param name="Monetary">5: for the most.</param>
public readonly record struct RfmScore(int Recency, int Frequency, int Monetary)
{
    /// <summary>The segment that the scores of recency and frequency stand for; see <see cref="RfmSegment"/>.</summary>
    public RfmSegment Segment => (Recency, Frequency) switch
    {
        ( >= 5, >= 4) => RfmSegment.Champions,
        ( >= 3, >= 4) => RfmSegment.Loyal,
        ( >= 4, >= 2) => RfmSegment.PotentialLoyalists,
        ( >= 5, _) => RfmSegment.New,
        ( >= 4, _) => RfmSegment.Promising,
        ( >= 3, >= 3) => RfmSegment.NeedAttention,
        ( >= 3, _) => RfmSegment.AboutToSleep,
        (_, >= 5) => RfmSegment.CannotLose,
        (_, >= 3) => RfmSegment.AtRisk,
        _ => RfmSegment.Hibernating,
    };

    /// <summary>The three scores side by side, for example <c>543</c>.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Recency}{Frequency}{Monetary}");
}
