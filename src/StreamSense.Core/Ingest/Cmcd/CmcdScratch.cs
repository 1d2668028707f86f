namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What a reader of CMCD reuses from record to record.</summary>
internal sealed class CmcdScratch
{
    private byte[] _text = new byte[1024];
    private int _textUsed;

    public Slot[] Slots { get; } = new Slot[(int)CmcdKey.Count];

    public void Begin(int recordLength)
    {
        _textUsed = 0;
        if (_text.Length < recordLength)
        {
            _text = new byte[recordLength * 2];
        }

        Array.Clear(Slots);
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
        public int Start;
        public int Length;
        public int ParametersStart;
        public int ParametersLength;
    }
}
