using System.Buffers;
using System.Text;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Privacy;
using StreamSense.Stress.Fuzzing.Grammars;
using StreamSense.Stress.Fuzzing.Subjects;

namespace StreamSense.Stress.Fuzzing;

/// <summary>The decoders that are parts of others, or that tools use: splitters, values, mappings, failures, seals, addresses.</summary>
internal static class PartTargets
{
    private const int SmallLimit = 41;
    private const string StoredFailure =
        """{"reason":"Malformed","stage":"Decode","format":"ndjson","source":"s","batch":"00ff","index":3,"receivedAt":1772359200000.5,"path":"time","rule":"expected a time","processor":"1","truncated":false,"recoverable":true,"found":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","raw":"AAAA"}""";

    private static readonly JsonGrammar _events = new(FuzzModels.Events);
    private static readonly JsonGrammar _mappings = new(FuzzSamples.Mappings.Select(sample => sample.Text), "");
    private static readonly JsonGrammar _failures = new([StoredFailure], "");
    private static readonly byte[][] _rows =
    [
        "user,title,rating,time\n1,2,3,4\n5,\"6\n7\",8,\n"u8.ToArray(),
        """{"type":"play","viewer_time":1772359200000,"view_id":"v","results":[{"title":"t"}]}"""u8.ToArray(),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Part("line-splitter", Utf8(FuzzModels.CombinedLines), WriteLines, ReadLines),
        Part("value-splitter", Utf8(FuzzModels.Events), _events.Write, ReadValues),
        Part("msgpack-reader", Values(), MessagePackGrammar.WriteValues, ReadMessagePack),
        Decode("decode-events", CmcdForm.Events, FuzzModels.CmcdReports, CmcdGrammar.WriteEvents),
        Decode("decode-query", CmcdForm.Query, FuzzModels.CmcdQueries, CmcdGrammar.WriteQueries),
        Decode("decode-headers", CmcdForm.Headers, FuzzModels.CmcdHeaders, CmcdGrammar.WriteHeaders),
        new("mapping-loader", Utf8([.. FuzzSamples.Mappings.Select(sample => sample.Text)]), WriteMapping, OpenMappings)
        {
            // Patterns are compiled when a mapping is loaded, each for tens of kilobytes.
            BytesPerByte = 4096,
        },
        Part("failed-lines", Utf8([StoredFailure]), (random, text) => _failures.WriteRecord(random, text, 6), ReadFailure)
            with { BytesPerByte = 16 },
        Part("seal", [new byte[40], "sealed"u8.ToArray()], MessagePackGrammar.WriteValues, ReadSealed),
        Part("address", Utf8(["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"]), WriteAddress, ReadAddress)
            with { BytesPerByte = 32 },
    ];

    private static byte[][] Utf8(IReadOnlyList<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static FuzzTarget Part(
        string name, IReadOnlyList<byte[]> corpus, Action<FuzzRandom, FuzzText> write, ReadingSubject.Reader read) =>
        new(name, corpus, write, _ => new ReadingSubject(read));

    private static FuzzTarget Decode(
        string name, CmcdForm form, IReadOnlyList<string> corpus, Action<FuzzRandom, FuzzText> write) =>
        Part(name, Utf8(corpus), write, (ref FuzzPieces pieces, ref ReadingHash hash, ref long told) =>
            ReadCmcd(form, ref pieces, ref hash, ref told))
            with { BytesPerByte = 256 };

    private static byte[][] Values()
    {
        var values = new List<byte[]>();
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var text = new FuzzText();
            MessagePackGrammar.WriteValues(new FuzzRandom(seed), text);
            values.Add(text.Written.ToArray());
        }

        return [.. values];
    }

    private static void WriteLines(FuzzRandom random, FuzzText output)
    {
        output.Add(random.Once(4) ? "\uFEFF" : "");
        for (int i = random.Below(12); i >= 0; i--)
        {
            output.Add(new string('x', Math.Max(0, random.Once(2) ? SmallLimit + random.Below(7) - 3 : random.Below(60))));
            output.Add(random.Pick(["\n", "\r\n", "\n\n", "\r", "\r\r\n", "\uFEFF\n"]));
        }
    }

    private static string? ReadLines(ref FuzzPieces pieces, ref ReadingHash hash, ref long told)
    {
        var lines = new LineSplitter(SmallLimit);
        while (pieces.TryNext(out ReadOnlySpan<byte> piece))
        {
            while (lines.TryTake(ref piece, out ReadOnlySpan<byte> line, out bool isTooLong))
            {
                Add(ref hash, line, isTooLong);
            }
        }

        if (lines.TryTakeLast(out ReadOnlySpan<byte> last, out bool isLastTooLong))
        {
            Add(ref hash, last, isLastTooLong);
        }

        ReadOnlySpan<byte> all = pieces.Input.Bytes;
        int expected = all.Count((byte)'\n') + (all.IsEmpty || all[^1] == (byte)'\n' ? 0 : 1);
        return lines.Line == expected ? null : "the lines are not those that line feeds end";
    }

