namespace StreamSense.Ml.Training.Interactions;

/// <summary>What an iALS model was fitted with, which is needed to solve for somebody new.</summary>
/// <param name="Dimensions">How many numbers a vector has.</param>
/// <param name="UnobservedWeight">What a pair without an interaction weighs: α₀.</param>
/// <param name="Regularisation">How strongly numbers are held near zero: λ.</param>
/// <param name="FrequencyExponent">How λ grows with how often somebody occurs: ν.</param>
public readonly record struct IalsShape(int Dimensions, double UnobservedWeight, double Regularisation, double FrequencyExponent)
{
    /// <summary>What is added to the diagonal: <c>λ (n + α₀ N)^ν</c>.</summary>
    /// <param name="taken">How many of the other side it has: n.</param>
    /// <param name="others">How many there are: N.</param>
    internal double Ridge(int taken, int others) =>
        Regularisation * Math.Pow(taken + (UnobservedWeight * others), FrequencyExponent);

    /// <summary>Refuses a shape that cannot be.</summary>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Dimensions, 1024);
        ModelParts.CheckPositive(UnobservedWeight, nameof(UnobservedWeight));
        ModelParts.CheckPositive(Regularisation, nameof(Regularisation));
    }
}
