namespace StreamSense.Core.Events;

/// <summary>An interned <see cref="EventContext"/>: the dimensions that whole runs of events share.</summary>
/// <remarks>Never leaves the process. <see cref="ContextTable"/> holds the contexts.</remarks>
/// <param name="Value">The number; 0 is the empty context.</param>
public readonly record struct ContextId(uint Value);
