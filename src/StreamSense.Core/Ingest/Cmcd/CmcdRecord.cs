using System.Runtime.CompilerServices;
using System.Text;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>One CMCD record: where its known keys stand, and lenient typed reads of them.</summary>
/// <remarks>A value of the wrong type is as good as absent and is counted, as CTA-5004-B asks of a server: the record stays.</remarks>
internal ref struct CmcdRecord
{
    private static readonly Dictionary<string, CmcdKey>.AlternateLookup<ReadOnlySpan<char>> Keys = Index();

    private readonly CmcdScratch _scratch;

    private CmcdRecord(ReadOnlySpan<byte> text, CmcdScratch scratch)
    {
        Text = text;
        _scratch = scratch;
    }

    /// <summary>The record.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>How many values had the wrong type.</summary>
    public int Ignored { get; private set; }

    /// <summary>Finds the keys of a record; of a key that stands twice the last counts.</summary>
    /// <returns>False if the structure is broken.</returns>
    public static bool TryScan(ReadOnlySpan<byte> text, CmcdScratch scratch, out CmcdRecord record)
    {
        scratch.Begin(text.Length);
        record = new CmcdRecord(text, scratch);
        var reader = new CmcdReader(text);
        while (reader.TryReadMember(out ReadOnlySpan<byte> key, out CmcdValue value))
        {
            if (TryFind(key, out CmcdKey known))
            {
                scratch.Slots[(int)known] = new CmcdScratch.Slot
                {
                    Type = value.Type,
                    IsEscaped = value.IsEscaped,
                    Start = OffsetOf(text, value.Raw),
                    Length = value.Raw.Length,
                    ParametersStart = OffsetOf(text, value.Parameters),
                    ParametersLength = value.Parameters.Length,
                };
            }
        }

        return !reader.IsMalformed;
    }

    public readonly bool Has(CmcdKey key) => _scratch.Slots[(int)key].Type != CmcdType.None;

    public readonly CmcdValue this[CmcdKey key]
    {
        get
        {
            ref CmcdScratch.Slot slot = ref _scratch.Slots[(int)key];
            return new CmcdValue(
                slot.Type,
                Text.Slice(slot.Start, slot.Length),
                Text.Slice(slot.ParametersStart, slot.ParametersLength),
                slot.IsEscaped);
        }
    }

    /// <summary>A text; a token or number is taken as one, as some players write ids so.</summary>
    public ReadOnlySpan<byte> ReadText(CmcdKey key, int maxBytes)
    {
        CmcdValue value = this[key];
        ReadOnlySpan<byte> text = value.Type switch
        {
            CmcdType.Text when value.IsEscaped => _scratch.Unescape(value),
            CmcdType.Text or CmcdType.Token or CmcdType.Number => value.Raw,
            _ => default,
        };
        if (text.Length > maxBytes || text.ContainsAnyInRange((byte)0, (byte)31))
        {
            text = default;
        }

        Ignored += text.IsEmpty && Has(key) ? 1 : 0;
        return text;
    }

    /// <summary>A text without its backslashes.</summary>
    public readonly ReadOnlySpan<byte> Unescape(CmcdValue value) => value.IsEscaped ? _scratch.Unescape(value) : value.Raw;

    public bool ReadTruth(CmcdKey key)
    {
        CmcdType type = this[key].Type;
        Ignored += type is CmcdType.None or CmcdType.Truth or CmcdType.Falsehood ? 0 : 1;
        return type == CmcdType.Truth;
    }

    /// <summary>A number from 0, times a power of ten, rounded; of a list the largest element.</summary>
    /// <returns>False if absent or of the wrong type.</returns>
    public bool TryReadNumber(CmcdKey key, long most, out long number, int power = 0)
    {
        CmcdValue value = this[key];
        number = -1;
        if (value.Type == CmcdType.List)
        {
            var reader = new CmcdReader(value.Raw);
            while (reader.TryReadElement(out CmcdValue element))
            {
                number = Math.Max(number, NumberOf(element, power, most));
            }
        }
        else
        {
            number = NumberOf(value, power, most);
        }

        Ignored += number < 0 && Has(key) ? 1 : 0;
        return number >= 0;
    }

    /// <summary>An element's number from 0, rounded; -1 if it is none.</summary>
    public static long NumberOf(CmcdValue value, int power, long most) =>
        value.Type == CmcdType.Number && DecimalNumber.Parse(value.Raw).TryRound(power, out long number) && number >= 0 && number <= most
            ? number
            : -1;

    private static int OffsetOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) =>
        part.IsEmpty ? 0 : (int)Unsafe.ByteOffset(
            ref Unsafe.AsRef(in text[0]), ref Unsafe.AsRef(in part[0]));

    private static bool TryFind(ReadOnlySpan<byte> key, out CmcdKey known)
    {
        known = CmcdKey.Count;
        Span<char> text = stackalloc char[4];
        return key.Length <= 4 && Encoding.UTF8.TryGetChars(key, text, out int length) && Keys.TryGetValue(text[..length], out known);
    }

    private static Dictionary<string, CmcdKey>.AlternateLookup<ReadOnlySpan<char>> Index()
    {
        var index = new Dictionary<string, CmcdKey>(StringComparer.Ordinal);
        for (int i = 0; i < (int)CmcdKey.Count; i++)
        {
            index.Add(((CmcdKey)i).ToString().ToLowerInvariant(), (CmcdKey)i);
        }

        return index.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
