using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads the CMCD of one request as a <see cref="EventKind.MediaRequest"/> event.</summary>
/// <remarks>
/// <para>
/// CTA-5004 and CTA-5004-B, request mode: the view is <c>sid</c>, the title <c>cid</c>; <c>ot d br bl mtp su bs</c> are the payload; of a
/// list with a number for each object type the largest counts, of buffers the least. Values of the wrong type are as good as absent.
/// </para>
/// <para>
/// With <c>sid</c> and <c>sn</c> an event is known by them, and sent again it is a duplicate. Without <c>sn</c> it is known by its body
/// and its place in it, so that two requests which say the same are two. A body of which the host says when it was received is one of its
/// own; a file, of which nobody knows that, is known by its first record, its epoch and how many others this decoder has read before, so
/// that the same files read again in the same order give the same events. Its time is <c>ts</c>, else when the host received it, else, in
/// a file, <see cref="IngestOrigin.Epoch"/> plus its place in microseconds. One thread at a time; allocates nothing once warm.
/// </para>
/// </remarks>
public sealed class CmcdRequestDecoder
{
    /// <summary>The name of the format of query arguments, and the source of events for which no other is known.</summary>
    public const string QueryFormat = "cmcd-query";

    /// <summary>The name of the format of headers, and the source of events for which no other is known.</summary>
    public const string HeadersFormat = "cmcd-headers";

    // Bodies that this process has received: what tells two of them apart that say the same.
    private static long _bodies;

    private readonly Vocabulary _vocabulary;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly CmcdOptions _options;
    private readonly CmcdScratch _scratch = new();
    private readonly CmcdQueryText _query = new();
    private readonly CmcdRecentIds _recentViews = new();
    private readonly CmcdRecentIds _recentTitles = new();
    private readonly byte[] _identity = new byte[RecordLimits.Dimension + 32];
    private CmcdOrigin _origin;
    private IngestOrigin? _request;
    private long _epoch;
    private ulong _bodyHash;
    private long _files;
    private long _lostTitles;
    private long _place;
    private string _error = "";

