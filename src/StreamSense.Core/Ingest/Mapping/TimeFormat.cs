using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>How a source writes times.</summary>
/// <remarks>
/// A local time that a change of the clocks makes twice is the second one; one that it leaves out is moved on by the change. Immutable.
/// </remarks>
internal sealed class TimeFormat
{
    /// <summary>The names of the formats that are no patterns.</summary>
    public static readonly string[] Names = ["unix_s", "unix_ms", "unix_us", "unix_ns", "rfc3339"];

    private readonly int? _power;
    private readonly TimePattern? _pattern;
    private readonly TimeZoneInfo _zone;
    private readonly bool _isAny;

    /// <summary>Creates a format.</summary>
    /// <param name="name">A name or a pattern; null for what the canonical text takes: RFC 3339, or milliseconds since 1970.</param>
    /// <param name="zone">The zone of texts that do not say theirs.</param>
    /// <exception cref="FormatException">It is neither a name nor a pattern.</exception>
    public TimeFormat(string? name, TimeZoneInfo? zone)
    {
        _zone = zone ?? TimeZoneInfo.Utc;
        _isAny = name is null;
        _power = name switch
        {
            "unix_s" => 6,
            null or "unix_ms" => 3,
            "unix_us" => 0,
            "unix_ns" => -3,
            _ => null,
        };
        _pattern = _power is null && name is not "rfc3339" ? new TimePattern(name!) : null;
        Description = name ?? "RFC 3339 or milliseconds since 1970";
    }

    /// <summary>What a message says was expected.</summary>
    public string Description { get; }

    /// <summary>Whether texts of this format may need a zone.</summary>
    public bool TakesZone => _pattern is not null;

    /// <summary>Reads a time; digits beyond the microsecond are cut.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, byte decimalMark, out long unixMicroseconds)
    {
        unixMicroseconds = 0;
        if (_pattern is not null)
        {
            return TryPattern(text, out unixMicroseconds);
        }

        return (_power is int power
                && SourceNumber.TryParse(text, decimalMark, out DecimalNumber number, out _)
                && number.TryScale(power, out unixMicroseconds, out _))
            || ((_power is null || _isAny) && Rfc3339.TryParse(text, dateAlone: true, out unixMicroseconds));
    }

    private bool TryPattern(ReadOnlySpan<byte> text, out long unixMicroseconds)
    {
        unixMicroseconds = 0;
        if (!_pattern!.TryRead(text, out TimeFields fields))
        {
            return false;
        }

        long local = fields.LocalMicroseconds;
        if (fields.OffsetMinutes is int minutes)
        {
            unixMicroseconds = local - (minutes * 60_000_000L);
            return true;
        }

        long ticks = DateTime.UnixEpoch.Ticks + (local * TimeSpan.TicksPerMicrosecond);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        TimeSpan offset = _zone.GetUtcOffset(new DateTime(ticks, DateTimeKind.Unspecified));
        unixMicroseconds = local - (offset.Ticks / TimeSpan.TicksPerMicrosecond);
        return true;
    }
}
