using System.Runtime.CompilerServices;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>One CMCD record: where its known keys stand, and lenient typed reads of them.</summary>
/// <remarks>A value of the wrong type is as good as absent and is counted, as CTA-5004-B asks of a server: the record stays.</remarks>
internal ref struct CmcdRecord
{
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
    public static bool TryScan(ReadOnlySpan<byte> text, CmcdScratch scratch, out CmcdRecord record, bool isStrict = false)
    {
        scratch.Begin(text.Length);
        record = new CmcdRecord(text, scratch);
        return CmcdQuickScan.TryScan(text, 0, text.Length, scratch) || record.TryRead(text, isStrict);
    }

    /// <summary>Does the same by <see cref="CmcdReader"/> alone, whatever the record.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, CmcdScratch scratch, out CmcdRecord record, bool isStrict)
    {
        scratch.Begin(text.Length);
        record = new CmcdRecord(text, scratch);
        return record.TryRead(text, isStrict);
    }

    /// <summary>Finds the keys of a query's argument where they stand, if nothing in it needs more than that.</summary>
    /// <returns>False if the argument is to be decoded and scanned.</returns>
    public static bool TryScanQuery(ReadOnlySpan<byte> line, CmcdScratch scratch, out CmcdRecord record)
    {
        scratch.Begin(0);
        record = new CmcdRecord(line, scratch);
        int start = CmcdQueryText.StartOf(line);
        return start >= 0 && CmcdQuickScan.TryScanQuery(line, start, scratch);
    }

    /// <summary>Finds the keys of a record that came in several headers.</summary>
    /// <returns>False if the structure of one is broken.</returns>
    public static bool TryScan(CmcdHeaderBlock block, CmcdScratch scratch, out CmcdRecord record, bool isStrict)
    {
        scratch.Begin(block.Text.Length);
        record = new CmcdRecord(block.Text, scratch);
        bool isWhole = true;
        for (int i = 0; i < block.Count; i++)
        {
            (int start, int length) = block.PlaceAt(i);
            isWhole = isWhole
                && (CmcdQuickScan.TryScan(block.Text, start, length, scratch)
                    || record.TryRead(block.Text.Slice(start, length), isStrict));
        }

        return isWhole;
    }

    public readonly bool Has(CmcdKey key) => _scratch.Has(key);

    /// <summary>A value, without the parameters that may follow it.</summary>
    public readonly CmcdValue this[CmcdKey key]
    {
        get
        {
            if (!_scratch.Has(key))
            {
                return default;
            }

            ref CmcdScratch.Slot slot = ref _scratch.Slots[(int)key];
            return new CmcdValue(
                slot.Type,
                Text.Slice(slot.Start, slot.Length),
                default,
                slot.IsEscaped);
        }
    }

    /// <summary>A text; a token or number is taken as one, as some players write ids so.</summary>
    public ReadOnlySpan<byte> ReadText(CmcdKey key, int maxBytes)
    {
        if (!_scratch.Has(key))
        {
            return default;
        }

        ref CmcdScratch.Slot slot = ref _scratch.Slots[(int)key];
        if (slot.IsPlain && slot.Length > 0 && slot.Length <= maxBytes)
        {
            return Text.Slice(slot.Start, slot.Length);
        }

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

        Ignored += text.IsEmpty ? 1 : 0;
        return text;
    }

    /// <summary>A text without its backslashes.</summary>
    public readonly ReadOnlySpan<byte> Unescape(CmcdValue value) => value.IsEscaped ? _scratch.Unescape(value) : value.Raw;

    public bool ReadTruth(CmcdKey key)
    {
        if (!_scratch.Has(key))
        {
            return false;
        }

        CmcdType type = _scratch.Slots[(int)key].Type;
        Ignored += type is CmcdType.None or CmcdType.Truth or CmcdType.Falsehood ? 0 : 1;
        return type == CmcdType.Truth;
    }

    /// <summary>A number from 0, times a power of ten, rounded; of a list the largest element.</summary>
    /// <returns>False if absent or of the wrong type.</returns>
    public bool TryReadNumber(CmcdKey key, long most, out long number, int power = 0)
    {
        number = -1;
        if (!_scratch.Has(key))
        {
            return false;
        }

        if (power == 0 && TryReadWhole(key, out number))
        {
            number = number <= most ? number : -1;
            Ignored += number < 0 ? 1 : 0;
            return number >= 0;
        }

        CmcdValue value = this[key];
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

        Ignored += number < 0 ? 1 : 0;
        return number >= 0;
    }

    /// <summary>A whole number that was read when it was found.</summary>
    public readonly bool TryReadWhole(CmcdKey key, out long number)
    {
        number = _scratch.Has(key) ? _scratch.Slots[(int)key].NumberAndOne - 1 : -1;
        return number >= 0;
    }

    /// <summary>An element's number from 0, rounded; -1 if it is none.</summary>
    public static long NumberOf(CmcdValue value, int power, long most)
    {
        if (value.Type == CmcdType.Number && power == 0 && value.Raw.Length <= 9)
        {
            // Nearly every number is one of few digits without a point.
            long sum = 0;
            foreach (byte letter in value.Raw)
            {
                uint digit = (uint)letter - '0';
                sum = digit <= 9 ? (sum * 10) + digit : long.MinValue;
                if (sum < 0)
                {
                    break;
                }
            }

            if (sum >= 0)
            {
                return sum <= most ? sum : -1;
            }
        }

        bool isNumber = value.Type == CmcdType.Number;
        return isNumber && DecimalNumber.Parse(value.Raw).TryRound(power, out long number) && number >= 0 && number <= most ? number : -1;
    }

    private readonly bool TryRead(ReadOnlySpan<byte> part, bool isStrict)
    {
        var reader = new CmcdReader(part, isStrict);
        while (reader.TryReadMember(out ReadOnlySpan<byte> key, out CmcdValue value))
        {
            if (CmcdKeyIndex.TryFind(key, out CmcdKey known))
            {
                _scratch.Set(known, new CmcdScratch.Slot(
                    value.Type, OffsetOf(Text, value.Raw), value.Raw.Length, isEscaped: value.IsEscaped));
            }
        }

        return !reader.IsMalformed;
    }

    private static int OffsetOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) =>
        part.IsEmpty ? 0 : (int)Unsafe.ByteOffset(
            ref Unsafe.AsRef(in text[0]), ref Unsafe.AsRef(in part[0]));
}
