using System.Collections.Immutable;

namespace StreamSense.Ml.Models.Serving;

/// <summary>How a <see cref="ModelWatcher"/> looks after a model in service.</summary>
public sealed class ModelWatcherOptions
{
    /// <summary>How long after a look the next one reads the disk again; calls in between do nothing.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How new models are tried.</summary>
    /// <value>The defaults of <see cref="ModelWarmUpOptions"/>.</value>
    public ModelWarmUpOptions WarmUp { get; init; } = new();

    /// <summary>Gives the rankings that new models are tried with, for example <see cref="WarmUpCapture.Requests"/>.</summary>
    /// <value>Null: rankings are made up by <see cref="SyntheticRequests"/>, as they also are while the function gives none.</value>
    public Func<ImmutableArray<WarmUpRequest>>? Requests { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(WarmUp);
        WarmUp.Validate();
    }
}
