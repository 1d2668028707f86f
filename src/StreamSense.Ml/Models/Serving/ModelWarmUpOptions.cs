namespace StreamSense.Ml.Models.Serving;

/// <summary>How a model is tried before it serves.</summary>
public sealed class ModelWarmUpOptions
{
    /// <summary>How many rankings are done at least; the requests are repeated until there are as many.</summary>
    /// <value>300: the runtime compiles a method anew after 30 calls, in the background.</value>
    public int Calls { get; init; } = 300;

    /// <summary>After how long it ends, even if there were fewer rankings; each request is done once in any case.</summary>
    /// <value>2 seconds.</value>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a ranking may take: 99 of 100 of the last half.</summary>
    /// <value>Null: it is measured and not judged.</value>
    public TimeSpan? LatencyBudget { get; init; }

    /// <summary>Whether a model over the budget is refused, or only reported.</summary>
    /// <value>False.</value>
    public bool RefuseOverBudget { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Calls, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDuration, TimeSpan.Zero);
        if (LatencyBudget is { } budget)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget, TimeSpan.Zero, nameof(LatencyBudget));
        }
    }
}
