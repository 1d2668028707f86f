namespace StreamSense.Core.Ingest.Json;

/// <summary>A set of members.</summary>
internal readonly record struct FieldSet(ulong Low, ulong High)
{
    /// <summary>A set of one.</summary>
    public static FieldSet Of(JsonField field)
    {
        // Without a branch: which half it is depends on the sender. All ones for the lower half.
        ulong isLow = (ulong)((int)field >> 6) - 1;
        ulong bit = 1UL << (int)field;
        return new FieldSet(bit & isLow, bit & ~isLow);
    }

    public bool Contains(JsonField field) => (((int)field < 64 ? Low >> (int)field : High >> ((int)field - 64)) & 1) != 0;

    public FieldSet With(JsonField field) => this | Of(field);

    public FieldSet Except(FieldSet other) => new(Low & ~other.Low, High & ~other.High);

    public bool Overlaps(FieldSet other) => ((Low & other.Low) | (High & other.High)) != 0;

    public bool IsEmpty => (Low | High) == 0;

    /// <summary>The first member of a set that is not empty.</summary>
    public JsonField First() => (JsonField)(Low != 0
        ? System.Numerics.BitOperations.TrailingZeroCount(Low)
        : 64 + System.Numerics.BitOperations.TrailingZeroCount(High));

    public static FieldSet operator |(FieldSet left, FieldSet right) => new(left.Low | right.Low, left.High | right.High);

    public static FieldSet operator &(FieldSet left, FieldSet right) => new(left.Low & right.Low, left.High & right.High);
}
