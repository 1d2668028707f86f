namespace StreamSense.Core.Ingest.Json;

/// <summary>A set of members.</summary>
internal readonly record struct FieldSet(ulong Low, ulong High)
{
    public static FieldSet Of(JsonField field) =>
        (int)field < 64 ? new FieldSet(1UL << (int)field, 0) : new FieldSet(0, 1UL << ((int)field - 64));

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
}
