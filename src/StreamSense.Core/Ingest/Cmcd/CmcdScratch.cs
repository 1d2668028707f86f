namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What a reader of CMCD reuses from record to record.</summary>
internal sealed class CmcdScratch
{
    private byte[] _text = new byte[1024];
    private readonly byte[] _held = new byte[CmcdSigns.MaxBytes + CmcdSigns.Slack];
    private int _textUsed;
    private uint _present;

    /// <summary>Where the keys stand, of those that are present; the last is for keys that nobody reads.</summary>
    public Slot[] Slots { get; } = new Slot[(int)CmcdKey.Count + 1];

    /// <summary>Where the signs of a record stand.</summary>
    public ushort[] Places { get; } = new ushort[CmcdSigns.Capacity];

    public void Begin(int recordLength)
    {
        _textUsed = 0;
        _present = 0;
        if (_text.Length < recordLength)
        {
            _text = new byte[recordLength * 2];
        }
    }

    /// <summary>Copies a text to where bytes beyond its end may be read: eight zeros at first, then anything.</summary>
    /// <param name="text">At most <see cref="CmcdSigns.MaxBytes"/> bytes.</param>
    /// <returns>The first byte of the copy.</returns>
    public ref byte Hold(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_held);
        _held.AsSpan(text.Length, sizeof(ulong)).Clear();
        return ref _held[0];
    }

    /// <summary>Says which keys are present, one bit each, beside those that are known to be.</summary>
    public void Add(uint present) => _present |= present;

    public bool Has(CmcdKey key) => ((_present >> (int)key) & 1) != 0;

    public void Set(CmcdKey key, in Slot slot)
    {
        Slots[(int)key] = slot;
        _present |= 1u << (int)key;
    }

    /// <summary>Takes the backslashes out of a text; the result lives until the next record.</summary>
    public ReadOnlySpan<byte> Unescape(CmcdValue value)
    {
        if (_text.Length - _textUsed < value.Raw.Length)
        {
            return default;
        }

        int length = value.Unescape(_text.AsSpan(_textUsed));
        ReadOnlySpan<byte> text = _text.AsSpan(_textUsed, length);
        _textUsed += length;
        return text;
    }

    /// <summary>Where a value stands in its record, and what is known of it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="start">Where a number, a token, or what stands within quotes or brackets begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="isPlain">Whether a text is known to have no letter but the printable ones of ASCII, and no backslash.</param>
    /// <param name="isEscaped">Whether a text has backslashes to take out.</param>
    /// <param name="numberAndOne">A whole number of at most 15 digits that was read when it was found, plus one; else 0.</param>
    internal readonly struct Slot(
        CmcdType type, int start, int length, bool isPlain = false, bool isEscaped = false, long numberAndOne = 0)
    {
        public CmcdType Type { get; } = type;

        public bool IsEscaped { get; } = isEscaped;

        public bool IsPlain { get; } = isPlain;

        public int Start { get; } = start;

        public int Length { get; } = length;

        public long NumberAndOne { get; } = numberAndOne;
    }
}
