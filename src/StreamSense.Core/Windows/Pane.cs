namespace StreamSense.Core.Windows;

/// <summary>What one pane, or a run of panes, has taken.</summary>
/// <typeparam name="TState">The state of the aggregate.</typeparam>
internal struct Pane<TState>
{
    public TState State;

    /// <summary>How many inputs it has.</summary>
    public long Inputs;

    /// <summary>The number of the pane; meaningless in a run.</summary>
    public long Index;
}
