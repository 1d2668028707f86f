namespace StreamSense.Ml.Training.Boosting;

/// <summary>A question that a growing tree asks, in bins.</summary>
/// <param name="feature">The feature.</param>
/// <param name="goesLeft">For each bin 1 if its rows go left, else 0; the bin of missing values among them, wherever it lies.</param>
internal sealed class BinSplit(int feature, byte[] goesLeft)
{
    /// <summary>The feature.</summary>
    public int Feature { get; } = feature;

    /// <summary>For each bin 1 if its rows go left, else 0.</summary>
    public byte[] GoesLeft { get; } = goesLeft;

    /// <summary>The child on the left: a split, or a leaf as its complement.</summary>
    public int Left { get; set; }

    /// <summary>The child on the right: a split, or a leaf as its complement.</summary>
    public int Right { get; set; }
}
