using System.Runtime.CompilerServices;
using System.Text.Unicode;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>The table of texts of the batch that is being read, with what has been made of each.</summary>
/// <remarks>One thread at a time. A hash or a symbol is made once a batch, at first use.</remarks>
internal sealed class BatchTexts
{
    private Entry[] _entries = new Entry[64];

    [Flags]
    private enum Known : byte
    {
        None = 0,
        Checked = 1,
        Plain = 2,
    }

    public int Count { get; private set; }

    /// <summary>Reads the table.</summary>
    /// <param name="reader">Stands before it; reads from the beginning of the body.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryLoad(ref MessagePackReader reader)
    {
        Count = 0;
        if (!reader.TryReadArrayHeader(out int count) || count > BatchFormat.MaxTexts)
        {
            return false;
        }

        if (_entries.Length < count)
        {
            _entries = new Entry[Math.Min(BatchFormat.MaxTexts, Math.Max(count, _entries.Length * 2))];
        }

        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadText(out ReadOnlySpan<byte> text))
            {
                return false;
            }

            _entries[i] = new Entry { Start = (int)reader.Consumed - text.Length, Length = text.Length };
        }

        Count = count;
        return true;
    }

    /// <summary>What is known of a text; the place is below <see cref="Count"/>.</summary>
    public ref Entry this[int place] => ref _entries[place];

    /// <summary>A text of the table.</summary>
    public ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> body, in Entry entry) => body.Slice(entry.Start, entry.Length);

    /// <summary>Whether a number is the place of a plain text that is not too long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsPlain(ReadOnlySpan<byte> body, long place, int maxBytes)
    {
        if ((ulong)place >= (ulong)Count)
        {
            return false;
        }

        ref Entry entry = ref _entries[place];
        return entry.Length <= maxBytes
            && ((entry.State & (byte)Known.Plain) != 0 || IsPlain(body, ref entry));
    }

    /// <summary>Whether a text can be taken as it is: not empty, UTF-8, without U+0000.</summary>
    public bool IsPlain(ReadOnlySpan<byte> body, ref Entry entry)
    {
        if ((entry.State & (byte)Known.Checked) == 0)
        {
            bool isPlain = IsPlain(body.Slice(entry.Start, entry.Length));
            entry.State |= (byte)(isPlain ? Known.Checked | Known.Plain : Known.Checked);
        }

        return (entry.State & (byte)Known.Plain) != 0;
    }

    /// <inheritdoc cref="IsPlain(ReadOnlySpan{byte}, ref Entry)"/>
    public static bool IsPlain(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.Contains((byte)0) && Utf8.IsValid(text);

    /// <summary>Reads a plain text, in the table or where it stands.</summary>
    /// <param name="body">The body of the batch.</param>
    /// <param name="cursor">Stands before it.</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <param name="text">The text; never empty.</param>
    /// <param name="place">Its place in the table, or -1.</param>
    /// <returns>Whether there is such a text.</returns>
    public bool TryRead(ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, int maxBytes, out ReadOnlySpan<byte> text, out int place)
    {
        place = -1;
        if (cursor.TryWhole(out long number))
        {
            text = default;
            if ((ulong)number >= (ulong)Count)
            {
                return false;
            }

            place = (int)number;
            ref Entry entry = ref _entries[place];
            text = body.Slice(entry.Start, entry.Length);
            return text.Length <= maxBytes && IsPlain(body, ref entry);
        }

        return cursor.TryText(out text) && text.Length <= maxBytes && IsPlain(text);
    }

    internal struct Entry
    {
        public int Start;
        public int Length;
        public byte State;
        public bool HasTerm;
        public Symbol Term;
        public TitleId Title;
        public ulong Request;
        public ulong Other;
    }
}
