namespace StreamSense.Ml.Models.Serving;

/// <summary>What a look at the registry came to.</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="Version">The version that the registry says should serve; null if it says none, or was not asked.</param>
/// <param name="Reason">Why the version was refused; null if it was not.</param>
/// <param name="WarmUp">What came of trying the model; null if it was not tried.</param>
public sealed record ModelRefresh(
    ModelRefreshOutcome Outcome, string? Version = null, string? Reason = null, WarmUpReport? WarmUp = null);
