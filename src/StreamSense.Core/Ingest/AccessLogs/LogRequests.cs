using System.Buffers;
using System.Buffers.Text;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>What all logs have in common: turns the values of a line into a media request, and keeps the totals.</summary>
/// <remarks>
/// Address and user agent end here: they become a keyed hash, a country, a network and a kind of device. Paths, queries and referrers,
/// which may hold tokens, are not written. One thread at a time; allocates nothing once warm.
/// </remarks>
internal sealed class LogRequests
{
    private const int HashLength = 16;

    private readonly AccessLogOptions _options;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly VisitTable _visits;
    private readonly RecentKeys<int> _lines;
    private readonly CmcdScratch _scratch = new();
    private readonly OriginTexts _origin = new();
    private readonly ArrayBufferWriter<byte> _id = new(256);

    public LogRequests(Pseudonymizer pseudonymizer, AccessLogOptions? options)
    {
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        _options = (options ?? new AccessLogOptions()).Copy();
        AccessLogOptions.Validate(_options);
        _pseudonymizer = pseudonymizer;
        _visits = new VisitTable(_options.VisitGap, _options.MaxDevices);
        _lines = new RecentKeys<int>(_options.MaxLines);
    }

    public AccessLogOptions Options => _options;

    public AccessLogTotals Totals { get; } = new();

    public LogValues Values { get; } = new();

    public void Begin(IngestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _origin.Take(origin);
        _lines.Clear();
    }

    public void Reject(CanonicalRecords output, string rule)
    {
        Totals.Unreadable++;
        output.Reject(RejectReason.Malformed, rule);
    }

    /// <summary>Says a line as an event.</summary>
    /// <param name="line">The line, which identifies the request where it has no id of its own.</param>
    /// <param name="time">When it was made.</param>
    /// <param name="cdn">The CDN that the log is of; empty if it is none.</param>
    /// <param name="takenPower">The power of ten that turns the unit of <c>time-taken</c> into milliseconds.</param>
    /// <param name="output">Takes the event.</param>
    public void Write(ReadOnlySpan<byte> line, EventTime time, ReadOnlySpan<byte> cdn, int takenPower, CanonicalRecords output)
    {
        LogText.TryNumber(Values[LogField.Status], 0, 999, out long status);
        LogText.TryNumber(Values[LogField.Bytes], 0, long.MaxValue, out long bytes);
        ReadOnlySpan<byte> userAgent = Values[LogField.UserAgent];
        ReadOnlySpan<byte> kind = userAgent.IsEmpty ? default : DeviceKinds.Utf8KindOf(userAgent);
        bool isBot = kind.SequenceEqual("bot"u8);
        ulong device = DeviceOf(userAgent);
        Count(time, status, bytes, isBot);
        EventTime visit = device == 0 ? default : Visit(device, time, isBot);
        if (isBot && _options.Bots == BotPolicy.Exclude)
        {
            Totals.Excluded++;
            output.Exclude("the request of a bot, left out by the bot policy");
            return;
        }

        MediaFacts media = MediaFacts.Read(Values, _scratch);
        output.BeginEvent(EventKind.MediaRequest);
        output.Time("time"u8, time);
        output.Text("id"u8, IdOf(line));
        output.Text("source"u8, _origin.Source.Length > 0 ? _origin.Source : cdn.IsEmpty ? "access-log"u8 : "cdn:cloudfront"u8);
        output.Text("cdn"u8, _origin.Cdn.Length > 0 ? _origin.Cdn : cdn);
        WriteWho(output, device, visit, userAgent.IsEmpty && _origin.DeviceKind.Length > 0 ? _origin.DeviceKind : kind);
        WriteWhere(output);
        output.Text("view"u8, media.Session);
        output.Text("title"u8, media.Content.IsEmpty ? _origin.Title : media.Content);
        WriteAnswer(output, status, bytes, takenPower);
        WriteMedia(output, media);
        output.EndEvent();
        output.EndRecord();
    }

    private ulong DeviceOf(ReadOnlySpan<byte> userAgent)
    {
        ReadOnlySpan<byte> address = Values[LogField.Address];
        return address.IsEmpty ? 0 : _pseudonymizer.Device(Values.Join(address, (byte)'\n', userAgent)).Value;
    }

    private void Count(EventTime time, long status, long bytes, bool isBot)
    {
        Totals.Requests++;
        Totals.BotRequests += isBot ? 1 : 0;
        Totals.Bytes += bytes;
        Totals.ClientErrors += status is >= 400 and <= 499 ? 1 : 0;
        Totals.ServerErrors += status is >= 500 and <= 599 ? 1 : 0;
        Totals.GivenUp += Values[LogField.Status].SequenceEqual("000"u8) ? 1 : 0;
        Totals.FirstTime = Totals.FirstTime is { } first && first <= time ? first : time;
        Totals.LastTime = Totals.LastTime is { } last && last >= time ? last : time;
    }

    private EventTime Visit(ulong device, EventTime time, bool isBot)
    {
        EventTime visit = _visits.Enter(device, time, out bool isNewDevice, out int change);
        Totals.Visits += change;
        Totals.JoinedVisits += change < 0 ? 1 : 0;
        Totals.BotVisits += isBot ? change : 0;
        Totals.Devices += isNewDevice ? 1 : 0;
        Totals.BotDevices += isNewDevice && isBot ? 1 : 0;
        return visit;
    }

