namespace StreamSense.Ml.Models.Serving;

/// <summary>What came of trying a model.</summary>
/// <param name="Calls">How many rankings were done.</param>
/// <param name="Median">How long one of two rankings of the last half took at most.</param>
/// <param name="P99">How long 99 of 100 rankings of the last half took at most.</param>
/// <param name="IsOverBudget">Whether <paramref name="P99"/> is more than the budget.</param>
/// <param name="Problem">Why the model is refused; null if it is not.</param>
public sealed record WarmUpReport(int Calls, TimeSpan Median, TimeSpan P99, bool IsOverBudget, string? Problem)
{
    /// <summary>Whether the model may serve.</summary>
    public bool IsAccepted => Problem is null;
}
