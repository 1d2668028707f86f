using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>The end of an attempt, with the values that belong to it as a whole.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Context">The context in force at the end, its source and app among it.</param>
/// <param name="BySilence">Whether nothing but silence ended it.</param>
/// <param name="Groups">The groups of the dimensions in force at the end.</param>
/// <param name="PlayGroups">The groups of the dimensions at the first content frame, of a play.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Stalled">Whether it had a stall.</param>
/// <param name="Startup">Its startup time in microseconds, or <see cref="Absent.Time"/>.</param>
/// <param name="ContentStartup">Its content startup time in microseconds, or <see cref="Absent.Time"/>.</param>
internal readonly record struct ViewEnding(
    EventTime Time,
    ContextId Context,
    bool BySilence,
    ViewGroups Groups,
    ViewGroups PlayGroups,
    ViewOutcome Outcome,
    bool Stalled,
    long Startup,
    long ContentStartup);
