using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>What is told of a session window: a run of a key's inputs that are less than a gap apart.</summary>
/// <remarks>A higher version of the same <paramref name="Id"/> replaces the lower one, its times included.</remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TResult">What is told.</typeparam>
/// <param name="Id">The number of the window in its operator; a window that others were merged into has a new one.</param>
/// <param name="Version">1 the first time, one more each time it is told again.</param>
/// <param name="Key">The key.</param>
/// <param name="First">The time of the first input.</param>
/// <param name="Last">The time of the last input; the window ends a gap later.</param>
/// <param name="Inputs">How many inputs it has.</param>
/// <param name="Value">What they come to.</param>
public readonly record struct SessionWindowResult<TKey, TResult>(
    long Id, int Version, TKey Key, EventTime First, EventTime Last, long Inputs, TResult Value);
