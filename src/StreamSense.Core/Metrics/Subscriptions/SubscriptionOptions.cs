namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>How much is remembered of trials and subscribers.</summary>
/// <remarks>Read once, when the stage is made; later changes have no effect.</remarks>
public sealed class SubscriptionOptions
{
    /// <summary>
    /// How many trials, and how many accounts, are remembered apart; beyond, a fair sample of them
    /// (<see cref="SubscriptionMetrics.SampleShare"/>).
    /// </summary>
    /// <value>131,072; a trial takes about 70 bytes, an account 190.</value>
    public int MaxAccounts { get; set; } = 131_072;

    /// <summary>How many plans, and how many pairs of plan and currency, are counted apart; further ones share <c>other</c>.</summary>
    /// <value>1,024.</value>
    public int MaxPlans { get; set; } = 1_024;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAccounts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPlans, 1);
    }
}
