using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>The end of an attempt, with the values that belong to it as a whole.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Dimensions">The dimensions in force at the end.</param>
/// <param name="PlayDimensions">The dimensions at the first content frame, of a play.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Startup">Its startup time in microseconds, or <see cref="Absent.Time"/>.</param>
/// <param name="ContentStartup">Its content startup time in microseconds, or <see cref="Absent.Time"/>.</param>
internal readonly record struct ViewEnding(
    EventTime Time,
    ViewDimensions Dimensions,
    ViewDimensions PlayDimensions,
    ViewOutcome Outcome,
    long Startup,
    long ContentStartup);
