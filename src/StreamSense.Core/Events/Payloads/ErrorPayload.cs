using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>An error; code and message lie in the annex.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ErrorPayload : IEventPayload
{
    /// <summary>Whether playback could go on.</summary>
    public ErrorSeverity Severity;

    /// <summary>Whose fault it is.</summary>
    public ErrorCategory Category;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Error;
}
