namespace StreamSense.Core.Windows;

/// <summary>An open or told session window.</summary>
internal struct SessionWindowRow<TKey, TState, TResult>
{
    public TKey Key;
    public TState State;
    public long Id;
    public long First;
    public long Last;
    public long Inputs;

    /// <summary>What was told last; meaningful from version 1 on.</summary>
    public SessionWindowResult<TKey, TResult> Told;

    /// <summary>0 until it is told.</summary>
    public int Version;

    /// <summary>The next window of the key, or the next free row; -1 behind the last.</summary>
    public int Next;

    /// <summary>Whether it took an input since it was told.</summary>
    public bool Changed;

    public readonly bool MustBeTold => Version == 0 || Changed;
}
