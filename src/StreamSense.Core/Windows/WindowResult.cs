using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>What is told of a window, once its end is behind the watermark, and again when late inputs changed it.</summary>
/// <remarks>A higher version of the same window replaces the lower one: its value is whole, not a difference.</remarks>
/// <typeparam name="TResult">What is told.</typeparam>
/// <param name="Start">Where the window begins; the instant belongs to it.</param>
/// <param name="End">Where it ends; the instant belongs to the next one.</param>
/// <param name="Version">1 the first time, one more each time it is told again.</param>
/// <param name="Inputs">How many inputs it has.</param>
/// <param name="Value">What they come to.</param>
public readonly record struct WindowResult<TResult>(EventTime Start, EventTime End, int Version, long Inputs, TResult Value);