    private static string? ReadValues(ref FuzzPieces pieces, ref ReadingHash hash, ref long told)
    {
        var values = new JsonValueSplitter(SmallLimit * 4);
        long bytes = 0;
        while (pieces.TryNext(out ReadOnlySpan<byte> piece))
        {
            while (values.TryTake(ref piece, out ReadOnlySpan<byte> value, out bool isTooLong))
            {
                bytes += value.Length;
                Add(ref hash, value, isTooLong);
                if (value.IsEmpty)
                {
                    return "a value has no bytes";
                }
            }
        }

        if (values.TryTakeLast(out ReadOnlySpan<byte> last, out bool isLastTooLong))
        {
            bytes += last.Length;
            Add(ref hash, last, isLastTooLong);
        }

        hash.Add(values.Line);
        return bytes <= pieces.Input.Bytes.Length ? null : "the values are longer than the input";
    }

    // Of a piece that is too long only its head is promised.
    private static void Add(ref ReadingHash hash, ReadOnlySpan<byte> bytes, bool isTooLong)
    {
        hash.Add(isTooLong ? 1UL : 0);
        hash.Add(isTooLong ? bytes[..SmallLimit] : bytes);
    }

    private static string? ReadMessagePack(ref FuzzPieces pieces, ref ReadingHash hash, ref long told)
    {
        byte[] bytes = pieces.Input.Bytes;
        MessagePackReader reader = pieces.IsCut
            ? new MessagePackReader(Sequence(pieces.Input))
            : new MessagePackReader(pieces.Whole);
        told += pieces.IsCut ? bytes.Length : 0;
        MessagePackReader skipping = reader;
        hash.Add(skipping.TrySkip() ? 1UL : 0);
        hash.Add(skipping.Consumed);
        int values = 0;
        while (TryRead(ref reader, ref hash))
        {
            hash.Add(reader.Consumed);
            if (++values > bytes.Length || reader.Consumed > bytes.Length || reader.Consumed + reader.Remaining != bytes.Length)
            {
                return "the reader lost its place";
            }
        }

        hash.Add(reader.Consumed);
        return null;
    }

    private static bool TryRead(ref MessagePackReader reader, ref ReadingHash hash)
    {
        MessagePackType type = reader.NextType;
        hash.Add((ulong)type);
        switch (type)
        {
            case MessagePackType.Nil:
                return reader.TryReadNil();
            case MessagePackType.Boolean:
                bool isRead = reader.TryReadBoolean(out bool truth);
                hash.Add(truth ? 1UL : 0);
                return isRead;
            case MessagePackType.Integer:
                bool isSigned = reader.TryReadInt64(out long number);
                ulong unsigned = 0;
                isRead = isSigned || reader.TryReadUInt64(out unsigned);
                hash.Add(isSigned ? (ulong)number : unsigned);
                return isRead;
            case MessagePackType.Float:
                isRead = reader.TryReadDouble(out double real);
                hash.Add(BitConverter.DoubleToUInt64Bits(real));
                return isRead;
            case MessagePackType.Text or MessagePackType.Binary:
                ReadOnlySpan<byte> text;
                isRead = type == MessagePackType.Text ? reader.TryReadText(out text) : reader.TryReadBinary(out text);
                hash.Add(text);
                return isRead;
            case MessagePackType.Array or MessagePackType.Map:
                int count;
                isRead = type == MessagePackType.Array ? reader.TryReadArrayHeader(out count) : reader.TryReadMapHeader(out count);
                hash.Add((ulong)count);
                return isRead;
            case MessagePackType.Extension:
                if (reader.TryReadTimestamp(out long seconds, out uint nanoseconds))
                {
                    hash.Add(seconds);
                    hash.Add((ulong)nanoseconds);
                    return true;
                }

                isRead = reader.TryReadExtension(out sbyte code, out ReadOnlySpan<byte> data);
                hash.Add((long)code);
                hash.Add(data);
                return isRead;
            default:
                return false;
        }
    }

