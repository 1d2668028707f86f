using StreamSense.Core.Events;

namespace StreamSense.Testing.Scripts;

/// <summary>One canonical event as text, with the time by which scripts are put in order.</summary>
/// <param name="Time">When it happens.</param>
/// <param name="Line">The NDJSON line, without a line end.</param>
public readonly record struct ScriptedEvent(EventTime Time, string Line);
