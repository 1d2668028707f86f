using System.IO.Compression;

namespace StreamSense.Tool.Inputs;

/// <summary>The text of a gzip file (RFC 1952): of all its members, one after the other.</summary>
/// <remarks>
/// The platform's decoder does not tell a file that ends too early from one that is whole. So when the bytes are used up it is given one
/// member more, of our own: only a decoder that was done with all before it gives back its text. Text comes out as it is read; memory does
/// not grow with the file. The decoder does not give the text of a block in which it finds damage: where the file can be opened again, the
/// block is unpacked once more, a byte at a time; of a pipe less than four kilobytes before the damage are lost.
/// </remarks>
internal sealed class GzipInput : IDisposable
{
    /// <summary>How many bytes at the start tell a gzip file.</summary>
    public const int MagicBytes = 2;

    private const int BlockBytes = 1 << 16;
    private const int BlockBytesOfAPipe = 1 << 12;

    private static readonly byte[] ProbeText = "the end"u8.ToArray();
    private static readonly byte[] ProbeMember = ProbeOf();

    private readonly PackedBytes _packed;
    private readonly GZipStream _text;
    private readonly Func<Stream>? _again;
    private readonly int _blockBytes;
    private InvalidDataException? _damage;
    private long _given;

    /// <summary>Unpacks a stream.</summary>
    /// <param name="first">Its first bytes, which were read already.</param>
    /// <param name="rest">What follows; belongs to this.</param>
    /// <param name="again">Opens the same bytes once more, from the first; null where that cannot be done.</param>
    public GzipInput(byte[] first, Stream rest, Func<Stream>? again = null)
    {
        _packed = new PackedBytes(first, rest);
        _text = new GZipStream(_packed, CompressionMode.Decompress);
        _again = again;
        _blockBytes = again is null ? BlockBytesOfAPipe : BlockBytes;
    }

    /// <summary>Whether these are the first bytes of a gzip file.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> first) => first is [0x1f, 0x8b, ..];

    /// <summary>Reads some of the text.</summary>
    /// <param name="into">Where to.</param>
    /// <returns>How many bytes; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">It is damaged here, or ends within a member, or something else follows the last.</exception>
    /// <exception cref="IOException">The file cannot be read further.</exception>
    public int Read(Span<byte> into)
    {
        if (_damage is not null)
        {
            throw _damage;
        }

        into = into[..Math.Min(into.Length, _blockBytes)];
        int count;
        try
        {
            count = _text.Read(into);
        }
        catch (InvalidDataException exception) when (_again is not null)
        {
            _damage = exception;
            count = ReadToDamage(into);
            if (count == 0)
            {
                throw;
            }

            return count;
        }

        _given += count;
        if (count == 0 && !IsWhole())
        {
            throw new InvalidDataException("The gzip data end too early.");
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    // What the block has before its damage.
    private int ReadToDamage(Span<byte> into)
    {
        using var text = new GZipStream(_again!(), CompressionMode.Decompress);
        int count = 0;
        try
        {
            for (long left = _given; left > 0;)
            {
                int skipped = text.Read(into[..(int)Math.Min(into.Length, left)]);
                left -= skipped > 0 ? skipped : left;
            }

            while (count < into.Length && text.Read(into.Slice(count, 1)) > 0)
            {
                count++;
            }
        }
        catch (InvalidDataException)
        {
            // Here it is.
        }

        return count;
    }

    private bool IsWhole()
    {
        _packed.Append(ProbeMember);
        Span<byte> found = stackalloc byte[ProbeText.Length + 1];
        return _text.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == ProbeText.Length
            && found.StartsWith(ProbeText);
    }

    // Its header has the longest extra field that there is, and no zero: a file that ends within a header takes it for the rest of that
    // header, and no such header is longer.
    private static byte[] ProbeOf()
    {
        using var member = new MemoryStream();
        using (var text = new GZipStream(member, CompressionLevel.NoCompression, leaveOpen: true))
        {
            text.Write(ProbeText);
        }

        const int plainHeader = 10;
        const int longestExtra = ushort.MaxValue;
        var header = new byte[plainHeader + sizeof(ushort) + longestExtra];
        header.AsSpan().Fill(byte.MaxValue);
        ReadOnlySpan<byte> magicMethodHasExtra = [0x1f, 0x8b, 8, 4];
        magicMethodHasExtra.CopyTo(header);
        return [.. header, .. member.ToArray().AsSpan(plainHeader)];
    }

    // The bytes read already, the others, and what is appended.
    private sealed class PackedBytes(byte[] first, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _first = first;
        private ReadOnlyMemory<byte> _appended;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Append(ReadOnlyMemory<byte> bytes) => _appended = bytes;

        public override int Read(Span<byte> buffer)
        {
            int count = Take(ref _first, buffer);
            if (count == 0 && !buffer.IsEmpty)
            {
                count = _appended.IsEmpty ? rest.Read(buffer) : Take(ref _appended, buffer);
            }

            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rest.Dispose();
            }

            base.Dispose(disposing);
        }

        private static int Take(ref ReadOnlyMemory<byte> from, Span<byte> into)
        {
            int count = Math.Min(from.Length, into.Length);
            from.Span[..count].CopyTo(into);
            from = from[count..];
            return count;
        }
    }
}
