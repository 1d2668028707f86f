using System.Text;
using System.Text.RegularExpressions;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A condition on a record.</summary>
/// <remarks>Immutable; evaluating allocates nothing but for what <c>match</c> cuts out.</remarks>
internal sealed class MappedCondition
{
    private const int MaxMatched = 4096;

    /// <summary>How a condition is made.</summary>
    internal enum Form : byte
    {
        /// <summary>Each of its parts holds.</summary>
        All,

        /// <summary>One of its parts holds.</summary>
        Any,

        /// <summary>Its part does not hold.</summary>
        Not,

        /// <summary>A value passes its tests.</summary>
        Test,
    }

    public Form How { get; init; }

    public MappedCondition[] Parts { get; init; } = [];

    public ValueReading Reading { get; init; } = new();

    public bool? Exists { get; init; }

    /// <summary>The texts one of which the value is; null for any.</summary>
    public byte[][]? In { get; init; }

    public Regex? Matches { get; init; }

    public double AtLeast { get; init; } = double.NegativeInfinity;

    public double AtMost { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the value is compared as a number.</summary>
    public bool IsNumeric => !double.IsInfinity(AtLeast) || !double.IsInfinity(AtMost);

    public bool Holds(in SourceRecord record)
    {
        if (How == Form.Test)
        {
            bool holds = Passes(record);
            record.Arena.Clear();
            return holds;
        }

        bool isAll = How == Form.All;
        foreach (MappedCondition part in Parts)
        {
            if (part.Holds(record) != isAll)
            {
                return How == Form.Any;
            }
        }

        // For "not" the loop asks whether a part holds: none did.
        return How != Form.Any;
    }

    private bool Passes(in SourceRecord record)
    {
        SourceValue value = Reading.Read(record);
        if (value.IsAbsent || Exists is not null)
        {
            return Exists == !value.IsAbsent;
        }

        return IsIn(value.Text) && IsMatch(value.Text) && (!IsNumeric || IsBetween(value.Text, record.Form.DecimalMark));
    }

    private bool IsIn(ReadOnlySpan<byte> text)
    {
        foreach (byte[] candidate in In ?? [])
        {
            if (text.SequenceEqual(candidate))
            {
                return true;
            }
        }

        return In is null;
    }

    private bool IsMatch(ReadOnlySpan<byte> text)
    {
        if (Matches is null)
        {
            return true;
        }

        Span<char> letters = stackalloc char[MaxMatched];
        return Encoding.UTF8.TryGetChars(text, letters, out int length) && Matches.IsMatch(letters[..length]);
    }

    private bool IsBetween(ReadOnlySpan<byte> text, byte mark) =>
        SourceNumber.TryParse(text, mark, out Json.DecimalNumber number, out _)
        && (number.IsNegative ? -1d : 1d) * number.Digits * Math.Pow(10, number.Exponent) is double value
        && value >= AtLeast && value <= AtMost;
}
