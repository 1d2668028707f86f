namespace StreamSense.Ml.Training.Linear;

/// <summary>How an <see cref="FtrlLearner"/> learns.</summary>
public sealed class FtrlOptions
{
    /// <summary>How large the steps are at first: alpha.</summary>
    /// <value>Default 0.1.</value>
    public double Alpha { get; set; } = 0.1;

    /// <summary>How long they stay large: beta.</summary>
    /// <value>Default 1.</value>
    public double Beta { get; set; } = 1;

    /// <summary>How much evidence a weight needs before it is other than 0: lambda 1.</summary>
    /// <value>Default 0.1.</value>
    public double L1 { get; set; } = 0.1;

    /// <summary>How strongly weights are drawn to 0: lambda 2.</summary>
    /// <value>Default 1.</value>
    public double L2 { get; set; } = 1;

    /// <summary>Whether there is a weight that every row has, with neither of the two lambdas.</summary>
    /// <value>Default true.</value>
    public bool Intercept { get; set; } = true;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        bool holds = Alpha > 0 && double.IsFinite(Alpha) && Beta >= 0 && double.IsFinite(Beta) && L1 >= 0 && double.IsFinite(L1)
            && L2 >= 0 && double.IsFinite(L2);
        if (!holds || Beta + L2 == 0)
        {
            throw new ArgumentException($"{nameof(Alpha)} is above 0; {nameof(Beta)}, {nameof(L1)} and {nameof(L2)} are 0 or more, and one "
                + $"of {nameof(Beta)} and {nameof(L2)} is above 0.");
        }
    }
}
