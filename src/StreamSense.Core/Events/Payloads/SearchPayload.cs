using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A search; the query lies in the annex.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SearchPayload : IEventPayload
{
    /// <summary>Number of results, or <see cref="Absent.Number"/>.</summary>
    public int Results;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Search;
}
