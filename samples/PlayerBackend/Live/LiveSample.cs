using System.Text.Json;

namespace PlayerBackend.Live;

/// <summary>What the board's charts draw of one second.</summary>
internal sealed record LiveSample
{
    /// <summary>The second, since 1970.</summary>
    public required long Second { get; init; }

    /// <summary>Plays open at the moment.</summary>
    public required int Concurrent { get; init; }

    /// <summary>Stall time per play and stall time of the last half minute; null where nothing was played.</summary>
    public double? StallShare { get; init; }

    /// <summary>Mean bitrate of what was played in the last half minute; null where nothing was.</summary>
    public double? BitrateKbps { get; init; }

    /// <summary>Median startup in milliseconds, of all views.</summary>
    public double? StartupP50 { get; init; }

    /// <summary>The startup that 95 % of the views stay within, in milliseconds.</summary>
    public double? StartupP95 { get; init; }

    /// <summary>Writes the sample as the page reads it.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("t"u8, Second);
        writer.WriteNumber("concurrent"u8, Concurrent);
        WriteIfAny(writer, "stallShare"u8, StallShare);
        WriteIfAny(writer, "bitrateKbps"u8, BitrateKbps);
        WriteIfAny(writer, "startupP50"u8, StartupP50);
        WriteIfAny(writer, "startupP95"u8, StartupP95);
        writer.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
