namespace StreamSense.Ml.Features.Rules;

/// <summary>The cosine between a candidate’s vector and the mean of those of the titles taken last.</summary>
/// <remarks>From -1 to 1; missing where a vector is. The vectors are the host’s, see <see cref="IVectorSource"/>.</remarks>
/// <param name="Vectors">The name of the vectors.</param>
/// <param name="Of">Which titles are taken.</param>
public sealed record VectorRule(string Vectors, EventSelector Of) : FeatureRule
{
    /// <summary>How many different titles are remembered, from 1 to 64.</summary>
    /// <value>16.</value>
    public int Last { get; init; } = 16;
}
