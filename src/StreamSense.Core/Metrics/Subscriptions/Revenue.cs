namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>What was paid in a currency, exactly.</summary>
/// <param name="Currency">The currency as the events name it; <c>unknown</c> where they do not.</param>
/// <param name="Paid">The amounts of trials, starts, renewals, conversions and changes of plan together, in units of the currency.</param>
/// <param name="Refunded">The sum of what was given back, as a positive amount.</param>
public sealed record Revenue(string Currency, decimal Paid, decimal Refunded)
{
    /// <summary>Paid less refunded.</summary>
    public decimal Net => Paid - Refunded;
}