    /// <summary>Creates a decoder.</summary>
    /// <param name="vocabulary">Takes the names of titles and dimensions.</param>
    /// <param name="pseudonymizer">Turns ids into pseudonyms.</param>
    /// <param name="options">How to read; copied. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public CmcdRequestDecoder(Vocabulary vocabulary, Pseudonymizer pseudonymizer, CmcdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        _options = (options ?? new CmcdOptions()).Copy();
        CmcdOptions.Validate(_options);
        _vocabulary = vocabulary;
        _pseudonymizer = pseudonymizer;
        Begin(new IngestOrigin(), CmcdForm.Query);
    }

    /// <summary>How many values of known keys had the wrong type and were passed over, since the decoder was made.</summary>
    public long IgnoredKeys { get; private set; }

    internal int MaxRecordBytes => _options.MaxRecordBytes;

    /// <summary>Begins a body: a file, or a request of its own. Raw ids of the body before it are wiped.</summary>
    /// <param name="origin">What the host knows of it.</param>
    /// <param name="form">The form of its records, which names their source where nothing else does.</param>
    public void Begin(IngestOrigin origin, CmcdForm form)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (!ReferenceEquals(origin, _request))
        {
            string source = origin.Source ?? (form == CmcdForm.Headers ? HeadersFormat : QueryFormat);
            _origin = CmcdOrigin.Of(origin with { Source = source }, _vocabulary, _pseudonymizer, _options.DefaultConsent);
            _request = origin;
        }

        _epoch = (origin.Epoch == default ? EventTime.Earliest : origin.Epoch).UnixMicroseconds;
        if (origin.ReceivedAt != default)
        {
            _bodyHash = HashOf(origin.ReceivedAt.UnixMicroseconds, Interlocked.Increment(ref _bodies));
        }

        _place = 0;
        _recentViews.Clear();
    }

    /// <summary>Reads a URL, a query, <c>CMCD=…</c>, or a value alone.</summary>
    /// <param name="query">The text; a value with quotes is taken as it is, else percent-decoded once.</param>
    /// <param name="streamEvent">The event; cleared if the text is refused.</param>
    /// <returns>Why the text is refused, or <see cref="RejectReason.None"/>; <see cref="DescribeLastError"/> says more.</returns>
    public RejectReason DecodeQuery(ReadOnlySpan<byte> query, out StreamEvent streamEvent)
    {
        streamEvent = default;
        if (_place++ == 0)
        {
            BeginFile(query);
        }

        if (CmcdRecord.TryScanQuery(query, _scratch, out CmcdRecord record))
        {
            return Map(ref record, ref streamEvent);
        }

        return _query.TryFind(query, out ReadOnlySpan<byte> value, allowBare: true)
            ? DecodeValue(value, ref streamEvent)
            : Refuse(RejectReason.MissingField, CmcdDecoder.NoArgument);
    }

    /// <summary>Why the last text was refused, in words; empty if it was not.</summary>
    public string DescribeLastError() => _error;

    internal RejectReason DecodeHeaders(CmcdHeaderBlock block, out StreamEvent streamEvent)
    {
        streamEvent = default;
        if (_place++ == 0)
        {
            BeginFile(block.Text);
        }

        if (block.IsTooLong)
        {
            return Refuse(RejectReason.TooLarge, "the request is longer than the limit");
        }

        if (!block.HasHeaders)
        {
            return _query.TryFind(block.Target, out ReadOnlySpan<byte> value, allowBare: false)
                ? DecodeValue(value, ref streamEvent)
                : Refuse(block.IsBroken ? RejectReason.Malformed : RejectReason.MissingField, block.Complaint ?? CmcdDecoder.NoHeader);
        }

        if (!Utf8.IsValid(block.Text))
        {
            return Refuse(RejectReason.InvalidUtf8, "the record is no UTF-8");
        }

        return CmcdRecord.TryScan(block, _scratch, out CmcdRecord record, _options.Strict)
            ? Map(ref record, ref streamEvent)
            : Refuse(RejectReason.Malformed, CmcdDecoder.NoDictionary);
    }

    // Nothing but what it says tells a file from another.
    private void BeginFile(ReadOnlySpan<byte> first)
    {
        if (_origin.ReceivedAt == default)
        {
            _bodyHash = _pseudonymizer.Content(first, HashOf(_epoch, ++_files));
        }
    }

    private ulong HashOf(long time, long number)
    {
        Span<byte> body = stackalloc byte[2 * sizeof(long)];
        BitConverter.TryWriteBytes(body, time);
        BitConverter.TryWriteBytes(body[sizeof(long)..], number);
        return _pseudonymizer.EventFromContent(body).Value;
    }

    private RejectReason DecodeValue(ReadOnlySpan<byte> value, ref StreamEvent e)
    {
        if (!Utf8.IsValid(value))
        {
            return Refuse(RejectReason.InvalidUtf8, "the record is no UTF-8");
        }

        return CmcdRecord.TryScan(value, _scratch, out CmcdRecord record, _options.Strict)
            ? Map(ref record, ref e)
            : Refuse(RejectReason.Malformed, CmcdDecoder.NoDictionary);
    }

    private RejectReason Refuse(RejectReason reason, string message)
    {
        _error = message;
        return reason;
    }

    // Apart, so that the hashes are compiled into it: the compiler stops where a method has taken in too much.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RejectReason Map(ref CmcdRecord record, ref StreamEvent e)
    {
        if (record.TryReadNumber(CmcdKey.V, int.MaxValue, out long version) && version > CmcdDecoder.LatestVersion)
        {
            return Refuse(RejectReason.UnsupportedVersion, "v: expected at most 2");
        }

        if ((_origin.Consent & ConsentPurposes.Measurement) == 0)
        {
            return Refuse(RejectReason.NoConsent, "measurement is not granted");
        }

        _error = "";
        e.Kind = EventKind.MediaRequest;
        e.View = ViewOf(record.ReadText(CmcdKey.Sid, RecordLimits.Id));
        e.Title = TitleOf(record.ReadText(CmcdKey.Cid, RecordLimits.Id));
        e.Viewer = _origin.Viewer;
        e.Household = _origin.Household;
        e.Device = _origin.Device;
        e.Context = _origin.Context;
        e.Cdn = _origin.Cdn;
        e.PayloadAs<MediaRequestPayload>() = CmcdResponses.Read(ref record);
        ReadTime(ref record, ref e);
        Identify(ref record, ref e);
        IgnoredKeys += record.Ignored;
        return RejectReason.None;
    }

    private ViewId ViewOf(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
        {
            return ViewId.None;
        }

        if (_recentViews.TryFind(id, out ulong value))
        {
            return new ViewId(value);
        }

        ViewId view = _pseudonymizer.View(id);
        _recentViews.Note(id, view.Value);
        return view;
    }

    private TitleId TitleOf(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
        {
            return _origin.Title;
        }

        // A name that was pushed out is to be noted again, one that was refused to be counted again.
        long lost = _vocabulary.Titles.Evicted + _vocabulary.Titles.Refused;
        if (lost != _lostTitles)
        {
            _recentTitles.Clear();
            _lostTitles = lost;
        }

        if (_recentTitles.TryFind(id, out ulong value))
        {
            return new TitleId(value);
        }

        TitleId title = _vocabulary.Titles.Note(id);
        _recentTitles.Note(id, title.Value);
        return title;
    }

    private void ReadTime(ref CmcdRecord record, ref StreamEvent e)
    {
        long received = _origin.ReceivedAt.UnixMicroseconds;
        long latest = EventTime.Latest.UnixMicroseconds - 1;
        latest = received == 0 ? latest : Math.Min(latest, received + (24 * 3600 * EventTime.MicrosecondsPerSecond));
        bool isGiven = record.TryReadNumber(CmcdKey.Ts, long.MaxValue / 1000, out long stamp, power: 3);
        if (isGiven && (stamp < EventTime.Earliest.UnixMicroseconds || stamp > latest))
        {
            // A request needs no time of its own: one that cannot be is passed over like any value that makes no sense.
            isGiven = false;
            IgnoredKeys++;
        }

        long time = isGiven ? stamp : received != 0 ? received : Math.Min(latest, _epoch + _place - 1);
        long after = received == 0 ? 0 : (received - time) / EventTime.MicrosecondsPerMillisecond;
        e.Time = new EventTime(time);
        e.ReceivedAfterMilliseconds = (int)Math.Clamp(after, -int.MaxValue, int.MaxValue);
    }

    private void Identify(ref CmcdRecord record, ref StreamEvent e)
    {
        Span<byte> identity = _identity;
        if (!e.View.IsNone && record.TryReadNumber(CmcdKey.Sn, uint.MaxValue, out long number))
        {
            e.Sequence = (uint)number;
            e.Flags |= EventFlags.HasSequence;
            ReadOnlySpan<byte> source = _vocabulary.Sources.Utf8NameOf(_origin.Source);
            source = source[..Math.Min(source.Length, RecordLimits.Dimension)];
            BitConverter.TryWriteBytes(identity, e.View.Value);
            BitConverter.TryWriteBytes(identity[8..], number);
            "request"u8.CopyTo(identity[16..]);
            source.CopyTo(identity[24..]);
            e.Id = _pseudonymizer.EventFromContent(identity[..(24 + source.Length)]);
            return;
        }

        // Of a place seven bytes are enough, and one word less to hash.
        BinaryPrimitives.WriteInt64LittleEndian(identity, _place);
        e.Id = new EventId(Math.Max(1, _pseudonymizer.Content(identity[..7], _bodyHash)));
    }
}
