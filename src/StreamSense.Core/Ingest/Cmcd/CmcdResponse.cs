using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What the server of a request knows of its response.</summary>
/// <param name="Status">The HTTP status; 0 if unknown.</param>
/// <param name="Bytes">The bytes sent; <see cref="Absent.Time"/> if unknown.</param>
/// <param name="TtfbMilliseconds">From the request to the first byte; <see cref="Absent.Number"/> if unknown.</param>
/// <param name="TtlbMilliseconds">From the request to the last byte; <see cref="Absent.Number"/> if unknown.</param>
public readonly record struct CmcdResponse(int Status, long Bytes, int TtfbMilliseconds, int TtlbMilliseconds)
{
    /// <summary>Nothing is known.</summary>
    public static CmcdResponse Unknown => new(0, Absent.Time, Absent.Number, Absent.Number);
}