    private static ReadOnlySequence<byte> Sequence(FuzzInput input)
    {
        var first = new Segment(ReadOnlyMemory<byte>.Empty, null);
        Segment last = first;
        int from = 0;
        foreach (int cut in input.Cuts)
        {
            last = new Segment(input.Bytes.AsMemory(from..cut), last);
            from = cut;
        }

        last = new Segment(input.Bytes.AsMemory(from), last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private static string? ReadCmcd(CmcdForm form, ref FuzzPieces pieces, ref ReadingHash hash, ref long told)
    {
        var readings = new List<CmcdReading>();
        bool isStrict = pieces.Input.Receiver == 1;
        var decoder = new CmcdBodyDecoder(form, readings.Add, isStrict, maxRecordBytes: 4096);
        while (pieces.TryNext(out ReadOnlySpan<byte> piece))
        {
            decoder.Feed(piece);
        }

        decoder.Complete();
        told += readings.Count * 4;
        foreach (CmcdReading reading in readings)
        {
            hash.Add((ulong)reading.Reason);
            hash.Add(reading.Message);
            hash.Add((long)reading.Data.Version);
            foreach ((string key, CmcdItem item) in reading.Data)
            {
                hash.Add(key);
                AddItem(item, ref hash);
                told += item.Elements.Count + item.Parameters.Count;
            }

            foreach (string warning in reading.Warnings)
            {
                hash.Add(warning);
                told++;
            }
        }

        return null;
    }

    private static void AddItem(CmcdItem item, ref ReadingHash hash)
    {
        hash.Add((ulong)item.Type);
        hash.Add(item.Text);
        hash.Add(BitConverter.DoubleToUInt64Bits(item.Number));
        foreach (CmcdItem element in item.Elements)
        {
            AddItem(element, ref hash);
        }

        foreach ((string name, CmcdItem value) in item.Parameters)
        {
            hash.Add(name);
            AddItem(value, ref hash);
        }
    }

    private static void WriteMapping(FuzzRandom random, FuzzText output) =>
        _mappings.WriteRecord(random, output, random.Pick([0, 200, 60, 20]));

    private static ReadingSubject OpenMappings(FuzzSetting setting) =>
        new((ref FuzzPieces pieces, ref ReadingHash hash, ref long told) => ReadMapping(setting, ref pieces, ref hash, ref told));

    // A mapping that loads is used at once: what it was taken for, it must be.
    private static string? ReadMapping(FuzzSetting setting, ref FuzzPieces pieces, ref ReadingHash hash, ref long told)
    {
        SourceMapping mapping;
        try
        {
            mapping = SourceMapping.Load(pieces.Whole, "fuzzed");
        }
        catch (MappingException exception)
        {
            hash.Add(exception.Message);
            return exception.Message.Length == 0 ? "a wrong mapping is refused without a word" : null;
        }

        hash.Add(mapping.Name);
        told += 1024;
        using var subject = new IngestSubject((receiver, failed) => new TranslatedIngest(
            new MappingTranslator(mapping), FuzzTargets.Decoder(setting), receiver, failed: failed));
        using var memory = new GuardedBytes(1024);
        foreach (byte[] row in _rows)
        {
            FuzzReading reading = subject.Read(new FuzzInput(row, [], 0, AtStart: false), isCut: false, memory);
            hash.Add(reading.Digest);
            if (reading.Broken is not null)
            {
                return reading.Broken;
            }
        }

        return null;
    }

    private static string? ReadFailure(ref FuzzPieces pieces, ref ReadingHash hash, ref long told)
    {
        using var seal = new ByteSeal(FuzzSetting.Key);
        told += 8;
        if (FailedEventLine.Read(pieces.Input.Bytes, "1-1", seal) is not { } stored)
        {
            return null;
        }

        FailedEvent failed = stored.Failed;
        hash.Add(failed.Message);
        hash.Add(failed.Format);
        hash.Add(failed.RecordIndex);
        hash.Add(failed.ReceivedAt.UnixMicroseconds);
        new FailedEvents().Add(failed);
        return Enum.IsDefined(failed.Reason) && Enum.IsDefined(failed.Stage) ? null : "a failure was read with a reason that does not exist";
    }

    private static string? ReadSealed(ref FuzzPieces pieces, ref ReadingHash hash, ref long told)
    {
        ReadOnlySpan<byte> plain = pieces.Whole;
        using var seal = new ByteSeal(FuzzSetting.Key);
        told += 8;
        bool isOpen = seal.TryOpen(plain, out _);
        byte[] sealedBytes = seal.Seal(plain);
        if (isOpen || !seal.TryOpen(sealedBytes, out byte[] opened) || !plain.SequenceEqual(opened))
        {
            return "what was sealed does not open, or what was not does";
        }

        sealedBytes[plain.Length == 0 ? 0 : plain[0] % sealedBytes.Length] ^= 1;
        if (seal.TryOpen(sealedBytes, out opened) || opened.Length > 0)
        {
            return "what was changed opens";
        }

        hash.Add((ulong)plain.Length);
        return plain.Length < PseudonymKey.SizeInBytes || PseudonymKey.FromSecret(plain) is not null ? null : "a secret makes no key";
    }

    private static void WriteAddress(FuzzRandom random, FuzzText output)
    {
        for (int i = random.Below(10); i >= 0; i--)
        {
            output.Add(random.Pick(["192", "255", "256", "0", "::", ":", ".", ":ffff", "2001:db8", "f", "%eth0", "/64", "[", "]", " ", "1.2.3.4"]));
        }
    }

    private static string? ReadAddress(ref FuzzPieces pieces, ref ReadingHash hash, ref long told)
    {
        ReadOnlySpan<byte> text = pieces.Whole;
        if (NetworkAddress.TryParse(text, out NetworkAddress address))
        {
            Span<byte> bytes = stackalloc byte[16];
            address.WriteTo(bytes);
            hash.Add(bytes);
        }

        try
        {
            // A letter a byte: the runtime's decoder allocates for each byte that is no UTF-8, and that is not what is measured here.
            hash.Add((ulong)AddressRanges.Read(new StringReader(Encoding.Latin1.GetString(text))).Count);
        }
        catch (FormatException exception)
        {
            hash.Add(exception.Message);
        }

        return null;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                before.Next = this;
                RunningIndex = before.RunningIndex + before.Memory.Length;
            }
        }
    }
}
