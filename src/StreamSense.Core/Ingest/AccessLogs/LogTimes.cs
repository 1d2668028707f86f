using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>Reads the times of logs.</summary>
internal static class LogTimes
{
    private const int ZoneLength = 5;
    private const int SecondsEnd = 20;

    /// <summary>Reads <c>17/May/2015:10:05:03 +0000</c>, with a fraction of a second if there is one, or an RFC 3339 time.</summary>
    public static bool TryCommon(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        if (text.Length > 4 && text[4] == (byte)'-')
        {
            bool isInstant = Rfc3339.TryParse(text, dateAlone: false, out long instant);
            time = new EventTime(instant);
            return isInstant;
        }

        int zone = text.LastIndexOf((byte)' ') + 1;
        if (text.Length < SecondsEnd + 1 + ZoneLength || zone < SecondsEnd + 1 || text.Length - zone != ZoneLength
            || text[2] != (byte)'/' || text[6] != (byte)'/' || text[11] != (byte)':' || MonthOf(text[3..6]) == 0)
        {
            return false;
        }

        // Said again as RFC 3339, whose reader knows the calendar.
        Span<byte> again = stackalloc byte[64];
        ReadOnlySpan<byte> fraction = text[SecondsEnd..(zone - 1)];
        if (fraction.Length > again.Length - 25)
        {
            return false;
        }

        int month = MonthOf(text[3..6]);
        text[7..11].CopyTo(again);
        again[4] = (byte)'-';
        again[5] = (byte)('0' + (month / 10));
        again[6] = (byte)('0' + (month % 10));
        again[7] = (byte)'-';
        text[..2].CopyTo(again[8..]);
        again[10] = (byte)'T';
        text[12..SecondsEnd].CopyTo(again[11..]);
        fraction.CopyTo(again[19..]);
        Span<byte> offset = again[(19 + fraction.Length)..];
        text[zone..(zone + 3)].CopyTo(offset);
        offset[3] = (byte)':';
        text[(zone + 3)..].CopyTo(offset[4..]);
        bool isTime = Rfc3339.TryParse(again[..(25 + fraction.Length)], dateAlone: false, out long microseconds);
        time = new EventTime(microseconds);
        return isTime;
    }

    /// <summary>Reads <c>2026-01-02</c> and <c>03:04:05</c> (or <c>03:04</c>, or with a fraction), in UTC.</summary>
    public static bool TryDateAndTime(ReadOnlySpan<byte> date, ReadOnlySpan<byte> timeOfDay, out EventTime time)
    {
        time = default;
        Span<byte> again = stackalloc byte[48];
        if (date.Length != 10 || timeOfDay.Length is < 5 or > 30)
        {
            return false;
        }

        date.CopyTo(again);
        again[10] = (byte)'T';
        timeOfDay.CopyTo(again[11..]);
        int length = 11 + timeOfDay.Length;
        if (timeOfDay.Length == 5)
        {
            ":00"u8.CopyTo(again[length..]);
            length += 3;
        }

        again[length] = (byte)'Z';
        bool isTime = Rfc3339.TryParse(again[..(length + 1)], dateAlone: false, out long microseconds);
        time = new EventTime(microseconds);
        return isTime;
    }

    /// <summary>Reads seconds since 1970, with a fraction.</summary>
    public static bool TryEpoch(ReadOnlySpan<byte> text, out EventTime time)
    {
        bool isTime = LogText.TryNumber(text, 6, EventTime.Latest.UnixMicroseconds, out long microseconds);
        time = new EventTime(microseconds);
        return isTime;
    }

    private static int MonthOf(ReadOnlySpan<byte> name)
    {
        int place = "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(name);
        return place >= 0 && place % 3 == 0 ? (place / 3) + 1 : 0;
    }
}