    // The same line twice is two requests; the same log twice is the same requests: hence the count, and the name of the log.
    private ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> given = Values[LogField.EdgeRequest];
        if (given.Length is > 0 and <= Json.RecordLimits.Id)
        {
            return given;
        }

        ulong hash = _pseudonymizer.EventFromContent(line).Value;
        int occurrence = ++_lines.Touch(hash, out _);
        _id.ResetWrittenCount();
        Append(hash);
        Append('.', occurrence);
        if (_origin.Source.Length is > 0 and <= Json.RecordLimits.Dimension)
        {
            _id.Write("."u8);
            _id.Write(_origin.Source);
        }

        return _id.WrittenSpan;
    }

    private void WriteWho(CanonicalRecords output, ulong device, EventTime visit, ReadOnlySpan<byte> kind)
    {
        output.Text("viewer"u8, _origin.Viewer);
        output.Text("household"u8, _origin.Household);
        output.Text("deviceKind"u8, kind.IsEmpty ? "other"u8 : kind);
        output.Text("app"u8, _origin.App);
        if (_origin.Consent.Length > 0)
        {
            output.Raw("consent"u8, _origin.Consent);
        }

        if (device == 0)
        {
            output.Text("device"u8, _origin.Device);
            return;
        }

        Span<byte> text = stackalloc byte[HashLength + 1 + 20];
        Utf8Formatter.TryFormat(device, text, out _, new StandardFormat('x', HashLength));
        output.Text("device"u8, text[..HashLength]);
        text[HashLength] = (byte)'.';
        Utf8Formatter.TryFormat(visit.UnixMicroseconds, text[(HashLength + 1)..], out int length);
        output.Text("visit"u8, text[..(HashLength + 1 + length)]);
    }

    private void WriteWhere(CanonicalRecords output)
    {
        AddressFacts facts = default;
        if (_options.Addresses is { } addresses && NetworkAddress.TryParse(Values[LogField.Address], out NetworkAddress address))
        {
            addresses.TryFind(address, out facts);
        }

        Write(output, "country"u8, Values[LogField.Country], facts.Country, _origin.Country);
        Write(output, "asn"u8, Values[LogField.Asn], facts.Asn, _origin.Asn);
        Write(output, "isp"u8, default, facts.Isp, _origin.Isp);
    }

    private static void Write(
        CanonicalRecords output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> said, string? found, ReadOnlySpan<byte> known)
    {
        Span<byte> text = stackalloc byte[Json.RecordLimits.Dimension];
        if (said.Length is > 0 and <= Json.RecordLimits.Dimension)
        {
            output.Text(name, said);
        }
        else if (found is not null && Encoding.UTF8.TryGetBytes(found, text, out int length))
        {
            output.Text(name, text[..length]);
        }
        else
        {
            output.Text(name, known);
        }
    }

    private void WriteAnswer(CanonicalRecords output, long status, long bytes, int takenPower)
    {
        if (_options.SamplingPercent < 100)
        {
            output.Number("weight"u8, 100 / _options.SamplingPercent);
        }

        if (!Values[LogField.Status].IsEmpty)
        {
            output.Whole("status"u8, status);
        }

        if (!Values[LogField.Bytes].IsEmpty)
        {
            output.Whole("bytes"u8, bytes);
        }

        if (LogText.TryNumber(Values[LogField.TimeToFirstByte], 3, int.MaxValue, out long first))
        {
            output.Whole("ttfbMs"u8, first);
        }

        if (LogText.TryNumber(Values[LogField.TimeTaken], takenPower, int.MaxValue, out long last))
        {
            output.Whole("ttlbMs"u8, last);
        }

        ReadOnlySpan<byte> result = CacheResults.Of(Values[LogField.EdgeResult]);
        result = result.IsEmpty ? CacheResults.Of(Values[LogField.EdgeResponseResult]) : result;
        output.Text("cacheStatus"u8, result.IsEmpty ? CacheResults.Of(Values[LogField.CacheStatus]) : result);
    }

    private void WriteMedia(CanonicalRecords output, in MediaFacts media)
    {
        ReadOnlySpan<byte> type = media.ObjectType;
        bool isType = type.Length is > 0 and <= Json.RecordLimits.Dimension;
        output.Text("objectType"u8, isType ? type : MediaPaths.ObjectTypeOf(Values[LogField.Uri]));
        Write(output, "durationMs"u8, media.DurationMilliseconds);
        Write(output, "bitrateKbps"u8, media.BitrateKbps);
        Write(output, "bufferMs"u8, media.BufferMilliseconds);
        Write(output, "throughputKbps"u8, media.ThroughputKbps);
        if (media.IsStartup)
        {
            output.Truth("startup"u8, true);
        }

        if (media.IsStarved)
        {
            output.Truth("starved"u8, true);
        }
    }

    private static void Write(CanonicalRecords output, ReadOnlySpan<byte> name, long number)
    {
        if (number >= 0)
        {
            output.Whole(name, number);
        }
    }

    private void Append(ulong hash)
    {
        Utf8Formatter.TryFormat(hash, _id.GetSpan(HashLength), out int length, new StandardFormat('x', HashLength));
        _id.Advance(length);
    }

    private void Append(char mark, int number)
    {
        Span<byte> text = _id.GetSpan(12);
        text[0] = (byte)mark;
        Utf8Formatter.TryFormat(number, text[1..], out int length);
        _id.Advance(length + 1);
    }
}
