namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What a reader of CMCD reuses from record to record.</summary>
internal sealed class CmcdScratch
{
    private byte[] _text = new byte[1024];
    private int _textUsed;
    private uint _present;

    /// <summary>Where the keys stand, of those that are present; the last is for keys that nobody reads.</summary>
    public Slot[] Slots { get; } = new Slot[(int)CmcdKey.Count + 1];

    public void Begin(int recordLength)
    {
        _textUsed = 0;
        _present = 0;
        if (_text.Length < recordLength)
        {
            _text = new byte[recordLength * 2];
        }
    }

    /// <summary>Says which keys are present: one bit each.</summary>
    public void BeginWith(uint present)
    {
        _textUsed = 0;
        _present = present;
    }

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

    internal struct Slot
    {
        public CmcdType Type;
        public bool IsEscaped;

        /// <summary>Whether the text is known to have no letter but the printable ones of ASCII.</summary>
        public bool IsPlain;

        public int Start;
        public int Length;
        public int ParametersStart;
        public int ParametersLength;

        /// <summary>A whole number from 0 of at most 15 digits that was read when it was found, plus one; else 0.</summary>
        public long NumberAndOne;
    }
}
