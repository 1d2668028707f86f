namespace StreamSense.Ml.Features.Rules;

/// <summary>How a feature is kept and read.</summary>
/// <remarks>Immutable values with equality. The rules are those of this namespace; what they compute is in each one's remarks.</remarks>
public abstract record FeatureRule
{
    private protected FeatureRule()
    {
    }
}
