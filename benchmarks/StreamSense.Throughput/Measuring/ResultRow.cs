namespace StreamSense.Throughput.Measuring;

/// <summary>What was measured of one contender in one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Contender">The contender.</param>
/// <param name="Figures">The numbers; every row of a result has the same ones.</param>
/// <param name="Ratio">How many times as fast as the baseline it is: the median of the ratios within a round.</param>
/// <param name="Floor">What the ratio must be at least; 0 if nothing.</param>
public sealed record ResultRow(string Case, string Contender, IReadOnlyList<Figure> Figures, double Ratio, double Floor = 0)
{
    /// <summary>The widest vectors there were, where it was measured with narrower ones than the machine has.</summary>
    /// <value>Null: all that the machine has.</value>
    public string? Vectors { get; init; }
}
