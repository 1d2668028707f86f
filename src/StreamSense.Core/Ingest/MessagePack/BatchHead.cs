namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>What stands before the body of a batch.</summary>
/// <param name="Major">The version; another one cannot be read.</param>
/// <param name="Count">How many events the batch announces.</param>
/// <param name="BodyStart">Where the body begins.</param>
/// <param name="BodyBytes">How long it is.</param>
internal readonly record struct BatchHead(ulong Major, ulong Count, int BodyStart, long BodyBytes)
{
    /// <summary>How long the batch is.</summary>
    public long TotalBytes => BodyStart + BodyBytes + BatchFormat.ChecksumBytes;

    /// <summary>Reads a head.</summary>
    /// <param name="bytes">The bytes of the batch, as many as there are.</param>
    /// <param name="head">The head.</param>
    /// <param name="isCut">Whether the bytes end too early to tell.</param>
    /// <returns>Whether there is a head.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BatchHead head, out bool isCut)
    {
        head = default;
        isCut = bytes.Length < BatchFormat.MaxHeadBytes;

        // An array of six, and the magic as a text of four; constants, so that the span is data and not a new array.
        ReadOnlySpan<byte> start =
            [MessagePackCodes.FixArray | BatchFormat.Elements, MessagePackCodes.FixText | 4, (byte)'S', (byte)'S', (byte)'E', (byte)'B'];
        int known = Math.Min(start.Length, bytes.Length);
        if (!bytes[..known].SequenceEqual(start[..known]))
        {
            isCut = false;
            return false;
        }

        if (bytes.Length < start.Length)
        {
            return false;
        }

        var reader = new MessagePackReader(bytes[start.Length..]);
        if (!reader.TryReadUInt64(out ulong major) || !reader.TryReadUInt64(out _) || !reader.TryReadUInt64(out ulong count))
        {
            return false;
        }

        int at = start.Length + (int)reader.Consumed;
        int width = at < bytes.Length ? MessagePackCodes.LengthWidthOf(bytes[at], out _) : 0;
        if (width == 0 || MessagePackCodes.TypeOf(bytes[at]) != MessagePackType.Binary || at + 1 + width > bytes.Length)
        {
            isCut &= at >= bytes.Length || width != 0;
            return false;
        }

        isCut = false;
        head = new BatchHead(major, count, at + 1 + width, (long)MessagePackCodes.BigEndian(bytes.Slice(at + 1, width)));
        return true;
    }
}
